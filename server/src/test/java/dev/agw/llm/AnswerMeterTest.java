package dev.agw.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Outcome;
import dev.agw.exchange.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerMeterTest {
    private static final String ANSWER = """
            {"id":"c1","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":
            {"role":"assistant","content":"\\"usage\\":{\\"prompt_tokens\\":1} {"}}],"usage":{"prompt_tokens":9,
            "completion_tokens":12,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},
            "completion_tokens_details":{"reasoning_tokens":7}}}
            """;

    @Test
    void readsModelAndCountsHoweverTheAnswerIsCut() {
        for (int piece = 1; piece <= ANSWER.length(); piece++) {
            Relayed relayed = Relayed.json(ANSWER.getBytes(UTF_8), piece, "identity");
            assertThat(relayed.text()).isEqualTo(ANSWER);
            assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
            assertThat(relayed.genAi().responseModel()).isEqualTo("gpt-4o-2024-08-06");
            assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(9, 12, 4, 7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 10_000})
    void readsThroughCompression(int piece) {
        for (String encoding : new String[] {"gzip", " X-GZIP", "deflate"}) {
            byte[] packed = encoding.equals("deflate") ? deflate(ANSWER) : gzip(ANSWER.getBytes(UTF_8));
            Relayed relayed = Relayed.json(packed, piece, encoding);
            assertThat(relayed.bytes()).isEqualTo(packed);
            assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
            assertThat(relayed.genAi().usage()).isEqualTo(new TokenUsage(9, 12, 4, 7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 8, 16, 4 + 8, 2 + 4 + 8 + 16})
    void readsThroughEveryGzipHeader(int flags) {
        byte[] plain = gzip(ANSWER.getBytes(UTF_8));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        packed.writeBytes((flags & 4) == 0 ? new byte[0] : new byte[] {3, 0, 'a', 0, 'b'});
        packed.writeBytes((flags & 8) == 0 ? new byte[0] : "name\0".getBytes(UTF_8));
        packed.writeBytes((flags & 16) == 0 ? new byte[0] : "\0".getBytes(UTF_8));
        packed.writeBytes((flags & 2) == 0 ? new byte[0] : new byte[] {9, 9});
        packed.writeBytes(Arrays.copyOfRange(plain, 10, plain.length));
        Relayed relayed = Relayed.json(packed.toByteArray(), 1, "gzip");
        relayed.end(true);
        assertThat(relayed.genAi().usage().output()).isEqualTo(12);
    }

    @Test
    void readsThroughAnEmptyExtraField() {
        byte[] plain = gzip(ANSWER.getBytes(UTF_8));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 4, 1, 2, 3, 4, 0, 3, 0, 0});
        packed.writeBytes(Arrays.copyOfRange(plain, 10, plain.length));
        Relayed relayed = Relayed.json(packed.toByteArray(), 100, "gzip");
        relayed.end(true);
        assertThat(relayed.genAi().usage().output()).isEqualTo(12);
    }

    @Test
    void passesCorruptDataOnAndStopsCounting() {
        byte[] packed = gzip(ANSWER.getBytes(UTF_8));
        for (int broken = 0; broken < packed.length; broken++) {
            byte[] corrupt = packed.clone();
            corrupt[broken] ^= 0x5A;
            Relayed relayed = Relayed.json(corrupt, 50, "gzip");
            assertThat(relayed.bytes()).isEqualTo(corrupt);
            assertThat(relayed.end(true)).isEqualTo(Outcome.COMPLETED);
        }
        Relayed noGzip = Relayed.json(ANSWER.getBytes(UTF_8), 50, "gzip");
        assertThat(noGzip.end(false)).isEqualTo(Outcome.COMPLETED);
        assertThat(noGzip.genAi().usage()).isEqualTo(TokenUsage.UNKNOWN);
    }

    @Test
    void stopsCountingInACompressedBomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < (InflatingDecoder.MOST_BYTES >> 20) + 1; i++) {
                gzip.write(spaces);
            }
            gzip.write(ANSWER.getBytes(UTF_8));
        }
        Relayed relayed = Relayed.json(packed.toByteArray(), 8192, "gzip");
        relayed.end(true);
        assertThat(relayed.bytes()).isEqualTo(packed.toByteArray());
        assertThat(relayed.genAi().usage()).isEqualTo(TokenUsage.UNKNOWN);
    }

    @Test
    void refusesDictionaries() {
        Deflater deflater = new Deflater();
        deflater.setDictionary("usage".getBytes(UTF_8));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(ANSWER.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        Relayed relayed = Relayed.json(packed.toByteArray(), 50, "deflate");
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
        assertThat(relayed.genAi().usage()).isEqualTo(TokenUsage.UNKNOWN);
    }

    @Test
    void seesNothingOfACodingThatItDoesNotKnow() {
        Relayed relayed = Relayed.json(ANSWER.getBytes(UTF_8), 50, "br");
        assertThat(relayed.text()).isEqualTo(ANSWER);
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
        assertThat(relayed.genAi().usage().known()).isFalse();
    }

    @Test
    void takesNothingFromAnAnswerThatIsCutShort() {
        Relayed relayed = Relayed.json(ANSWER.substring(0, ANSWER.length() - 4).getBytes(UTF_8), 50, "identity");
        assertThat(relayed.end(false)).isEqualTo(Outcome.UPSTREAM_ABORT);
        assertThat(relayed.genAi().usage()).isEqualTo(TokenUsage.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"usage\":7,\"model\":[]}", "{\"usage\":{\"prompt_tokens\":NaN}}"})
    void livesWithAnswersThatAreSomethingElse(String answer) {
        Relayed relayed = Relayed.json(answer.getBytes(UTF_8), 50, "identity");
        assertThat(relayed.text()).isEqualTo(answer);
        assertThat(relayed.end(true)).isEqualTo(Outcome.COMPLETED);
        assertThat(relayed.genAi().usage()).isEqualTo(TokenUsage.UNKNOWN);
        assertThat(relayed.genAi().responseModel()).isEqualTo("unknown");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            chat, no details | {"prompt_tokens":5,"completion_tokens":6,"total_tokens":11} | 5 | 6 | -1 | -1
            vLLM | {"prompt_tokens":5,"total_tokens":11,"completion_tokens":6,"prompt_tokens_details":null} | 5 | 6 | -1 | -1
            Azure | {"completion_tokens":6,"completion_tokens_details":{"accepted_prediction_tokens":0,"audio_tokens":0,"reasoning_tokens":2,"rejected_prediction_tokens":0},"prompt_tokens":5,"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":3},"total_tokens":11} | 5 | 6 | 3 | 2
            responses | {"input_tokens":5,"input_tokens_details":{"cached_tokens":1},"output_tokens":6,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":11} | 5 | 6 | 1 | 0
            embeddings | {"prompt_tokens":5,"total_tokens":5} | 5 | -1 | -1 | -1
            negative | {"prompt_tokens":-5,"completion_tokens":6} | -1 | 6 | -1 | -1
            absurd | {"prompt_tokens":1e308,"completion_tokens":99999999999999999999} | -1 | -1 | -1 | -1
            text | {"prompt_tokens":"5","completion_tokens":{},"prompt_tokens_details":[1]} | -1 | -1 | -1 | -1
            """)
    void readsTheCountsOfEveryProvider(
            String provider, String usage, long input, long output, long cached, long reasoning) {
        Relayed relayed = Relayed.json(("{\"usage\":" + usage + "}").getBytes(UTF_8), 64, "identity");
        relayed.end(true);
        assertThat(relayed.genAi().usage()).as(provider).isEqualTo(new TokenUsage(input, output, cached, reasoning));
    }

    @Test
    void doesNotKeepAModelThatIsTooLongForALabel() {
        Relayed relayed = Relayed.json(("{\"model\":\"" + "m".repeat(300) + "\"}").getBytes(UTF_8), 64, "identity");
        relayed.end(true);
        assertThat(relayed.genAi().responseModel()).isEqualTo("unknown");
    }

    @Test
    void looksAtNothingThatRunsNoModel() {
        Relayed relayed = new Relayed(Operation.of("GET", "/v1/models"), "application/json", "identity", false);
        relayed.send(ANSWER.getBytes(UTF_8), 50);
        assertThat(relayed.end(false)).isEqualTo(Outcome.COMPLETED);
        assertThat(relayed.text()).isEqualTo(ANSWER);
        assertThat(relayed.genAi().usage().known()).isFalse();
        assertThat(relayed.meter().rewrites()).isFalse();
        assertThat(relayed.meter().betweenEvents()).isTrue();
        assertThat(relayed.meter().failed()).isFalse();
    }

    @Test
    void isSilentOnceItIsClosed() {
        byte[] packed = gzip(ANSWER.getBytes(UTF_8));
        Relayed relayed = new Relayed(Relayed.CHAT, "application/json", "gzip", false);
        relayed.meter().close();
        relayed.send(packed, 50);
        assertThat(relayed.bytes()).isEqualTo(packed);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(String content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(content.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
