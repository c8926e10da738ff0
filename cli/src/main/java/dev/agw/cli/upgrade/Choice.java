package dev.agw.cli.upgrade;

import java.util.List;

/// Which checks are run.
///
/// @param only ids or titles; empty for all
/// @param skip ids or titles
public record Choice(Phase phase, List<String> only, List<String> skip) {
    public Choice {
        only = List.copyOf(only);
        skip = List.copyOf(skip);
    }

    boolean takes(Check check) {
        boolean chosen = only.isEmpty() || only.stream().anyMatch(check::named);
        return chosen && phase.runs(check.category().phase()) && skip.stream().noneMatch(check::named);
    }

    /// Words that name no check.
    public List<String> unknown() {
        return java.util.stream.Stream.concat(only.stream(), skip.stream())
                .filter(word -> Checks.explain(word).isEmpty())
                .toList();
    }
}
