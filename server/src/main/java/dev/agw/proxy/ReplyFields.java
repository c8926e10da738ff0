package dev.agw.proxy;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;

/// The fields that the gateway adds to every answer.
///
/// `x-request-id` always; unless turned off, `x-agw-reason` tells why the answer is what it is, and `Server-Timing` how
/// much of the time so far was the gateway's own: `agw;dur=0.214` (milliseconds,
/// https://www.w3.org/TR/server-timing/).
final class ReplyFields {
    private static final HeaderName REASON = HeaderName.of("x-agw-reason");
    private static final HeaderName SERVER_TIMING = HeaderName.of("Server-Timing");

    private final boolean explains;

    ReplyFields(boolean explains) {
        this.explains = explains;
    }

    /// Changes `fields` into what the client gets: filters of the route first, then the gateway's own.
    void complete(Passage passage, Headers fields) {
        passage.filter(fields);
        fields.set(HeaderName.X_REQUEST_ID, passage.exchange().requestId());
        if (explains) {
            fields.set(REASON, passage.exchange().reason().label());
            fields.add(SERVER_TIMING, timing(passage));
        }
    }

    private static String timing(Passage passage) {
        long age = System.nanoTime() - passage.lifeline().start();
        long micros = Math.max(0, (age - passage.lifeline().waited()) / 1000);
        long fraction = micros % 1000;
        String padding = fraction < 10 ? "00" : fraction < 100 ? "0" : "";
        return "agw;dur=" + micros / 1000 + "." + padding + fraction;
    }
}
