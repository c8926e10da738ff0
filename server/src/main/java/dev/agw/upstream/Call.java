package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Body;
import dev.agw.http.HeadLimits;
import dev.agw.http.HeadReader;
import dev.agw.http.HeaderName;
import dev.agw.http.Methods;
import dev.agw.http.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One request on one connection.
final class Call {
    private static final HeaderName IDEMPOTENCY_KEY = HeaderName.of("Idempotency-Key");
    private static final int MOST_INTERIM = 32;
    /// Within which an idle connection shows that it had been closed before the request came: the peer's reset takes no
    /// longer than a round trip.
    private static final long SHOWS_STALE = Duration.ofSeconds(1).toNanos();

    private final Origin origin;
    private final UpstreamRequest request;
    private final Lease lease;
    private final Connection connection;
    private final Lifeline lifeline;
    private final Waits waits;
    private final LongSupplier clock;
    private final long begun;
    private @Nullable Upload upload;
    private boolean sent;

    /// @param clock in the manner of `System::nanoTime`
    Call(Origin origin, UpstreamRequest request, Lease lease, LongSupplier clock) {
        this.origin = origin;
        this.request = request;
        this.lease = lease;
        this.connection = lease.connection();
        this.lifeline = lease.lifeline();
        this.clock = clock;
        this.begun = clock.getAsLong();
        UpstreamRequest.Patience patience = request.patience();
        this.waits = patience.headNanos() > 0
                ? new Waits(lifeline, patience.headNanos(), Cut.BACKEND_TIMEOUT)
                : new Waits(lifeline, patience.idleNanos(), Cut.IDLE_TIMEOUT);
    }

    /// Sends the request and waits for the head of the answer.
    ///
    /// @throws StaleConnectionException the connection was dead, and the request should go out on another
    UpstreamResponse response() throws StaleConnectionException {
        Http1Response response = null;
        connection.begin(waits);
        waits.begin();
        try {
            send();
            response = new Http1Response(this, head());
            return response;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            waits.end();
            waits.patience(request.patience().idleNanos(), Cut.IDLE_TIMEOUT);
            if (response == null) {
                abandon();
            }
        }
    }

    String method() {
        return request.method();
    }

    String authority() {
        return origin.authority();
    }

    Connection connection() {
        return connection;
    }

    Waits waits() {
        return waits;
    }

    /// The answer was read to its end.
    ///
    /// @param reusable whether the backend keeps the connection open
    void finished(boolean reusable) {
        if (reusable && connection.in().available() == 0 && requestSent() && lifeline.cut() == null) {
            lease.release();
        } else {
            abandon();
        }
    }

    /// Nobody reads further: the connection goes.
    void abandon() {
        if (upload != null) {
            upload.stop();
        }
        lease.discard();
    }

    /// Why the answer can't be read further; its connection is gone then.
    Failure broken(IOException e) {
        abandon();
        Cut cut = lifeline.cut();
        if (cut != null) {
            return Failures.cut(cut, authority()); // before the client's failure, which the cut may have caused
        }
        RuntimeException client = upload == null ? null : upload.clientFailure();
        if (client != null) {
            throw client;
        }
        return Failures.broken(e, authority());
    }

    /// A request that can't be written may still be answered: a backend that refuses it early stops reading.
    private void send() {
        RequestWriter writer = new RequestWriter(connection.out(), request);
        try {
            Body rest = writer.write();
            connection.out().release();
            if (rest.declaredLength() == 0) {
                sent = true;
            } else {
                upload(rest);
            }
        } catch (IOException expected) {
            sent = false;
        }
    }

    private void upload(Body body) {
        waits.sending();
        upload = new Upload(lease, waits, body, request.patience().idleNanos());
        upload.start();
    }

    private boolean requestSent() {
        return sent || (upload != null && upload.complete());
    }

    private ResponseHead head() throws IOException {
        HeadLimits limits = origin.connections().answers();
        HeadReader reader = new HeadReader(connection.in(), limits);
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            ResponseHead head = reader.response();
            if (head == null) {
                throw new EOFException("the connection ended before an answer");
            }
            if (head.status() >= 200 || switching(head)) {
                return head;
            }
            if (head.status() == 103) {
                request.hints().accept(head.headers(), head.status());
            }
        }
        throw new ProtocolException("there are too many interim answers");
    }

    /// Whether the backend leaves HTTP behind, as it was asked to.
    private boolean switching(ResponseHead head) throws IOException {
        if (head.status() != 101) {
            return false;
        }
        if (request.upgrade().isEmpty() || !head.headers().hasToken(HeaderName.UPGRADE, request.upgrade())) {
            throw new ProtocolException("the backend switched protocols without being asked");
        }
        return true;
    }

    private RuntimeException failed(IOException e) throws StaleConnectionException {
        Failure failure = broken(e);
        boolean again = request.payload() instanceof Payload.None || request.payload() instanceof Payload.Bytes;
        if (again && lease.reused() && !connection.heard() && lifeline.cut() == null && harmless()) {
            throw new StaleConnectionException();
        }
        return new ExchangeException(failure);
    }

    /// Whether to send it again does no harm: it says so itself, or it was most likely not begun with, as its
    /// connection had been closed before (RFC 9110 §9.2.2).
    private boolean harmless() {
        return Methods.isIdempotent(request.method())
                || request.headers().has(IDEMPOTENCY_KEY)
                || clock.getAsLong() - begun < SHOWS_STALE;
    }
}
