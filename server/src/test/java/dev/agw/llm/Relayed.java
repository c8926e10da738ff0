package dev.agw.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agw.exchange.GenAi;
import dev.agw.exchange.Outcome;
import dev.agw.http.Headers;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// An answer on its way through a meter, and what comes out at the client's side. The clock stands at the number of
/// pieces that have been sent.
final class Relayed {
    static final Operation CHAT = Operation.of("POST", "/v1/chat/completions");

    private final GenAi genAi = new GenAi("chat", "openai", "m", true);
    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream client = new ByteArrayOutputStream();
    private final AnswerMeter meter;

    Relayed(Operation operation, String type, String encoding, boolean strips) {
        Headers headers = Headers.of("Content-Type", type, "Content-Encoding", encoding);
        meter = AnswerMeter.of(operation, headers, strips, genAi, clock::get);
    }

    static Relayed json(byte[] answer, int piece, String encoding) {
        return new Relayed(CHAT, "application/json", encoding, false).send(answer, piece);
    }

    static Relayed stream(Operation operation, boolean strips) {
        return new Relayed(operation, "text/event-stream; charset=utf-8", "identity", strips);
    }

    /// Each piece lies in an array that is wiped once it was taken.
    Relayed send(byte[] answer, int piece) {
        for (int i = 0; i < answer.length; i += piece) {
            byte[] part = Arrays.copyOfRange(answer, i, Math.min(answer.length, i + piece));
            clock.incrementAndGet();
            meter.accept(part, 0, part.length, client::write);
            Arrays.fill(part, (byte) '!');
        }
        return this;
    }

    Relayed send(String answer) {
        byte[] bytes = answer.getBytes(UTF_8);
        return send(bytes, Math.max(1, bytes.length));
    }

    Outcome end(boolean framed) {
        try (meter) {
            return meter.end(framed, client::write);
        }
    }

    AnswerMeter meter() {
        return meter;
    }

    GenAi genAi() {
        return genAi;
    }

    byte[] bytes() {
        return client.toByteArray();
    }

    String text() {
        return client.toString(UTF_8);
    }
}
