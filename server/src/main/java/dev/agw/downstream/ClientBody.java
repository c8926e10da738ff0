package dev.agw.downstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.http.Body;
import dev.agw.http.BodyView;
import dev.agw.http.MalformedMessageException;
import dev.agw.http.MessageBody;
import dev.agw.net.NoMemoryException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body of a client's request: asks for it if the client waits to be asked, bounds each wait, blames the client.
///
/// Read by the exchange's thread, or by the one that pumps a large upload to the backend.
final class ClientBody implements BodyView {
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Http1Connection connection;
    private final MessageBody content;
    private final Thread owner = Thread.currentThread();
    private final @Nullable Invitation invitation;
    private @Nullable Lifeline lifeline;
    private final BodyPatience patience;
    private long received;
    private volatile boolean complete;

    /// @param invitation what the client waits for before it sends; null if it does not wait
    ClientBody(Http1Connection connection, MessageBody content, @Nullable Invitation invitation) {
        this.connection = connection;
        this.content = content;
        this.invitation = invitation;
        this.patience = new BodyPatience(connection.port().limits());
        this.complete = content.complete();
    }

    void bind(Lifeline ofExchange) {
        lifeline = ofExchange;
    }

    @Override
    public Body content() {
        return content;
    }

    /// @throws ExchangeException the body breaks the rules (400) or came too slowly (408), there is no memory for a
    /// record of it (503), or the exchange was cut meanwhile (503, 504)
    /// @throws ClientGoneException the client broke it off
    @Override
    public boolean next() {
        if (complete) {
            rest();
            return false;
        }
        if (!mine()) {
            connection.in().keep();
        }
        try {
            return content.ready() ? advance() : await();
        } catch (MalformedMessageException e) {
            throw new ExchangeException(Unreadable.failure(e));
        } catch (NoMemoryException full) {
            throw new ExchangeException(HeadBudget.usedUp());
        } catch (IOException e) {
            throw broken();
        }
    }

    @Override
    public boolean ready() {
        return complete || content.ready();
    }

    /// Whether nothing of the body is left to read.
    boolean complete() {
        return complete;
    }

    /// The answer begins: from here on the client is not asked for its body.
    void answered() {
        if (invitation != null) {
            invitation.withdraw();
        }
    }

    /// Unblocks a read that waits for the client, because the exchange ends.
    void cut() {
        if (!complete) {
            connection.transport().stopReading();
        }
    }

    private boolean await() throws IOException {
        long start = System.nanoTime();
        if (invitation != null) {
            invitation.send();
        }
        connection.readBy(patience.timeLeft(start, received));
        try {
            return advance();
        } finally {
            connection.readBy(0);
            noteWait(System.nanoTime() - start);
        }
    }

    private boolean advance() throws IOException {
        boolean more = content.next();
        received += more ? content.length() : 0;
        if (content.complete()) {
            complete = true;
            connection.watch();
        }
        return more;
    }

    private boolean mine() {
        return Thread.currentThread().equals(owner);
    }

    /// The answer may take long: it is waited for without an array.
    private void rest() {
        if (mine()) {
            connection.in().release();
        }
    }

    private void noteWait(long nanos) {
        patience.waited(nanos);
        Lifeline ofExchange = lifeline;
        if (ofExchange != null && mine()) {
            ofExchange.alsoWaited(nanos);
        }
    }

    private RuntimeException broken() {
        if (connection.late()) {
            connection.meter().refused(patience.reached());
            return new ExchangeException(new Failure.BadRequest(408, "the request body came too slowly"));
        }
        Lifeline.Cut cut = lifeline == null ? null : lifeline.cut();
        return cut == null ? gone() : ended(cut);
    }

    /// The client is not to blame for a body that the end of its exchange cut short.
    private static RuntimeException ended(Lifeline.Cut cut) {
        return switch (cut) {
            case CLIENT_GONE, CONNECT_TIMEOUT, BACKEND_TIMEOUT -> gone();
            case REQUEST_TIMEOUT, FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, REQUEST_READ_TIMEOUT ->
                new ExchangeException(new Failure.TimedOut(cut, "the request was not served in time"));
            case SHUTDOWN ->
                new ExchangeException(
                        new Failure.Overloaded(Failure.Lack.SHUTDOWN, "the gateway is shutting down", SHORTLY));
        };
    }

    private static RuntimeException gone() {
        return new ClientGoneException("the client broke its request off");
    }
}
