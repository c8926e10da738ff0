package dev.agw.cli.upgrade;

/// An expression that somebody relies on.
///
/// @param name `rules.yaml: alert AgwHighErrorRatio`
/// @param panel whether it is part of a dashboard: people see that a panel is empty, nobody sees a silent alert
record Rule(String name, String expr, boolean panel) {}
