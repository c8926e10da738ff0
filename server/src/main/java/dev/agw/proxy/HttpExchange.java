package dev.agw.proxy;

import dev.agw.exchange.Request;
import dev.agw.exchange.Tunnel;
import dev.agw.http.EndToEnd;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.Room;
import dev.agw.llm.AnswerMeter;
import dev.agw.upstream.Payload;
import dev.agw.upstream.UpstreamRequest;
import dev.agw.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Traffic to plain HTTP servers, upgrades included.
final class HttpExchange {
    private final Attempts attempts;
    private final Relay relay;
    private final BodyBudget bodies;
    private final Duration tunnelIdle;

    /// @param bodies memory for those that are kept for another attempt
    /// @param tunnelIdle how long a connection may be silent behind an upgrade; zero is without bound
    HttpExchange(Attempts attempts, Relay relay, BodyBudget bodies, Duration tunnelIdle) {
        this.attempts = attempts;
        this.relay = relay;
        this.bodies = bodies;
        this.tunnelIdle = tunnelIdle;
    }

    void serve(Passage passage, Request request, Target.Http target) {
        Room room = bytes -> passage.lease(bodies).take(bytes);
        UpstreamRequest outgoing = outgoing(passage, request, passage::filtered, passage.patience(), room)
                .hinting((hints, status) -> passage.reply().interim(status, EndToEnd.of(hints)))
                .upgrading(Forwarding.upgrade(request));
        try (var answer = attempts.answer(
                passage,
                target,
                target.endpoints(),
                origin -> new Attempts.Call(origin, outgoing.addressed(origin.authority())))) {
            Optional<Tunnel> tunnel = answer.response().tunnel();
            if (tunnel.isPresent()) {
                upgrade(passage, answer.response(), tunnel.get());
            } else {
                relay.relay(passage, answer.response(), AnswerMeter.passing(), null);
            }
        }
    }

    /// The request as a backend is to get it; no upgrade is asked for and no hint passed on.
    ///
    /// @param filters what rule and backend change about it
    /// @param room where a small body is kept, to be sent again
    static UpstreamRequest outgoing(
            Passage passage, Request request, UnaryOperator<Request> filters, Patience patience, Room room) {
        Headers endToEnd = EndToEnd.of(request.headers());
        new ClientNote(passage.exchange(), endToEnd).write(passage.listener().port());
        Forwarding.trace(endToEnd, passage.exchange());
        Request filtered = filters.apply(request.withHeaders(endToEnd));
        Headers headers = filtered.headers();
        headers.set(HeaderName.HOST, filtered.authority());
        return new UpstreamRequest(
                filtered.method(),
                filtered.target(),
                headers,
                Payload.gathered(filtered.body(), room),
                new UpstreamRequest.Patience(patience.headNanos(), patience.idleNanos()));
    }

    private void upgrade(Passage passage, UpstreamResponse response, Tunnel upstream) {
        String protocol = response.headers().first(HeaderName.UPGRADE).orElse("");
        Headers headers = EndToEnd.of(response.headers());
        headers.set(HeaderName.CONNECTION, "Upgrade");
        headers.set(HeaderName.UPGRADE, protocol);
        passage.filter(headers);
        passage.reply().head(101, headers, 0);
        passage.reply().flush();
        passage.reply()
                .tunnel()
                .ifPresent(client -> relay.streaming(passage.exchange(), () -> pump(passage, client, upstream)));
    }

    private void pump(Passage passage, Tunnel client, Tunnel upstream) {
        TunnelPump.Silence silence =
                new TunnelPump.Silence(tunnelIdle.toNanos(), passage.patience().idleNanos());
        TunnelPump pump = new TunnelPump(client, upstream, passage.lifeline(), silence);
        pump.run();
        passage.exchange().received(pump.received());
        passage.exchange().outcome(pump.outcome());
    }
}
