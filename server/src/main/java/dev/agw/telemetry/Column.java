package dev.agw.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// One metric of a family, and where its cell lies among the cells of a child.
///
/// Several columns of one metric differ in the value of its first label, which the key then does not hold:
/// `gen_ai_token_type="input"` and `="output"` are two columns of one child.
///
/// @param fixed value of the metric's first label; empty if the key holds all values
/// @param cell finds the cell in a child's cells
record Column<S>(Metric metric, String fixed, Function<S, Cell> cell) {
    static <S> Column<S> of(Metric metric, Function<S, Cell> cell) {
        return new Column<>(metric, "", cell);
    }

    /// `name="value"` pairs of a child under this column.
    byte[] labels(List<String> values) {
        StringBuilder text = new StringBuilder();
        int named = 0;
        if (!fixed.isEmpty()) {
            pair(text, metric.labels().get(named++), fixed);
        }
        for (String value : values) {
            pair(text, metric.labels().get(named++), value);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void pair(StringBuilder text, String name, String value) {
        if (!text.isEmpty()) {
            text.append(',');
        }
        text.append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            escape(text, value.charAt(i));
        }
        text.append('"');
    }

    private static void escape(StringBuilder text, char c) {
        switch (c) {
            case '\\' -> text.append("\\\\");
            case '"' -> text.append("\\\"");
            case '\n' -> text.append("\\n");
            default -> text.append(c);
        }
    }

    /// How many values a key must give.
    int width() {
        return metric.labels().size() - (fixed.isEmpty() ? 0 : 1);
    }
}
