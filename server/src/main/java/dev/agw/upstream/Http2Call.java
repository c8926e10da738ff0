package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Failure.UpstreamFailure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Body;
import dev.agw.http.HeaderName;
import dev.agw.http2.Outbound;
import dev.agw.upstream.Http2Stream.Event;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request on a stream of an HTTP/2 connection. Confined to the exchange's thread, but for [#cut].
final class Http2Call {
    private static final int MOST_INTERIM = 32;

    private final Origin origin;
    private final UpstreamRequest request;
    private final Http2Connection connection;
    private final Lifeline lifeline;
    private @Nullable Http2Stream stream;
    private @Nullable Http2Upload upload;
    private @Nullable Runnable onEnd;
    private long nanos;
    private Cut onTimeout;
    private boolean sent;
    private boolean over;
    private boolean answered;

    /// @param connection with room reserved for one stream
    Http2Call(Origin origin, UpstreamRequest request, Http2Connection connection, Lifeline lifeline) {
        this.origin = origin;
        this.request = request;
        this.connection = connection;
        this.lifeline = lifeline;
        UpstreamRequest.Patience patience = request.patience();
        this.nanos = patience.headNanos() > 0 ? patience.headNanos() : patience.idleNanos();
        this.onTimeout = patience.headNanos() > 0 ? Cut.BACKEND_TIMEOUT : Cut.IDLE_TIMEOUT;
    }

    /// Sends the request and waits for the head of the answer.
    ///
    /// @param done runs when the answer has ended, or nobody reads it further
    /// @throws StaleConnectionException the backend has not begun with it, and it should go out again
    UpstreamResponse response(Runnable done) throws StaleConnectionException {
        UpstreamResponse response = null;
        try {
            Http2Stream opened = open();
            send(opened);
            response = new Http2Response(this, head(opened), request.method());
            onEnd = done;
            patience(request.patience().idleNanos(), Cut.IDLE_TIMEOUT);
            return response;
        } finally {
            if (response == null) {
                end();
            }
        }
    }

    String authority() {
        return origin.authority();
    }

    void patience(long most, Cut why) {
        nanos = most;
        onTimeout = why;
    }

    private Http2Stream open() throws StaleConnectionException {
        boolean empty = request.payload() instanceof Payload.None;
        long length = length();
        Outbound.Block head = encoder -> Http2Fields.write(encoder, request, origin, length);
        Http2Stream opened = connection.open(head, empty);
        stream = opened;
        lifeline.onCut(() -> cut(opened));
        return opened;
    }

    private long length() {
        return switch (request.payload()) {
            case Payload.None none -> List.of("POST", "PUT", "PATCH").contains(request.method()) ? 0 : -1;
            case Payload.Bytes bytes -> bytes.length();
            case Payload.Streamed streamed -> streamed.body().declaredLength();
        };
    }

    /// Runs in whichever thread cuts the exchange, so it only wakes up the one that waits.
    private void cut(Http2Stream cut) {
        cut.offer(new Event.Cut());
        connection.out().close(cut.sendWindow());
    }

    /// A request that cannot be written may still be answered: what the backend says comes as an event.
    private void send(Http2Stream opened) {
        lifeline.waiting(nanos, onTimeout);
        try {
            switch (request.payload()) {
                case Payload.None none -> sent = true;
                case Payload.Bytes bytes -> bytes(opened, bytes);
                case Payload.Streamed streamed -> upload(opened, streamed.body());
            }
            connection.out().flush();
        } catch (IOException expected) {
            sent = false;
        } finally {
            lifeline.resume();
        }
        if (upload != null) {
            upload.start();
        }
    }

    private void bytes(Http2Stream opened, Payload.Bytes bytes) throws IOException {
        if (bytes.length() > RequestWriter.SMALL) {
            upload(opened, Body.of(bytes.array(), bytes.offset(), bytes.length()));
            return;
        }
        connection.out().data(opened.sendWindow(), bytes.array(), bytes.offset(), bytes.length(), true);
        sent = true;
    }

