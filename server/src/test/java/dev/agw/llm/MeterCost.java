package dev.agw.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agw.exchange.GenAi;
import dev.agw.http.Headers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;

/// Prints the CPU time of the gateway's own work on a model call; a program to run by hand, it asserts nothing.
final class MeterCost {
    private static final int ROUNDS = 200_000;
    private static final Operation CHAT = Operation.of("POST", "/v1/chat/completions");
    private static final ProviderCall CALL =
            new ProviderCall("openai", Optional.of("gpt-4o"), "/v1", new ProviderAuth.None(), true);
    private static final int DEPTH = 64;
    private static final byte[] REQUEST = ("{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + "Why is the sky blue? ".repeat(44)
                    + "\"}],\"temperature\":0.7,\"stream\":false}")
            .getBytes(UTF_8);
    private static final byte[] ANSWER = ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,"
                    + "\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\""
                    + "Because of Rayleigh. ".repeat(30)
                    + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,"
                    + "\"total_tokens\":21,\"prompt_tokens_details\":{\"cached_tokens\":0},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}}")
            .getBytes(UTF_8);
    private static final byte[] EVENT = ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1,\"model\":\"gpt-4o\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\" word\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n")
            .getBytes(UTF_8);
    private static final byte[] EVENT_WITH_USAGE =
            new String(EVENT, UTF_8).replace("}]}", "}],\"usage\":null}").getBytes(UTF_8);
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers EVENTS = Headers.of("Content-Type", "text/event-stream");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static long written;

    private MeterCost() {}

    public static void main(String[] arguments) {
        for (int warm = 0; warm < 5; warm++) {
            print("request, " + REQUEST.length + " bytes", MeterCost::request);
            print("answer, " + ANSWER.length + " bytes", MeterCost::answer);
            stream("event observed, " + EVENT.length + " bytes", EVENT, false);
            stream("event stripped, " + EVENT_WITH_USAGE.length + " bytes", EVENT_WITH_USAGE, true);
        }
    }

    private static void request() {
        written += OpenAiRequest.read(CHAT, REQUEST, DEPTH).encode(CALL).length;
    }

    private static void answer() {
        try (AnswerMeter meter = AnswerMeter.of(CHAT, JSON, false, genAi(), System::nanoTime)) {
            meter.accept(ANSWER, 0, ANSWER.length, MeterCost::write);
            meter.end(true, MeterCost::write);
        }
    }

    private static void stream(String what, byte[] event, boolean strips) {
        try (AnswerMeter meter = AnswerMeter.of(CHAT, EVENTS, strips, genAi(), System::nanoTime)) {
            print(what, () -> meter.accept(event, 0, event.length, MeterCost::write));
        }
    }

    private static void write(byte[] array, int offset, int length) {
        written += length;
    }

    private static GenAi genAi() {
        return new GenAi("chat", "openai", "gpt-4o", true);
    }

    private static void print(String what, Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        System.out.printf(
                "%-30s %5d ns  (%d)%n", what, (THREADS.getCurrentThreadCpuTime() - start) / ROUNDS, written % 10);
    }
}
