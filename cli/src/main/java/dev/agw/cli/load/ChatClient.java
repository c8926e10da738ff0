package dev.agw.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.http.Body;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.SseScanner;
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

/// Asks for chat completions over the gateway's own HTTP client. Thread-safe.
final class ChatClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HeaderName REASON = HeaderName.of("x-agw-reason");
    private static final int OK = 200;
    private static final int LONGEST_ANSWER = 16 << 20;
    private static final int LONGEST_QUOTE = 200;

    private final Plan plan;
    private final Prompts prompts;
    private final Origin origin;
    private final UpstreamClient client;
    private final Deadlines deadlines;

    ChatClient(Plan plan) {
        this.plan = plan;
        this.prompts = new Prompts(plan.ask());
        this.origin = plan.url().origin(plan.pace().concurrency());
        DnsCache dns = new DnsCache(Resolver.SYSTEM, DnsCache.Settings.DEFAULT, System::nanoTime);
        this.client = new UpstreamClient(dns, UpstreamObserver.NONE, System::nanoTime);
        this.deadlines = new Deadlines(client);
    }

    /// Sends request `number` and reads its answer; what came of it goes to `tally`.
    ///
    /// @param intended when it was to start, as `System.nanoTime()` has it
    void ask(long number, long intended, Tally tally) {
        Lifeline lifeline = deadlines.open(plan.pace().timeout());
        try (UpstreamResponse response = client.call(origin, request(number), lifeline)) {
            read(response, intended, tally);
        } catch (ExchangeException failure) {
            tally.failed(word(failure.failure()));
        } catch (UpstreamBrokenException broken) {
            tally.failed(word(broken.failure()));
        } catch (IOException unreadable) {
            tally.failed("unreadable answer");
        } finally {
            deadlines.done(lifeline);
        }
    }

    /// Asks once, before any load: what is wrong with the URL is better told at once than counted.
    ///
    /// @throws LoadException nobody answers, or the request itself is refused
    void tryOut() {
        Lifeline lifeline = deadlines.open(plan.pace().timeout());
        try (UpstreamResponse response = client.call(origin, request(-1), lifeline)) {
            refuseIfWrong(response.status(), response.body());
        } catch (ExchangeException failure) {
            throw LoadException.unanswered(plan.url() + " does not answer: " + failure.getMessage());
        } catch (IOException broken) {
            throw LoadException.unanswered(plan.url() + " breaks its answer off: " + broken.getMessage());
        } finally {
            deadlines.done(lifeline);
        }
    }

    private void refuseIfWrong(int status, Body body) throws IOException {
        String text = new String(body.readAll(LONGEST_ANSWER), StandardCharsets.UTF_8);
        if (status / 100 == 4 && status != 408 && status != 429) {
            String quote =
                    text.substring(0, Math.min(text.length(), LONGEST_QUOTE)).strip();
            throw LoadException.wrong(plan.url() + " answers " + status + ": " + quote);
        }
    }

    private UpstreamRequest request(long number) {
        Headers headers = Headers.of("Host", plan.url().authority(), "Content-Type", "application/json");
        for (String field : plan.ask().fields()) {
            int colon = field.indexOf(':');
            headers.add(
                    field.substring(0, colon).strip(),
                    field.substring(colon + 1).strip());
        }
        long patience = plan.pace().timeout().toNanos();
        return new UpstreamRequest(
                "POST",
                plan.url().target(),
                headers,
                Payload.of(prompts.body(number)),
                new UpstreamRequest.Patience(patience, patience));
    }

    private void read(UpstreamResponse response, long intended, Tally tally) throws IOException {
        if (response.status() != OK) {
            response.body().readAll(LONGEST_ANSWER);
            tally.failed(
                    (response.status() + " " + response.headers().first(REASON).orElse("")).strip());
        } else if (plan.ask().stream()) {
            stream(response.body(), intended, tally);
        } else {
            whole(response.body(), intended, tally);
        }
    }

    private static void stream(Body body, long intended, Tally tally) throws IOException {
        StreamReading reading = new StreamReading(tally, intended);
        SseScanner scanner = new SseScanner(reading);
        while (body.next()) {
            scanner.scan(body.array(), body.offset(), body.length());
        }
        scanner.finish();
        String problem = reading.problem();
        if (problem.isEmpty()) {
            tally.answered(System.nanoTime() - intended, reading.tokens());
        } else {
            tally.failed(problem);
        }
    }

    private static void whole(Body body, long intended, Tally tally) throws IOException {
        JsonNode answer = JSON.readTree(body.readAll(LONGEST_ANSWER));
        long end = System.nanoTime();
        if (answer.path("choices").isEmpty()) {
            tally.failed("answer without choices");
        } else {
            tally.answered(
                    end - intended,
                    answer.path("usage").path("completion_tokens").asInt());
        }
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
