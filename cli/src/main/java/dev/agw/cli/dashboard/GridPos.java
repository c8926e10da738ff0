package dev.agw.cli.dashboard;

/// Where a panel is, in a grid that is 24 wide.
record GridPos(int x, int y, int width, int height) {
    static final int COLUMNS = 24;

    boolean overlaps(GridPos other) {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }
}
