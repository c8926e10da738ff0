package dev.agw.cli.upgrade;

import java.util.List;

/// What a check saw.
///
/// @param observed what is there; of a skip and an unknown, why it was not looked at
/// @param expected what should be there; may be empty
/// @param evidence the single things that led to it, one line each
/// @param remedy what to do about this very finding; empty where it is what the check names
public record Finding(Status status, String observed, String expected, List<String> evidence, String remedy) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    Finding(Status status, String observed, String expected, List<String> evidence) {
        this(status, observed, expected, evidence, "");
    }

    static Finding pass(String observed) {
        return new Finding(Status.PASS, observed, "", List.of());
    }

    static Finding warn(String observed, String expected) {
        return new Finding(Status.WARN, observed, expected, List.of());
    }

    static Finding fail(String observed, String expected) {
        return new Finding(Status.FAIL, observed, expected, List.of());
    }

    static Finding skip(String why) {
        return new Finding(Status.SKIP, why, "", List.of());
    }

    static Finding unknown(String why) {
        return new Finding(Status.UNKNOWN, why, "", List.of());
    }

    /// What is not there: skipped or unknown, as it was asked for or not.
    static Finding absent(Part<?> part) {
        return switch (part) {
            case Part.Read<?> read -> throw new IllegalArgumentException("it is there: " + read);
            case Part.NotAsked<?> notAsked -> skip(notAsked.how());
            case Part.Unreadable<?> failed ->
                unknown(failed.why()).with(failed.remedy().lines().toList());
        };
    }

    /// The same; a pass is a warning where this differs from what manifests are rendered from.
    Finding unless(boolean differs, String expected) {
        return status == Status.PASS && differs ? warn(observed, "as the values render it: " + expected) : this;
    }

    /// The same with these lines of evidence.
    Finding with(List<String> lines) {
        return new Finding(status, observed, expected, lines, remedy);
    }

    /// The same with a remedy of its own; with an empty one that of the check holds.
    Finding remedied(String own) {
        return new Finding(status, observed, expected, evidence, own);
    }
}
