package dev.agw.cli.dashboard;

/// Puts panels beside each other until a line is full, and rows below each other.
final class Layout {
    private int x;
    private int y;
    private int lineHeight;

    /// The place of a heading, below all that was placed.
    GridPos heading() {
        newLine();
        return place(GridPos.COLUMNS, 1);
    }

    /// The place of a panel of that size.
    GridPos place(int width, int height) {
        if (x + width > GridPos.COLUMNS) {
            newLine();
        }
        GridPos place = new GridPos(x, y, width, height);
        x += width;
        lineHeight = Math.max(lineHeight, height);
        return place;
    }

    private void newLine() {
        x = 0;
        y += lineHeight;
        lineHeight = 0;
    }
}
