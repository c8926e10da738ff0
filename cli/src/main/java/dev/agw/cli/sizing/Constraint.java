package dev.agw.cli.sizing;

/// One reason to have replicas.
///
/// @param formula with its numbers
public record Constraint(String name, String formula, int replicas) {}
