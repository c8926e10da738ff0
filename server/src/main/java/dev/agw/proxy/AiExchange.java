package dev.agw.proxy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.Request;
import dev.agw.http.EndToEnd;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.llm.AnswerMeter;
import dev.agw.llm.OpenAiRequest;
import dev.agw.llm.Operation;
import dev.agw.llm.ProviderCall;
import dev.agw.upstream.Payload;
import dev.agw.upstream.UpstreamRequest;

/// Traffic to models: the request reaches a provider in the provider's words, and the answer is metered in passing.
final class AiExchange {
    private final Attempts attempts;
    private final Relay relay;
    private final WholeBody bodies;
    private final int jsonDepth;

    /// @param jsonDepth most levels of nesting in a request for models
    AiExchange(Attempts attempts, Relay relay, WholeBody bodies, int jsonDepth) {
        this.attempts = attempts;
        this.relay = relay;
        this.bodies = bodies;
        this.jsonDepth = jsonDepth;
    }

    void serve(Passage passage, Request request, Target.Ai target) {
        if (request.method().equals("TRACE")) { // would be answered with the provider's key
            throw new ExchangeException(new Failure.BadRequest(405, "TRACE is not for models"));
        }
        Operation operation = Operation.of(request.method(), request.path());
        UpstreamRequest.Patience patience = new UpstreamRequest.Patience(
                passage.patience().headNanos(), passage.patience().idleNanos());
        if (operation.metered()) {
            byte[] body = bodies.withCopy(passage, request);
            run(passage, request, target, OpenAiRequest.read(operation, body, jsonDepth), patience);
        } else {
            pass(passage, request, target, operation, patience);
        }
    }

    private void run(
            Passage passage, Request request, Target.Ai target, OpenAiRequest ask, UpstreamRequest.Patience patience) {
        Operation operation = ask.operation();
        try (var answer = attempts.answer(passage, target, target.endpoints(), provider -> {
            ProviderCall call = provider.call();
            passage.exchange().genAi(new GenAi(operation.kind().label(), call.system(), ask.model(call), ask.stream()));
            Payload payload = Payload.of(ask.encode(call));
            return call(passage, request, provider, operation, ask.addsUsage(call), payload, patience);
        })) {
            boolean strips = ask.addsUsage(answer.endpoint().call());
            GenAi genAi = java.util.Objects.requireNonNull(passage.exchange().genAi());
            try (AnswerMeter meter =
                    AnswerMeter.of(operation, answer.response().headers(), strips, genAi, System::nanoTime)) {
                relay.relay(passage, answer.response(), meter, operation);
            }
        }
    }

    /// What runs no model goes through as it is.
    private void pass(
            Passage passage,
            Request request,
            Target.Ai target,
            Operation operation,
            UpstreamRequest.Patience patience) {
        Payload payload = Payload.of(request.body());
        try (var answer = attempts.answer(
                passage,
                target,
                target.endpoints(),
                provider -> call(passage, request, provider, operation, false, payload, patience))) {
            relay.relay(passage, answer.response(), AnswerMeter.passing(), operation);
        }
    }

    private static Attempts.Call call(
            Passage passage,
            Request request,
            Target.Provider provider,
            Operation operation,
            boolean rewritesAnswer,
            Payload payload,
            UpstreamRequest.Patience patience) {
        Headers endToEnd = EndToEnd.of(request.headers());
        Forwarding.conceal(endToEnd);
        Forwarding.trace(endToEnd, passage.exchange());
        Headers headers = passage.filtered(request.withHeaders(endToEnd)).headers();
        provider.call().prepare(headers, rewritesAnswer);
        if (operation.metered()) {
            acceptReadable(headers);
        }
        headers.set(HeaderName.HOST, host(provider));
        String path = provider.call().path(operation);
        String target = request.query().isEmpty() ? path : path + "?" + request.query();
        return new Attempts.Call(
                provider.origin(), new UpstreamRequest(request.method(), target, headers, payload, patience));
    }

    /// An answer in an encoding that cannot be read here would pass unmetered.
    private static void acceptReadable(Headers headers) {
        boolean gzip = headers.hasToken(HeaderName.ACCEPT_ENCODING, "gzip");
        headers.remove(HeaderName.ACCEPT_ENCODING);
        if (gzip) {
            headers.add(HeaderName.ACCEPT_ENCODING, "gzip");
        }
    }

    private static String host(Target.Provider provider) {
        int port = provider.origin().port();
        boolean usual = port == (provider.origin().tls().isPresent() ? 443 : 80);
        return usual ? provider.origin().host() : provider.origin().authority();
    }
}
