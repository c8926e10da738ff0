package dev.agw.simulator;

import dev.agw.http.HeadWriter;
import dev.agw.http.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes the heads of answers; what never changes is made once.
final class ReplyHead {
    private static final byte[] COMMON = lines("""
            Server: agw-simulator
            openai-version: 2020-10-01
            openai-processing-ms: 1
            """);
    private static final byte[] JSON = lines("Content-Type: application/json\n");
    private static final byte[] EVENTS = lines("""
            Content-Type: text/event-stream; charset=utf-8
            Cache-Control: no-cache
            """);
    private static final byte[] GZIP = lines("Content-Encoding: gzip\n");
    private static final byte[] CLOSE = lines("Connection: close\n");
    private static final byte[] LIMITS = lines("""
            x-ratelimit-limit-requests: 10000
            x-ratelimit-limit-tokens: 2000000
            x-ratelimit-remaining-requests: 9999
            x-ratelimit-remaining-tokens: 1999000
            x-ratelimit-reset-requests: 6ms
            x-ratelimit-reset-tokens: 30ms
            """);
    private static final byte[] NO_LIMITS_LEFT = lines("""
            x-ratelimit-limit-requests: 10000
            x-ratelimit-limit-tokens: 2000000
            x-ratelimit-remaining-requests: 0
            x-ratelimit-remaining-tokens: 0
            x-ratelimit-reset-requests: 1s
            x-ratelimit-reset-tokens: 1s
            """);
    private static final byte[] REQUEST_ID = lines("x-request-id: ");
    private static final byte[] RETRY_AFTER = lines("Retry-After: ");
    private static final int NO_CONTENT = 204;
    private static final byte[] LINE_END = lines("\n");

    /// RFC 9110 §5.6.7; the JDK's RFC 1123 format leaves out the zero of the first nine days of a month.
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static volatile Date date = new Date(-1, "");

    private final Output out;
    private final boolean rateLimits;
    private String further = "";

    ReplyHead(Output out, boolean rateLimits) {
        this.out = out;
        this.rateLimits = rateLimits;
    }

    /// A further field of the next head.
    void field(String name, String value) {
        further += name + ": " + value + "\r\n";
    }

    /// The head of an answer without a body.
    void empty(int status, Script script, String requestId, boolean keep) {
        start(status, script, requestId, keep);
        if (status != NO_CONTENT) {
            HeadWriter.contentLength(out, 0);
        }
        HeadWriter.end(out);
    }

    /// The head of a JSON body of `bytes` bytes.
    void json(int status, Script script, String requestId, boolean keep, int bytes) {
        start(status, script, requestId, keep);
        out.bytes(JSON);
        HeadWriter.contentLength(out, bytes);
        HeadWriter.end(out);
    }

    /// The head of a stream of events.
    void events(Script script, String requestId, boolean keep, boolean chunked) {
        start(200, script, requestId, keep);
        out.bytes(EVENTS);
        if (chunked) {
            HeadWriter.chunked(out);
        }
        HeadWriter.end(out);
    }

    private void start(int status, Script script, String requestId, boolean keep) {
        HeadWriter.statusLine(out, status);
        out.ascii(now());
        out.bytes(COMMON);
        line(REQUEST_ID, requestId);
        out.ascii(further);
        if (status != 200 && !script.retryAfter().isEmpty()) {
            line(RETRY_AFTER, script.retryAfter());
        }
        if (status == 429) {
            out.bytes(NO_LIMITS_LEFT);
        } else if (rateLimits) {
            out.bytes(LIMITS);
        }
        if (script.gzip()) {
            out.bytes(GZIP);
        }
        if (!keep) {
            out.bytes(CLOSE);
        }
    }

    private void line(byte[] name, String value) {
        out.bytes(name);
        out.ascii(value);
        out.bytes(LINE_END);
    }

    private record Date(long second, String line) {}

    /// The Date line, made anew once a second. Two threads may make the same one; nothing is lost by that.
    private static String now() {
        long second = System.currentTimeMillis() / 1000;
        Date latest = date;
        if (latest.second != second) {
            latest = new Date(second, line(second));
            date = latest;
        }
        return latest.line;
    }

    private static String line(long second) {
        ZonedDateTime time = ZonedDateTime.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
        return "Date: " + IMF_FIXDATE.format(time) + "\r\n";
    }

    private static byte[] lines(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
