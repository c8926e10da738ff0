package dev.agw.cli.upgrade;

import java.util.Locale;

/// How a check ended.
public enum Status {
    PASS("√", "green"),
    WARN("‼", "yellow"),
    FAIL("×", "red"),
    /// Did not apply, for a reason that is told.
    SKIP("-", "faint"),
    /// Could not be told; never taken for a pass.
    UNKNOWN("?", "magenta");

    private final String mark;
    private final String color;

    Status(String mark, String color) {
        this.mark = mark;
        this.color = color;
    }

    /// As it stands before a line.
    String mark() {
        return mark;
    }

    /// Style of the mark, as picocli names it.
    String color() {
        return color;
    }

    /// As it stands in JSON.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a person has to look at it.
    boolean problem() {
        return this == WARN || this == FAIL || this == UNKNOWN;
    }
}
