package dev.agw.cli.load;

import java.util.ArrayList;
import java.util.List;

/// Lines whose cells stand below each other. Not thread-safe.
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /// Adds a line.
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// The lines, each ended by a line feed.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(Math.max(0, width(i) - row.get(i).length() + 2)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
