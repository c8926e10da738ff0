package dev.agw.downstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Request;
import dev.agw.http.Body;
import dev.agw.http.Framing;
import dev.agw.http.HeadReader;
import dev.agw.http.HeaderName;
import dev.agw.http.Input;
import dev.agw.http.MalformedMessageException;
import dev.agw.http.MessageBody;
import dev.agw.http.Output;
import dev.agw.http.RequestHead;
import dev.agw.http.Source;
import dev.agw.http.TruncatedMessageException;
import dev.agw.http2.Preface;
import dev.agw.http2.Settings;
import dev.agw.net.Farewell;
import dev.agw.net.NoMemoryException;
import dev.agw.net.Transport;
import dev.agw.telemetry.Limit;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * Helidon's HTTP/1.1 connection reads a chunk whole into the heap, never times a head out, refuses HTTP/1.0 and holds 20 KB
 * for a stream that waits. This one holds nothing while it waits but its thread's few frames: the input array goes back as
 * soon as it is empty, the output array after each flush.
 */
/// One HTTP/1 connection of a client: reads request after request and has each served, on one virtual thread.
final class Http1Connection implements ClientConnection {
    private static final byte[] PREFACE = Preface.bytes();
    private static final int INPUT_ROOM = 1024;
    private static final int OUTPUT_ROOM = 256;
    private static final long LOOK_AFTER = 100_000_000;
    private static final long LOOK_EVERY = 400_000_000;
    /// For a client that was let in just before the port closed and has not said anything yet.
    private static final long LAST_WAIT = 1_000_000_000;
    /// Small enough that even a slow client takes so much before its time is over.
    private static final int WRITTEN_AT_ONCE = 64 * 1024;
    /// A write that took longer waited for the client.
    private static final long LONG_WRITE = 1_000_000;
    /// How long a write may go on whose exchange was cut.
    private static final long LAST_WRITE = 200_000_000;

    private final Arrival arrival;
    private final Port port;
    private final Meter meter;
    private final Transport transport;
    private final Input in;
    private final Output out;
    private final HeadBudget.Lease headRoom;
    private final ReadDeadline reading;
    private final Farewell farewell;

    private volatile long writingSince;
    private volatile boolean waiting;
    private volatile @Nullable Lifeline current;
    /// The connection goes on as HTTP/2.
    private volatile boolean succeeded;
    private long nextLook;
    private int served;

    Http1Connection(Arrival arrival) {
        this.arrival = arrival;
        this.port = arrival.port();
        this.meter = arrival.meter();
        this.transport = arrival.transport();
        this.headRoom = port.heads().new Lease();
        this.in = new Input(new Requests(), transport.loop().arrays(), INPUT_ROOM, headRoom);
        this.out = new Output(this::send, OUTPUT_ROOM);
        this.reading = new ReadDeadline(transport);
        this.farewell = new Farewell(transport, meter::received);
    }

    @Override
    public void run() {
        try {
            boolean open = awaitRequest() && !speaksHttp2() && serve();
            while (open) {
                open = awaitRequest() && serve();
            }
            end();
        } catch (NoMemoryException full) {
            turnAway(HeadBudget.usedUp());
        } catch (IOException | ClientGoneException gone) {
            // the client left; nobody is there to tell
        } finally {
            headRoom.close();
            transport.close();
        }
    }

    private void end() throws IOException {
        if (!succeeded) {
            farewell.say();
        }
    }

    /// Answers a client whose words cannot be served, and ends the connection.
    void turnAway(Failure failure) {
        waiting = false;
        readBy(0);
        try {
            refuse(failure);
            end();
        } catch (IOException | ClientGoneException gone) {
            // the client left; nobody is there to tell
        } finally {
            transport.close();
        }
    }

