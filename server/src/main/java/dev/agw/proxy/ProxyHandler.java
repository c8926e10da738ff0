package dev.agw.proxy;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Exchange;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Outcome;
import dev.agw.exchange.Reason;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import dev.agw.http.TrustedProxies;
import dev.agw.llm.Operation;
import dev.agw.policy.DirectAnswer;
import dev.agw.route.Backends.Destination;
import dev.agw.route.Match;
import dev.agw.telemetry.Limit;
import dev.agw.telemetry.Telemetry;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/// The request path, top to bottom: match, filters, backend, exchange, record.
public final class ProxyHandler {
    private static final System.Logger LOGGER = System.getLogger(ProxyHandler.class.getName());
    private static final InetSocketAddress NOBODY = InetSocketAddress.createUnresolved("unknown", 0);

    private final Supplier<Snapshot> snapshots;
    private final Telemetry telemetry;
    private final TrustedProxies proxies;
    private final ReplyFields fields;
    private final ErrorResponder errors;
    private final AiExchange ai;
    private final HttpExchange http;
    private final Mirrors mirrors;
    private final Admission admission;
    private final Carrier carrier;

    ProxyHandler(Supplier<Snapshot> snapshots, Telemetry telemetry, ProxyParts parts) {
        this.snapshots = snapshots;
        this.telemetry = telemetry;
        this.proxies = parts.proxies();
        this.fields = parts.fields();
        this.errors = parts.errors();
        this.ai = parts.ai();
        this.http = parts.http();
        this.mirrors = parts.mirrors();
        this.admission = parts.admission();
        this.carrier = parts.carrier();
    }

    /// Serves one request on the thread that read it.
    ///
    /// @param port of the listener it came in by, as its Gateway names it
    public void handle(int port, Request request, Reply reply, Lifeline lifeline) {
        Snapshot snapshot = snapshots.get(); // read once: a reload changes nothing
        Snapshot.Listener listener = snapshot.listener(port, request.host());
        Exchange exchange = new Exchange(request, reply, lifeline, listener.ref());
        if (proxies.trusts(request.peer())) {
            exchange.broughtFor(proxies.client(request.peer(), request.headers()));
        }
        Passage passage = new Passage(exchange, listener);
        telemetry.start(exchange);
        try (Gate.Place inProcess = admission.enter(lifeline)) {
            mustBelongHere(snapshot, port, request);
            serve(passage);
        } catch (ExchangeException e) {
            respond(passage, e.failure());
        } catch (ClientGoneException gone) {
            exchange.outcome(Outcome.CLIENT_GONE);
        } catch (RuntimeException defect) {
            LOGGER.log(System.Logger.Level.ERROR, "request " + exchange.requestId() + " failed", defect);
            respond(passage, new Failure.Internal("internal error; request id " + exchange.requestId()));
        } finally {
            passage.release();
            telemetry.finish(exchange);
        }
    }

    /// A connection may be limited to clients with a certificate: other listeners' hosts must not be reached by it,
    /// nor theirs from elsewhere.
    private static void mustBelongHere(Snapshot snapshot, int port, Request request) {
        if (snapshot.misdirected(port, request)) {
            throw new ExchangeException(
                    new Failure.Misdirected("this connection was not made for host \"" + request.host() + "\""));
        }
    }

    private void serve(Passage passage) {
        Match<RoutedRule> match = match(passage);
        passage.matched(match);
        try (Gate.Place inRoute = admission.enter(passage.exchange().route(), passage.lifeline())) {
            serve(passage, match);
        }
    }

    private void serve(Passage passage, Match<RoutedRule> match) {
        Optional<DirectAnswer> direct = directAnswer(passage);
        if (direct.isPresent()) {
            answer(passage, direct.get());
            return;
        }
        Destination<Target> destination = match.rule().rule().backends().choose();
        passage.chosen(destination);
        Request request = mirrors.copied(passage, match.rule().rule(), destination);
        switch (destination.target()) {
            case Target.Ai models -> ai.serve(passage, request, models);
            case Target.Http plain -> http.serve(passage, request, plain);
        }
    }

