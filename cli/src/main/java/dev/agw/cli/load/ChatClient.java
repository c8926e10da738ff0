package dev.agw.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import dev.agw.http.SseScanner;
import dev.agw.upstream.UpstreamResponse;
import java.io.IOException;

/// Asks for chat completions. Thread-safe.
final class ChatClient implements Asker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Plan plan;
    private final Prompts prompts;
    private final Caller caller;

    ChatClient(Plan plan) {
        this.plan = plan;
        this.prompts = new Prompts(plan.ask());
        this.caller = new Caller(plan);
    }

    @Override
    public void ask(long number, long intended, Tally tally) {
        caller.counted(tally, () -> call(number, response -> read(response, intended, tally)));
    }

    @Override
    public void tryOut() {
        caller.tried(() -> call(-1, caller::refuseIfWrong));
    }

    private void call(long number, Caller.Reading<Boolean> reading) throws IOException {
        Headers fields = Headers.of("Host", plan.url().authority(), "Content-Type", "application/json");
        caller.call("POST", fields, prompts.body(number), reading);
    }

    private boolean read(UpstreamResponse response, long intended, Tally tally) throws IOException {
        if (response.status() != Caller.OK) {
            response.body().readAll(Caller.LONGEST_ANSWER);
            tally.failed(Caller.outcome(response));
        } else if (plan.ask().stream()) {
            stream(response.body(), intended, tally);
        } else {
            whole(response.body(), intended, tally);
        }
        return response.status() == Caller.OK;
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
        JsonNode answer = JSON.readTree(body.readAll(Caller.LONGEST_ANSWER));
        long end = System.nanoTime();
        if (answer.path("choices").isEmpty()) {
            tally.failed("answer without choices");
        } else {
            tally.answered(
                    end - intended,
                    answer.path("usage").path("completion_tokens").asInt());
        }
    }

    @Override
    public void close() {
        caller.close();
    }
}
