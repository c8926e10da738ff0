package dev.agw.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseScannerTest {
    private static final String STREAM = """
            \uFEFFdata: first

            : a comment

            event: named
            id: 7
            data:no space
            data

            data:  two spaces
            retry: 10
            datum: x
            data: more

            event
            data:


            data: [DONE]

            """;

    private static final List<String> EVENTS =
            List.of("|first", "|(none)", "named|no space\n", "| two spaces\nmore", "|", "|(none)", "|[DONE]");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void tellsTheSameEventsHoweverTheStreamIsCut(String lineEnd) {
        byte[] stream = STREAM.replace("\n", lineEnd).getBytes(UTF_8);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                Recorder recorder = new Recorder();
                recorder.scan(stream, 0, first);
                recorder.scan(stream, first, second);
                recorder.scan(stream, second, stream.length);
                recorder.scanner.finish();
                assertThat(recorder.events).isEqualTo(EVENTS);
                assertThat(recorder.raw.toByteArray()).isEqualTo(stream);
            }
        }
    }

    @Test
    void tellsTheSameEventsByteForByte() {
        byte[] stream = STREAM.replace("\n", "\r\n").getBytes(UTF_8);
        Recorder recorder = new Recorder();
        for (int i = 0; i < stream.length; i++) {
            recorder.scan(stream, i, i + 1);
        }
        assertThat(recorder.events).isEqualTo(EVENTS);
        assertThat(recorder.raw.toByteArray()).isEqualTo(stream);
    }

    @Test
    void handsBytesOnAsTheyCameWhateverTheyAre() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] alphabet = "data: e\n\n\r\r\n".getBytes(UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] stream = new byte[random.nextInt(1, 40)];
            for (int i = 0; i < stream.length; i++) {
                stream[i] = alphabet[random.nextInt(alphabet.length)];
            }
            Recorder whole = new Recorder();
            whole.scan(stream, 0, stream.length);
            whole.scanner.finish();
            Recorder cut = new Recorder();
            int at = random.nextInt(stream.length);
            cut.scan(stream, 0, at);
            cut.scan(stream, at, stream.length);
            cut.scanner.finish();
            assertThat(cut.raw.toByteArray()).isEqualTo(stream);
            assertThat(cut.data()).isEqualTo(whole.data());
        }
    }

    @Test
    void tellsAnEventAtItsLastReturnAndNotAtTheNextByte() {
        Recorder recorder = new Recorder();
        recorder.scan("data: a\r\n\r".getBytes(UTF_8));
        assertThat(recorder.events).containsExactly("|a");
        recorder.scan("\n".getBytes(UTF_8));
        assertThat(recorder.scanner.betweenEvents()).isTrue();
        assertThat(recorder.raw.toString(UTF_8)).isEqualTo("data: a\r\n\r\n");
    }

    @Test
    void knowsWhetherAnEventIsOpen() {
        Recorder recorder = new Recorder();
        assertThat(recorder.scanner.betweenEvents()).isTrue();
        recorder.scan("data: a\n".getBytes(UTF_8));
        assertThat(recorder.scanner.betweenEvents()).isFalse();
        recorder.scan("\n".getBytes(UTF_8));
        assertThat(recorder.scanner.betweenEvents()).isTrue();
    }

    @Test
    void takesWhatIsLeftAtTheEndForAnEvent() {
        Recorder recorder = new Recorder();
        recorder.scan("data: [DONE]".getBytes(UTF_8));
        recorder.scanner.finish();
        recorder.scanner.finish();
        assertThat(recorder.events).containsExactly("|[DONE]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 1 << 16, 2 << 20})
    void letsEventsOverTheLimitPassUnobserved(int piece) {
        byte[] stream =
                ("data: small\n\ndata: " + "x".repeat(SseScanner.EVENT_LIMIT) + "\n\ndata: after\n\n").getBytes(UTF_8);
        Recorder recorder = new Recorder();
        for (int i = 0; i < stream.length; i += piece) {
            recorder.scan(stream, i, Math.min(stream.length, i + piece));
        }
        assertThat(recorder.events).containsExactly("|small", "|after");
        assertThat(recorder.raw.toByteArray()).isEqualTo(stream);
    }

    @Test
    void observesEventsUpToTheLimitThatCameInManyPieces() {
        String data = "y".repeat(SseScanner.EVENT_LIMIT - "data: \n\n".length());
        byte[] stream = ("data: " + data + "\n\ndata: z\n\n").getBytes(UTF_8);
        Recorder recorder = new Recorder();
        for (int i = 0; i < stream.length; i += 10_000) {
            recorder.scan(stream, i, Math.min(stream.length, i + 10_000));
        }
        assertThat(recorder.events).containsExactly("|" + data, "|z");
    }

    @Test
    void answersQuestionsAboutAnEvent() {
        SseScanner scanner = new SseScanner(event -> {
            assertThat(event.named()).isTrue();
            assertThat(event.named("response.x.delta".getBytes(UTF_8))).isTrue();
            assertThat(event.nameEndsWith(".delta".getBytes(UTF_8))).isTrue();
            assertThat(event.nameEndsWith("a response.x.delta".getBytes(UTF_8))).isFalse();
            assertThat(event.dataIs("1\n2".getBytes(UTF_8))).isTrue();
            assertThat(event.inPlace()).isFalse();
        });
        byte[] stream = "event: response.x.delta\ndata: 1\ndata: 2\n\n".getBytes(UTF_8);
        scanner.scan(stream, 0, stream.length);
        assertThat(scanner.betweenEvents()).isTrue();
    }

    private static final class Recorder implements SseListener {
        private final SseScanner scanner = new SseScanner(this);
        private final List<String> events = new ArrayList<>();
        private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

        /// Each piece lies in an array of its own that is wiped afterwards, so that nobody leans on it later.
        void scan(byte[] stream, int start, int end) {
            if (start == end) {
                return;
            }
            byte[] piece = new byte[end - start + 3];
            System.arraycopy(stream, start, piece, 3, end - start);
            scanner.scan(piece, 3, end - start);
            java.util.Arrays.fill(piece, (byte) '!');
        }

        void scan(byte[] stream) {
            scan(stream, 0, stream.length);
        }

        @Override
        public void event(SseEvent event) {
            String data = new String(event.data(), event.dataStart(), event.dataEnd() - event.dataStart(), UTF_8);
            events.add(event.name() + "|" + (event.hasData() ? data : "(none)"));
            raw.write(event.raw(), event.rawStart(), event.rawEnd() - event.rawStart());
        }

        @Override
        public void unobserved(byte[] array, int offset, int length) {
            raw.write(array, offset, length);
        }

        /// Events that hold data; empty blocks depend on where a lone line end was cut off.
        List<String> data() {
            return events.stream().filter(event -> !event.endsWith("(none)")).toList();
        }
    }
}
