package dev.agw.cli.render;

import dev.agw.cli.operations.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An alert with everything filled in.
///
/// @param comment how it differs from the guide, and why
/// @param pending the part of the gateway that its metrics wait for; empty if they move
/// @param labels without `severity`
/// @param scope what its tests are filled in from
record Alert(
        String name,
        String group,
        String comment,
        Optional<String> pending,
        List<RuleSource.Recording> records,
        String expr,
        Duration hold,
        Optional<Duration> keepFiringFor,
        Severity severity,
        Map<String, String> labels,
        Map<String, String> annotations,
        Scope scope,
        List<RuleSource.Test> tests) {}
