package dev.agw.cli.upgrade;

/// A file of rules or a dashboard, as text.
public record RulesFile(String name, String text) {}