    private static Match<RoutedRule> match(Passage passage) {
        try {
            return passage.listener().routes().match(passage.request());
        } catch (ExchangeException nothing) {
            // an SDK pointed at the wrong path should be able to read why
            passage.openAi(
                    Operation.of(passage.request().method(), passage.request().path())
                            .metered());
            throw nothing;
        }
    }

    private static Optional<DirectAnswer> directAnswer(Passage passage) {
        Optional<DirectAnswer> preflight = passage.filters().preflight(passage.request());
        return preflight.isPresent() || !passage.filters().answers()
                ? preflight
                : passage.filters()
                        .answer(
                                passage.request(),
                                passage.prefixSegments(),
                                passage.listener().port());
    }

    private void answer(Passage passage, DirectAnswer direct) {
        passage.exchange().reason(Reason.DIRECT_RESPONSE);
        Headers headers = direct.headers();
        fields.complete(passage, headers);
        Reply reply = passage.reply();
        reply.head(direct.status(), headers, direct.body().length);
        reply.write(direct.body(), 0, direct.body().length);
        reply.end();
    }

    private void respond(Passage passage, Failure failure) {
        refused(failure).ifPresent(telemetry.metrics()::refused);
        try {
            errors.respond(passage, failure);
        } catch (ClientGoneException gone) {
            passage.exchange().outcome(Outcome.CLIENT_GONE);
        }
    }

    /// The limit that a failure stands for.
    private static Optional<Limit> refused(Failure failure) {
        return switch (failure) {
            case Failure.BadRequest bad -> refused(bad.status());
            case Failure.TooDeep nested -> Optional.of(Limit.JSON_DEPTH);
            case Failure.TooManyFields many -> Optional.of(Limit.HEADER_COUNT);
            case Failure.Overloaded full -> limit(full.lack());
            case Failure.NotFound other -> Optional.empty();
            case Failure.Misdirected other -> Optional.empty();
            case Failure.NoHealthyBackend other -> Optional.empty();
            case Failure.UpstreamFailure other -> Optional.empty();
            case Failure.TimedOut other -> Optional.empty();
            case Failure.Internal other -> Optional.empty();
        };
    }

    private static Optional<Limit> refused(int status) {
        return switch (status) {
            case 413 -> Optional.of(Limit.BODY_SIZE);
            case 414 -> Optional.of(Limit.TARGET_LENGTH);
            case 431 -> Optional.of(Limit.HEADER_SIZE);
            default -> Optional.empty();
        };
    }

    private static Optional<Limit> limit(Failure.Lack lack) {
        return switch (lack) {
            case BACKEND_CONNECTIONS, BACKEND_TURN -> Optional.of(Limit.POOL_PENDING);
            case REQUESTS -> Optional.of(Limit.CONCURRENT_REQUESTS);
            case ROUTE_REQUESTS -> Optional.of(Limit.ROUTE_REQUESTS);
            case HEAP -> Optional.of(Limit.HEAP);
            case BODY_MEMORY -> Optional.of(Limit.BODY_MEMORY);
            case HEAD_MEMORY -> Optional.of(Limit.HEAD_MEMORY);
            case SHUTDOWN -> Optional.empty();
        };
    }

    /// Hands a connection on until one side ends it; returns then. False if no backend took it.
    public boolean carry(CarriedRoute route, Tunnel client, Lifeline lifeline) {
        telemetry.metrics().streamStarted();
        try {
            return carrier.carry(route, client, lifeline);
        } finally {
            telemetry.metrics().streamEnded();
        }
    }

    /// Answers what could not be read as a request; it is counted like one.
    public void refuse(int port, Failure failure, Reply reply) {
        Request unreadable = new Request("GET", "/", "", "", "http", "HTTP/1.1", new Headers(), Body.EMPTY, NOBODY);
        Snapshot.Listener listener = snapshots.get().listener(port, "");
        Exchange exchange = new Exchange(unreadable, reply, new Lifeline(System.nanoTime()), listener.ref());
        telemetry.start(exchange);
        respond(new Passage(exchange, listener), failure);
        telemetry.finish(exchange);
    }
}