    /// Waits for the first byte of a request, holding no buffer that is not needed.
    private boolean awaitRequest() throws IOException {
        if (in.available() > 0) {
            return true;
        }
        in.release();
        out.release();
        waiting = true;
        Duration patience =
                served == 0 ? port.limits().untilFirst() : port.limits().idle();
        readBy(port.accepting() ? patience.toNanos() : LAST_WAIT);
        boolean came = in.fill();
        waiting = false;
        readBy(0);
        if (late() && served == 0 && port.accepting()) { // a kept connection may end by age
            meter.refused(Limit.FIRST_BYTE_TIME);
        }
        return came;
    }

    /// Serves a client that begins with the preface of HTTP/2, to its end.
    private boolean speaksHttp2() throws IOException {
        readBy(port.limits().headTimeout().toNanos());
        boolean http2 = in.startsWith(PREFACE);
        readBy(0);
        if (http2) {
            succeed(new Http2Connection(arrival, in));
        }
        return http2;
    }

    /// Answers with 101 and serves the rest of the connection, this request first, as HTTP/2.
    private boolean upgrade(RequestHead head, Settings asked) throws IOException {
        out.ascii(H2cUpgrade.ANSWER);
        out.flush();
        out.release();
        Http2Connection next = new Http2Connection(arrival, in);
        next.upgraded(request(head, Body.EMPTY), asked);
        succeed(next);
        return false;
    }

    private void succeed(Http2Connection next) {
        succeeded = true;
        port.succeed(this, next);
    }

    private boolean serve() throws IOException {
        if (late()) { // what came might have been the preface of HTTP/2
            return refuseLateHead();
        }
        long start = System.nanoTime();
        served++;
        RequestHead head;
        Framing framing;
        try {
            readBy(port.limits().headTimeout().toNanos());
            head = new HeadReader(in, port.limits().head()).request();
            if (head == null) {
                return false;
            }
            framing = Framing.ofRequest(head);
        } catch (MalformedMessageException e) {
            return refuse(Unreadable.failure(e));
        } catch (ExchangeException noRoom) {
            return refuse(noRoom.failure());
        } catch (TruncatedMessageException e) {
            return late() && refuseLateHead();
        } finally {
            headRoom.close();
            readBy(0);
        }
        Optional<Settings> http2 =
                framing instanceof Framing.None && arrival.securedFor().isEmpty()
                        ? H2cUpgrade.asked(head)
                        : Optional.empty();
        return http2.isPresent() ? upgrade(head, http2.get()) : exchange(head, framing, start);
    }

    private boolean exchange(RequestHead head, Framing framing, long start) throws IOException {
        MessageBody content = new MessageBody(in, framing, 400);
        ClientBody body = new ClientBody(this, content, expectsContinue(head) ? new Invitation(this) : null);
        Http1Reply reply = new Http1Reply(this, body, head);
        Lifeline lifeline = new Lifeline(start, body::cut);
        body.bind(lifeline);
        Body offered = framing instanceof Framing.None ? Body.EMPTY : body;
        if (body.complete()) {
            in.release();
            watch();
        }
        nextLook = start + LOOK_AFTER;
        current = lifeline;
        try {
            port.handler().handle(request(head, offered), reply, lifeline);
        } finally {
            current = null;
            transport.unwatch();
        }
        return conclude(reply, body);
    }

    /// Whether the connection can take another request.
    private static boolean conclude(Http1Reply reply, ClientBody body) {
        return !reply.broken() && body.complete() && reply.keepsAlive();
    }

    /// Answers what is no request; always false, as no other request can follow.
    private boolean refuse(Failure failure) {
        port.handler().refuse(failure, Http1Reply.toUnreadable(this));
        return false;
    }

    private boolean refuseLateHead() {
        meter.refused(Limit.HEAD_TIME);
        return refuse(new Failure.BadRequest(408, "the request head came too slowly"));
    }

    private void send(byte[] array, int offset, int length) throws IOException {
        long took = 0;
        for (int at = 0; at < length; at += WRITTEN_AT_ONCE) {
            took += write(array, offset + at, Math.min(WRITTEN_AT_ONCE, length - at));
        }
        Lifeline lifeline = current;
        if (took > LONG_WRITE && lifeline != null) {
            lifeline.alsoWaited(took);
        }
    }

