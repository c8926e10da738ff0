package dev.agw.http;

/// A body that is already in memory: one piece, or none if it is empty.
final class ArrayBody implements Body {
    private final byte[] content;
    private final int offset;
    private final int length;
    private boolean taken;

    ArrayBody(byte[] content, int offset, int length) {
        this.content = content;
        this.offset = offset;
        this.length = length;
        this.taken = length == 0;
    }

    @Override
    public boolean next() {
        boolean first = !taken;
        taken = true;
        return first;
    }

    @Override
    public byte[] array() {
        return content;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long declaredLength() {
        return length;
    }
}
