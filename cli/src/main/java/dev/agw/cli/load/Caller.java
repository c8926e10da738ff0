package dev.agw.cli.load;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.telemetry.Housekeeping;
import dev.agw.upstream.DnsCache;
import dev.agw.upstream.Origin;
import dev.agw.upstream.Payload;
import dev.agw.upstream.Resolver;
import dev.agw.upstream.UpstreamBrokenException;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamObserver;
import dev.agw.upstream.UpstreamRequest;
import dev.agw.upstream.UpstreamResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Calls one URL over the gateway's own HTTP client, each call with its deadline. Thread-safe.
final class Caller implements AutoCloseable {
    static final int LONGEST_ANSWER = 16 << 20;
    static final int OK = 200;

    private static final HeaderName REASON = HeaderName.of("x-agw-reason");
    private static final int LONGEST_QUOTE = 200;

    private final Plan plan;
    private final Origin origin;
    private final UpstreamClient client;
    private final Deadlines deadlines;

    Caller(Plan plan) {
        this.plan = plan;
        this.origin = plan.url().origin(plan.pace().concurrency());
        DnsCache dns = new DnsCache(Resolver.SYSTEM, DnsCache.Settings.DEFAULT, System::nanoTime);
        this.client = new UpstreamClient(dns, UpstreamObserver.NONE, System::nanoTime, new Housekeeping());
        this.deadlines = new Deadlines(client);
    }

    /// Reads an answer.
    interface Reading<T> {
        T read(UpstreamResponse response) throws IOException;
    }

    /// Something that calls.
    interface Calling {
        void call() throws IOException;
    }

    /// Sends a request with the plan's fields and these, and has its answer read.
    <T> T call(String method, Headers fields, byte[] body, Reading<T> reading) throws IOException {
        for (String field : plan.ask().fields()) {
            int colon = field.indexOf(':');
            fields.add(
                    field.substring(0, colon).strip(),
                    field.substring(colon + 1).strip());
        }
        long patience = plan.pace().timeout().toNanos();
        UpstreamRequest request = new UpstreamRequest(
                method,
                plan.url().target(),
                fields,
                Payload.of(body),
                new UpstreamRequest.Patience(patience, patience));
        Lifeline lifeline = deadlines.open(plan.pace().timeout());
        try (UpstreamResponse response = client.call(origin, request, lifeline)) {
            return reading.read(response);
        } finally {
            deadlines.done(lifeline);
        }
    }

    /// Runs `calling`; why it fails, if it does, goes to `tally`.
    void counted(Tally tally, Calling calling) {
        try {
            calling.call();
        } catch (RefusedException refused) {
            tally.failed(refused.why());
        } catch (ExchangeException failure) {
            tally.failed(word(failure.failure()));
        } catch (UpstreamBrokenException broken) {
            tally.failed(word(broken.failure()));
        } catch (IOException unreadable) {
            tally.failed("unreadable answer");
        }
    }

    /// Runs `calling` for a try.
    ///
    /// @throws LoadException it fails
    void tried(Calling calling) {
        try {
            calling.call();
        } catch (RefusedException refused) {
            throw LoadException.wrong(plan.url() + ": " + refused.why());
        } catch (ExchangeException failure) {
            throw LoadException.unanswered(plan.url() + " does not answer: " + failure.getMessage());
        } catch (IOException broken) {
            throw LoadException.unanswered(plan.url() + " breaks its answer off: " + broken.getMessage());
        }
    }

    /// Reads an answer to its end; whether it is a good one.
    ///
    /// @throws LoadException it says that the request is wrong
    boolean refuseIfWrong(UpstreamResponse response) throws IOException {
        String text = new String(response.body().readAll(LONGEST_ANSWER), StandardCharsets.UTF_8);
        int status = response.status();
        if (status / 100 == 4 && status != 408 && status != 429) {
            String quote =
                    text.substring(0, Math.min(text.length(), LONGEST_QUOTE)).strip();
            throw LoadException.wrong(plan.url() + " answers " + status + ": " + quote);
        }
        return status == OK;
    }

    /// The status of an answer, and the gateway's reason for it: `503 Timeout`.
    static String outcome(UpstreamResponse response) {
        return (response.status() + " " + response.headers().first(REASON).orElse("")).strip();
    }

    private static String word(Failure failure) {
        return switch (failure) {
            case Failure.TimedOut late -> "timeout";
            case Failure.NoHealthyBackend nameless -> "name not found";
            case Failure.UpstreamFailure unreachable when unreachable.status() == 503 -> "no connection";
            case Failure.UpstreamFailure broken -> "connection broken off";
            case Failure.Overloaded full -> "no connection left";
            case Failure other -> other.message();
        };
    }

    @Override
    public void close() {
        deadlines.close();
        client.close();
    }
}
