package dev.agw.cli.upgrade;

/// What an upgrade is to reach, and what it may cost.
///
/// @param to the version that shall run
public record Aim(String to, Thresholds limits) {}
