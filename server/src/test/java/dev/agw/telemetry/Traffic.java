package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Reason;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.exchange.RouteRef;
import dev.agw.exchange.TokenUsage;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Exchanges as they look when they are over.
final class Traffic {
    static final ListenerRef LISTENER = new ListenerRef("8080/ns/gw", "ns/gw", "http");
    static final RouteRef ROUTE = new RouteRef("ns/chat", "0");
    static final long START = 1_000_000_000L;
    static final long MILLI = 1_000_000L;

    private Traffic() {}

    /// A request for `/v1/chat` that was answered with `status` in 20 ms, 7 ms of which nobody waited for anybody.
    static Exchange answered(int status) {
        return answered(request("POST", "/v1/chat", "", Headers.of()), status);
    }

    static Exchange answered(Request request, int status) {
        Exchange exchange = new Exchange(request, new Answer(status, 512), new Lifeline(START), LISTENER);
        exchange.requestId("r-1");
        exchange.route(ROUTE);
        exchange.backend("ns/openai");
        exchange.calling("api.example.com:443", "https");
        exchange.reason(Reason.UPSTREAM);
        exchange.received(400);
        exchange.firstByte(START + 4 * MILLI);
        exchange.ended(START + 20 * MILLI);
        return exchange;
    }

    /// A stream of 10 output tokens: the first after 12 ms, the end after 20 ms.
    static Exchange streamed(String model) {
        Exchange exchange = answered(200);
        GenAi call = new GenAi("chat", "openai", model, true);
        call.responseModel(model + "-2026");
        call.usage(new TokenUsage(100, 10, 40, -1));
        call.firstToken(START + 12 * MILLI);
        exchange.genAi(call);
        exchange.streaming();
        return exchange;
    }

    static Request request(String method, String path, String query, Headers headers) {
        InetSocketAddress peer = new InetSocketAddress("192.0.2.7", 5555);
        return new Request(
                method, path, query, "gateway.example.com:8080", "https", "HTTP/1.1", headers, Body.EMPTY, peer);
    }

    /// A reply that was given.
    record Answer(int status, long bytes) implements Reply {
        @Override
        public void interim(int interimStatus, Headers headers) {
            throw new IllegalStateException("the reply was given");
        }

        @Override
        public void head(int newStatus, Headers headers, long length) {
            throw new IllegalStateException("the reply was given");
        }

        @Override
        public void write(byte[] array, int offset, int length) {
            throw new IllegalStateException("the reply was given");
        }

        @Override
        public void flush() {}

        @Override
        public void end() {}

        @Override
        public void abort() {}

        @Override
        public boolean committed() {
            return status != 0;
        }

        @Override
        public Optional<Tunnel> tunnel() {
            return Optional.empty();
        }
    }
}