    /// Writes as long as the client takes something in time; returns how many nanoseconds it took.
    long write(byte[] array, int offset, int length) throws IOException {
        long start = System.nanoTime();
        writingSince = start;
        try {
            transport.write(array, offset, length);
        } finally {
            writingSince = 0;
        }
        meter.sent(length);
        return System.nanoTime() - start;
    }

    /// Says that nothing more is sent. A TLS client is told in so many words, which it has to take in time.
    void finish() {
        writingSince = System.nanoTime();
        try {
            transport.finish();
        } finally {
            writingSince = 0;
        }
    }

    int receive(byte[] array, int offset, int length) throws IOException {
        return meter.received(transport.read(array, offset, length));
    }

    private Request request(RequestHead head, Body body) {
        return new Request(
                head.method(),
                head.path(),
                head.query(),
                head.authority(),
                arrival.scheme(),
                head.version(),
                head.headers(),
                body,
                arrival.peer(),
                arrival.securedFor());
    }

    private static boolean expectsContinue(RequestHead head) {
        return head.minor() == 1 && head.headers().hasToken(HeaderName.EXPECT, "100-continue");
    }

    Output out() {
        return out;
    }

    Input in() {
        return in;
    }

    Transport transport() {
        return transport;
    }

    Port port() {
        return port;
    }

    Meter meter() {
        return meter;
    }

    int served() {
        return served;
    }

    /// From here on nobody but a look at the socket reads from the client.
    void watch() {
        transport.watch();
    }

    /// Gives the reads that follow so many nanoseconds; 0 ends the limit, and keeps whether it was passed.
    void readBy(long nanos) {
        reading.set(nanos);
    }

    /// Whether reading ended because it took too long.
    boolean late() {
        return reading.passed();
    }

    @Override
    public void sweep(long now) {
        reading.sweep(now);
        farewell.sweep(now);
        Lifeline lifeline = current;
        if (lifeline != null) {
            lifeline.sweep(now);
            look(lifeline, now);
        }
        long since = writingSince;
        if (since != 0) {
            endStuckWrite(now - since, lifeline);
        }
    }

    /// A client that takes nothing of its answer would hold its thread and its backend for good.
    private void endStuckWrite(long age, @Nullable Lifeline lifeline) {
        long most = port.limits().writeTimeout().toNanos();
        Lifeline.Cut cut = lifeline == null ? null : lifeline.cut();
        boolean ended = cut != null && cut.endsExchange();
        if ((most > 0 && age > most) || (ended && age > LAST_WRITE)) {
            transport.closeWithReset();
        }
    }

    @Override
    public void endIfIdle() {
        if (waiting) {
            transport.stopReading();
        }
    }

    @Override
    public void cut() {
        Lifeline lifeline = current;
        if (lifeline != null) {
            lifeline.cut(Lifeline.Cut.SHUTDOWN);
        } else if (!succeeded) {
            transport.close();
        }
    }

    @Override
    public int busy() {
        return current == null ? 0 : 1;
    }

    private void look(Lifeline lifeline, long now) {
        if (now - nextLook < 0) {
            return;
        }
        nextLook = now + LOOK_EVERY;
        boolean gone = switch (transport.probe()) {
            case SILENT, DATA -> false;
            case ENDED -> !port.limits().answersHalfClosed();
            case GONE -> true;
        };
        if (gone) {
            lifeline.cut(Lifeline.Cut.CLIENT_GONE);
        }
    }

    private final class Requests implements Source {
        @Override
        public int read(byte[] array, int offset, int length) throws IOException {
            return receive(array, offset, length);
        }

        @Override
        public void await() throws IOException {
            transport.await();
        }

        @Override
        public int readNow(byte[] array, int offset, int length) throws IOException {
            return meter.received(transport.readNow(array, offset, length));
        }
    }
}
