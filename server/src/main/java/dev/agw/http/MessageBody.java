package dev.agw.http;

import java.io.IOException;

/// The body of an HTTP/1 message, read in place from the connection's [Input], its framing checked and taken off.
public final class MessageBody implements Body {
    private static final int LONGEST_EXTENSION = 256;
    private static final HeadLimits TRAILER_LIMITS = new HeadLimits(8 * 1024, 50, 0);

    private enum State {
        LENGTH,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK_DATA,
        DONE
    }

    private final Input in;
    private final int status;
    private final long declared;
    private final boolean framed;
    private State state;
    private long remaining;
    private boolean insideChunks;
    private int offset;
    private int length;
    private Headers trailers = new Headers(0, 0);

    /// @param status the status of what is thrown for wrong framing: 400 for requests, 502 for responses
    public MessageBody(Input in, Framing framing, int status) {
        this.in = in;
        this.status = status;
        this.framed = !(framing instanceof Framing.UntilClose);
        switch (framing) {
            case Framing.None none -> {
                state = State.DONE;
                declared = 0;
            }
            case Framing.Length of -> {
                state = State.LENGTH;
                remaining = of.bytes();
                declared = of.bytes();
            }
            case Framing.Chunked chunked -> {
                state = State.CHUNK_SIZE;
                declared = -1;
            }
            case Framing.UntilClose untilClose -> {
                state = State.UNTIL_CLOSE;
                declared = -1;
            }
        }
    }

    @Override
    public boolean next() throws IOException {
        return switch (state) {
            case DONE -> false;
            case LENGTH -> piece(State.DONE);
            case UNTIL_CLOSE -> untilClose();
            case CHUNK_SIZE -> nextChunk();
            case CHUNK_DATA -> piece(State.CHUNK_SIZE);
        };
    }

    /// Whether the whole body has been read, so that the connection stands at the next message.
    public boolean complete() {
        return state == State.DONE;
    }

    @Override
    public boolean ready() {
        return switch (state) {
            case DONE -> true;
            case LENGTH, UNTIL_CLOSE, CHUNK_DATA -> in.available() > 0;
            case CHUNK_SIZE -> chunkIsHere();
        };
    }

    /// The end of a chunk and the size of the next often come long before its data: alone they give nothing to read.
    private boolean chunkIsHere() {
        int start = in.position() + (insideChunks ? 2 : 0);
        int end = in.position() + in.available();
        int line = start;
        while (line < end && in.array()[line] != '\n') {
            line++;
        }
        return line + 1 < end && (!isLast(start) || hasBlankLine(line, end));
    }

    private boolean isLast(int sizeLine) {
        int at = sizeLine;
        while (in.array()[at] == '0') {
            at++;
        }
        return hex(in.array()[at]) < 0;
    }

    /// Whether the trailers can be read to their end.
    private boolean hasBlankLine(int from, int end) {
        byte[] bytes = in.array();
        for (int i = from; i + 2 < end; i++) {
            if (bytes[i] == '\n' && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void settle() {
        in.settle();
    }

    @Override
    public boolean framed() {
        return framed;
    }

    @Override
    public byte[] array() {
        return in.array();
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
        return declared;
    }

    @Override
    public Headers trailers() {
        return trailers;
    }

    private boolean piece(State then) throws IOException {
        if (in.available() == 0 && !in.fill()) {
            throw new TruncatedMessageException("the connection ended within a body");
        }
        take((int) Math.min(in.available(), remaining));
        remaining -= length;
        if (remaining == 0) {
            state = then;
            passEndOfChunk();
        }
        return true;
    }

    /// Takes what ends a chunk with it, if it is here: nothing is left of it then through the wait for the next one.
    private void passEndOfChunk() {
        if (insideChunks && in.available() >= 2 && in.peek(0) == '\r' && in.peek(1) == '\n') {
            in.skip(2);
            insideChunks = false;
        }
    }

    private boolean untilClose() throws IOException {
        if (in.available() == 0 && !in.fill()) {
            state = State.DONE;
            return false;
        }
        take(in.available());
        return true;
    }

    private void take(int bytes) {
        offset = in.position();
        length = bytes;
        in.skip(bytes);
    }

    private boolean nextChunk() throws IOException {
        if (insideChunks) {
            expect('\r');
            expect('\n');
        }
        insideChunks = true;
        remaining = chunkSize();
        if (remaining > 0) {
            state = State.CHUNK_DATA;
            return piece(State.CHUNK_SIZE);
        }
        trailers = new HeadReader(in, TRAILER_LIMITS).trailers();
        state = State.DONE;
        return false;
    }

    private long chunkSize() throws IOException {
        long size = 0;
        int digits = 0;
        int b = read();
        for (int digit = hex(b); digit >= 0; digit = hex(b)) {
            size = size << 4 | digit;
            if (++digits > 15) {
                throw bad("a chunk size has too many digits");
            }
            b = read();
        }
        if (digits == 0) {
            throw bad("a chunk size is not a hexadecimal number");
        }
        lineEnd(b);
        return size;
    }

    /// Chunk extensions mean nothing to anybody here (RFC 9112 §7.1.1): bounded, checked, dropped.
    private void lineEnd(int first) throws IOException {
        int b = first;
        if (b == ';') {
            for (int skipped = 0; b != '\r'; skipped++) {
                if (skipped == LONGEST_EXTENSION || (b < ' ' && b != '\t') || b == 0x7F) {
                    throw bad("a chunk extension is too long or holds a control character");
                }
                b = read();
            }
        }
        if (b != '\r') {
            throw bad("a chunk size is not a hexadecimal number");
        }
        expect('\n');
    }

    private void expect(char wanted) throws IOException {
        if (read() != wanted) {
            throw bad("a chunk does not end where its size says");
        }
    }

    private int read() throws IOException {
        int b = in.readByte();
        if (b < 0) {
            throw new TruncatedMessageException("the connection ended within a body");
        }
        return b;
    }

    private static int hex(int b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private MalformedMessageException bad(String message) {
        return new MalformedMessageException(status, message);
    }
}
