package dev.agw.cli.manifest;

/// A value of a [Tree] that is more than a value.
sealed interface Mark {
    /// A value with a comment above it.
    record Note(String comment, Object value) implements Mark {}

    /// A value as its writer wrote it: `off`, `1e3`, `true`.
    record Raw(String text) implements Mark {}

    /// A value that a chart works out by itself.
    ///
    /// @param expression the action, with its braces
    /// @param value what comes out with the chart's defaults
    record Computed(String expression, Object value) implements Mark {}

    /// A text that is YAML itself: the settings.
    ///
    /// @param tree what it says
    record Text(Tree tree) implements Mark {
        /// The text, with a line end at its end.
        String plain() {
            return YamlText.plain(tree);
        }
    }

    /// What may stand in a [Slot].
    enum Kind {
        TEXT,
        WHOLE,
        /// A whole number, or a percentage.
        COUNT_OR_SHARE
    }

    /// A value that users of a chart may choose.
    ///
    /// @param key its place among the chart's values, with dots
    /// @param doc what it means
    /// @param value what the chart's values say by default
    /// @param suffix what follows it; empty for nothing
    record Slot(String key, Kind kind, String doc, Object value, String suffix) implements Mark {
        static Slot text(String key, String doc, String value) {
            return new Slot(key, Kind.TEXT, doc, value, "");
        }

        static Slot whole(String key, String doc, int value) {
            return new Slot(key, Kind.WHOLE, doc, value, "");
        }

        Slot with(String ending) {
            return new Slot(key, kind, doc, value, ending);
        }

        /// What stands in the manifest.
        Object filled() {
            return suffix.isEmpty() ? value : value + suffix;
        }
    }
}
