package dev.agw.upstream;

/*
 * Heads ask for no flow control: what a backend may send of them is bounded here, before they wait for whoever reads the
 * answer.
 */
/// What a backend may send next on one stream: interim heads, one head, DATA, trailers (RFC 9113 §8.1). For the thread
/// that reads the connection alone.
final class AnswerOrder {
    private static final int MOST_INTERIM = 32;

    private final int mostInterimBytes;
    private int interim;
    private int interimBytes;
    private boolean begun;
    private boolean ended;

    /// @param mostInterimBytes of all interim heads together
    AnswerOrder(int mostInterimBytes) {
        this.mostInterimBytes = mostInterimBytes;
    }

    /// Takes a header block in; says what is wrong with it, nothing if that is nothing.
    String fields(Http2Fields fields, boolean end) {
        if (!fields.fault().isEmpty()) {
            return fields.fault();
        }
        String fault = begun ? trailers(fields, end) : head(fields, end);
        ended |= end;
        return fault;
    }

    private String trailers(Http2Fields fields, boolean end) {
        if (ended || !end) {
            return "fields stand where none can";
        }
        return fields.status() == 0 ? "" : "a status stands behind the answer";
    }

    private String head(Http2Fields fields, boolean end) {
        begun = fields.status() >= 200;
        if (begun) {
            return "";
        }
        interim++;
        interimBytes += fields.bytes();
        if (interim > MOST_INTERIM || interimBytes > mostInterimBytes) {
            return "too many interim answers";
        }
        return fields.status() == 0 || end ? "an answer without a status" : "";
    }

    /// Takes DATA in; says what is wrong with it, nothing if that is nothing.
    String data(boolean end) {
        String fault = begun && !ended ? "" : "a body stands where none can";
        ended |= end;
        return fault;
    }
}