    private void upload(Http2Stream opened, Body body) {
        upload = new Http2Upload(
                connection.out(), opened, body, lifeline, request.patience().idleNanos());
    }

    private Event.Head head(Http2Stream opened) throws StaleConnectionException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            if (!(next(opened) instanceof Event.Head head) || head.status() == 0 || !framed(head)) {
                break;
            }
            if (head.status() >= 200) {
                return head;
            }
            if (head.status() == 103) {
                request.hints().accept(head.headers(), head.status());
            }
        }
        throw new ExchangeException(UpstreamFailure.broken(authority() + " answered with what is not HTTP"));
    }

    private static boolean framed(Event.Head head) {
        List<String> lengths = head.headers().all(HeaderName.CONTENT_LENGTH);
        return head.status() != 101
                && (lengths.isEmpty() || (lengths.size() == 1 && number(lengths.getFirst())))
                && (head.status() >= 200 || !head.end());
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Event next(Http2Stream opened) throws StaleConnectionException {
        Event event = awaited(opened);
        if (event instanceof Event.Broken broken && broken.unprocessed() && replayable() && lifeline.cut() == null) {
            throw new StaleConnectionException();
        }
        if (event instanceof Event.Broken || event instanceof Event.Cut) {
            throw new ExchangeException(failure(event));
        }
        return event;
    }

    private boolean replayable() {
        return !(request.payload() instanceof Payload.Streamed);
    }

    /// The next piece of the answer, or what ended it.
    Event next() throws UpstreamBrokenException {
        Http2Stream opened = stream;
        if (opened == null || over) {
            throw new UpstreamBrokenException(UpstreamFailure.broken("the answer was ended"));
        }
        Event event = awaited(opened);
        if (event instanceof Event.Broken || event instanceof Event.Cut) {
            Failure failure = failure(event);
            end();
            throw new UpstreamBrokenException(failure);
        }
        return event;
    }

    boolean ready() {
        Http2Stream opened = stream;
        return opened == null || opened.ready();
    }

    /// Bytes of the answer were used.
    void consumed(int bytes) {
        Http2Stream opened = stream;
        if (opened == null) {
            return;
        }
        try {
            connection.consumed(opened, bytes);
        } catch (IOException expected) {
            // whatever broke comes as an event
        }
    }

    /// While the request is on its way, the silence of the backend means nothing; its sender announces its own waits.
    private Event awaited(Http2Stream opened) {
        while (true) {
            boolean announced = !opened.ready() && (upload == null || sent);
            if (announced) {
                lifeline.waiting(nanos, onTimeout);
            }
            Event event = opened.take();
            if (announced) {
                lifeline.resume();
            }
            if (!(event instanceof Event.Sent)) {
                return event;
            }
            sent = true;
        }
    }

    private Failure failure(Event event) {
        Cut cut = lifeline.cut();
        if (cut != null) {
            end();
            return Failures.cut(cut, authority());
        }
        RuntimeException client = upload == null ? null : upload.clientFailure();
        if (client != null) {
            end();
            throw client;
        }
        return event instanceof Event.Broken broken && broken.unprocessed()
                ? UpstreamFailure.unreachable(authority() + " refused the request")
                : UpstreamFailure.broken(authority() + " broke its answer off");
    }

    /// What the backend sent breaks the rules.
    UpstreamBrokenException malformed(String why) {
        end();
        return new UpstreamBrokenException(UpstreamFailure.broken(authority() + " " + why));
    }

    /// The answer was read to its end, or nobody reads it further: what is open of the stream is reset.
    void end() {
        if (over) {
            return;
        }
        over = true;
        lifeline.onCut(null);
        if (upload != null) {
            upload.stop();
        }
        if (stream != null) {
            connection.end(stream, !complete());
        }
        connection.release();
        if (onEnd != null) {
            onEnd.run();
        }
    }

    /// The backend has said its last word.
    void answered() {
        answered = true;
        end();
    }

    private boolean complete() {
        return answered && (upload == null ? sent : upload.complete());
    }
}
