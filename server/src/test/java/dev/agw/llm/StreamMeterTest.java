package dev.agw.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Outcome;
import dev.agw.exchange.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamMeterTest {
    private static final Operation CHAT = Relayed.CHAT;
    private static final Operation COMPLETION = Operation.of("POST", "/v1/completions");
    private static final Operation RESPONSES = Operation.of("POST", "/v1/responses");

    private static final String ASKED = """
            data: {"id":"1","model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}],"usage":null}

            : keep-alive

            data: {"id":"1","model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}

            data: {"id":"1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"\\"usage\\":null,"}}], "usage" : null ,"obfuscation":"x"}

            data: {"usage":null, "id":"1","model":"gpt-4o","choices":[{"index":0,"delta":{"usage":null}}]}

            data: {"usage":null}

            data: {"id":"1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}

            data: [DONE]

            """;

    /// What the same provider would have sent had nobody asked for usage.
    private static final String NOT_ASKED = """
            data: {"id":"1","model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]}

            : keep-alive

            data: {"id":"1","model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"id":"1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"\\"usage\\":null,"}}] ,"obfuscation":"x"}

            data: {"id":"1","model":"gpt-4o","choices":[{"index":0,"delta":{"usage":null}}]}

            data: {}

            data: [DONE]

            """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesOutWhatTheClientDidNotAskForHoweverTheStreamIsCut(String lineEnd) {
        byte[] asked = ASKED.replace("\n", lineEnd).getBytes(UTF_8);
        for (int piece = 1; piece <= asked.length; piece++) {
            Relayed relayed = Relayed.stream(CHAT, true).send(asked, piece);
            assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
            assertThat(relayed.text()).isEqualTo(NOT_ASKED.replace("\n", lineEnd));
            assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(9, 12, -1, -1));
            assertThat(relayed.genAi().responseModel()).isEqualTo("gpt-4o");
        }
    }

    @Test
    void handsOnWhatCameAndAsItCameToAClientThatAsked() {
        byte[] asked = ASKED.getBytes(UTF_8);
        for (int piece = 1; piece <= asked.length; piece++) {
            Relayed relayed = Relayed.stream(CHAT, false).send(asked, piece);
            assertThat(relayed.text()).isEqualTo(ASKED);
            assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
            assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(9, 12, -1, -1));
        }
    }

    @Test
    void handsOnHalfAnEventAtOnceUnlessItMayHaveToChange() {
        Relayed seen = Relayed.stream(CHAT, false).send("data: {\"mo");
        assertThat(seen.text()).isEqualTo("data: {\"mo");
        assertThat(seen.meter().betweenEvents()).isFalse();
        assertThat(seen.meter().rewrites()).isFalse();

        Relayed changed = Relayed.stream(CHAT, true).send("data: 1\n\ndata: {\"mo");
        assertThat(changed.text()).isEqualTo("data: 1\n\n");
        assertThat(changed.meter().betweenEvents()).isTrue();
        assertThat(changed.meter().rewrites()).isTrue();
    }

    @Test
    void keepsDataOfSeveralLinesAsItIs() {
        String event = "data: {\"choices\":[{}],\ndata: \"usage\":null}\n\n";
        assertThat(Relayed.stream(CHAT, true).send(event).text()).isEqualTo(event);
        String dropped = "data: {\"choices\":[],\ndata: \"usage\":{\"prompt_tokens\":1}}\n\n";
        assertThat(Relayed.stream(CHAT, true).send(dropped).text()).isEmpty();
    }

    @Test
    void keepsUsageThatSharesItsChunkWithTheFinish() {
        String finish = "data: {\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,"
                + "\"completion_tokens\":4}}\n\n";
        Relayed relayed = Relayed.stream(CHAT, true).send(finish);
        assertThat(relayed.text()).isEqualTo(finish);
        assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(3, 4, -1, -1));
    }

    @Test
    void letsTheLastOfContinuousCountsHold() {
        Relayed relayed = Relayed.stream(CHAT, false);
        for (int tokens = 1; tokens <= 3; tokens++) {
            relayed.send(chunk("{\"content\":\"x\"}")
                    .replace("}]}", "}],\"usage\":{\"prompt_tokens\":5," + "\"completion_tokens\":" + tokens + "}}"));
        }
        relayed.send("data: {\"choices\":[],\"usage\":{}}\n\n");
        assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(5, 3, -1, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"Hi\"}",
                "{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"hm\"}",
                "{\"reasoning_content\":\"hm\"}",
                "{\"refusal\":\"no\"}",
                "{\"tool_calls\":[{\"index\":0}]}",
                "{\"function_call\":{\"name\":\"f\"}}",
                "{\"audio\":{\"data\":\"aa\"}}"
            })
    void takesTheTimeOfTheFirstChunkWithContent(String delta) {
        Relayed relayed = Relayed.stream(CHAT, false)
                .send(": hello\n\n")
                .send(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null,\"tool_calls\":[]}"))
                .send(chunk(delta))
                .send(chunk("{\"content\":\"later\"}"));
        assertThat(relayed.genAi().firstTokenNanos()).isEqualTo(3);
    }

    @Test
    void takesTheTimeOfTheFirstTextOfACompletion() {
        Relayed relayed = Relayed.stream(COMPLETION, false)
                .send("data: {\"choices\":[{\"text\":\"\"}]}\n\n")
                .send("data: {\"choices\":[{\"index\":0},{\"text\":\"a\"}]}\n\n");
        assertThat(relayed.genAi().firstTokenNanos()).isEqualTo(2);
    }

    @Test
    void notesAnErrorInTheMiddleOfAStream() {
        String error = "data: {\"error\":{\"message\":\"overloaded\"}}\n\n";
        Relayed relayed = Relayed.stream(CHAT, true).send(ASKED).send(error);
        assertThat(relayed.meter().failed()).isTrue();
        assertThat(relayed.text()).endsWith(error);
        assertThat(Relayed.stream(CHAT, false)
                        .send("data: {\"error\":null}\n\n")
                        .meter()
                        .failed())
                .isFalse();
    }

    @Test
    void tellsAnEndFromABreak() {
        String open = chunk("{\"content\":\"x\"}");
        assertThat(Relayed.stream(CHAT, false).send(open).end(false)).isEqualTo(Outcome.UPSTREAM_ABORT);
        assertThat(Relayed.stream(CHAT, false).send(open).end(true)).isEqualTo(Outcome.COMPLETED);
        assertThat(Relayed.stream(CHAT, false).send(open + "data: [DONE]").end(false))
                .isEqualTo(Outcome.COMPLETED);
        assertThat(Relayed.stream(RESPONSES, false)
                        .send("event: response.created\n\n")
                        .end(false))
                .isEqualTo(Outcome.UPSTREAM_ABORT);
    }

    @Test
    void handsOnAtTheEndWhatItHeldBack() {
        Relayed relayed = Relayed.stream(CHAT, true).send("data: [DO").send("NE]\n");
        assertThat(relayed.text()).isEmpty();
        relayed.end(true);
        assertThat(relayed.text()).isEqualTo("data: [DONE]\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64, 1000})
    void readsTheEventsOfAResponse(int piece) {
        String stream = """
                event: response.created
                data: {"type":"response.created","response":{"id":"r","model":"gpt-5","usage":null}}

                event: response.output_text.delta
                data: {"type":"response.output_text.delta","delta":"Hi"}

                event: response.completed
                data: {"type":"response.completed","response":{"id":"r","model":"gpt-5-x","output":[{"usage":1}],\
                "usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":2},"output_tokens":12,\
                "output_tokens_details":{"reasoning_tokens":3}}}}

                """;
        Relayed relayed = Relayed.stream(RESPONSES, true).send(stream.getBytes(UTF_8), piece);
        assertThat(relayed.text()).isEqualTo(stream);
        assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(9, 12, 2, 3));
        assertThat(relayed.genAi().responseModel()).isEqualTo("gpt-5-x");
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
        assertThat(relayed.meter().failed()).isFalse();
    }

    @Test
    void readsAResponseWithoutEventNames() {
        Relayed relayed = Relayed.stream(RESPONSES, false)
                .send(": hi\n\ndata: {\"sequence_number\":0}\n\n")
                .send("data: {\"type\":\"response.refusal.delta\",\"delta\":\"x\"}\n\n")
                .send("data: {\"type\":\"response.incomplete\",\"response\":{\"usage\":{\"output_tokens\":1}}}\n\n");
        assertThat(relayed.genAi().firstTokenNanos()).isEqualTo(2);
        assertThat(relayed.genAi().usage().output()).isEqualTo(1);
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"type\":\"error\",\"code\":\"x\"}\n\n",
                "event: response.failed\ndata: {\"response\":{\"error\":{}}}\n\n"
            })
    void notesAResponseThatFailed(String event) {
        Relayed relayed = Relayed.stream(RESPONSES, false).send(event);
        assertThat(relayed.meter().failed()).isTrue();
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void readsACompressedStreamWithoutChangingIt() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ASKED.getBytes(UTF_8));
        }
        Relayed relayed = new Relayed(CHAT, "TEXT/event-stream", "gzip", true).send(packed.toByteArray(), 10);
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
        assertThat(relayed.bytes()).isEqualTo(packed.toByteArray());
        assertThat(relayed.genAi().usage().output()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\n\n", "data: \"usage\"\n\n", "data: {\"usage\":\n\n", "data: [[[\"usage\"\n\n"})
    void passesOnWhatItCannotRead(String event) {
        Relayed relayed = Relayed.stream(CHAT, true).send(event);
        assertThat(relayed.text()).isEqualTo(event);
        assertThat(relayed.genAi().usage().known()).isFalse();
    }

    private static String chunk(String delta) {
        return "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n";
    }
}
