package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http2.ErrorCode;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameClient.Frame;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What HTTP/1 refuses is refused over HTTP/2 as well: with an answer, or with a reset if the message is malformed.
class StrictHttp2RequestsTest {
    private static final int WHOLE = FrameClient.END_HEADERS | FrameClient.END_STREAM;

    private final AtomicInteger served = new AtomicInteger();
    private TestPort port;

    @BeforeEach
    void open() throws IOException {
        port = new TestPort((request, reply, lifeline) -> {
            served.incrementAndGet();
            TestPort.text(reply, 200, request.method() + " " + request.authority());
        });
    }

    @AfterEach
    void close() {
        port.close();
    }

    private String answer(String method, String path, String authority, String... more) throws IOException {
        try (FrameClient client = FrameClient.connect(port.port.number())) {
            client.send(FrameClient.HEADERS, WHOLE, 1, FrameClient.head(method, path, authority, more));
            StringBuilder text = new StringBuilder();
            Frame frame = client.next();
            while (frame.stream() != 1 || !frame.has(FrameClient.END_STREAM)) {
                if (frame.type() == FrameClient.RST_STREAM) {
                    assertThat(frame.number(0)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
                    return "reset";
                }
                text.append(frame.type() == FrameClient.DATA ? frame.text() : "");
                frame = client.next();
            }
            return text.append(frame.text()).toString();
        }
    }

    @ParameterizedTest
    @CsvSource({"get", "Get", "connect", "trace", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG"})
    void methodsInLowerCaseOrTooLongAreRefused(String method) throws IOException {
        assertThat(answer(method, "/", "test")).isEqualTo("the method is longer than 32 characters or in lower case");
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`a,b`", "a:b:c", "a%00", "a b", "a/b", "a@b", "a?b", "a#b", ":80", "a:", "a:x", "[::1", "``"})
    void hostsThatAreNoNameOrAddressAreRefused(String authority) throws IOException {
        assertThat(answer("GET", "/", authority)).isEqualTo("the host is not a name or address with a port or without");
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"test", "test:8080", "127.0.0.1", "[::1]:80", "a_b.c~d"})
    void otherHostsAreServed(String authority) throws IOException {
        assertThat(answer("GET", "/", authority)).isEqualTo("GET " + authority);
        assertThat(answer("GET", "/", "", "host", authority)).isEqualTo("GET " + authority);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"-1", "-5", "+5", "0x5", "5 5", "``", "`5, 5`", "9999999999999999999"})
    void lengthsThatAreNoNumberAreRefused(String length) throws IOException {
        assertThat(answer("POST", "/", "test", "content-length", length)).isEqualTo("reset");
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"v1/x", "`/a b`", "/a#b", "ftp://x/", "*"})
    void targetsThatCannotBeAreRefused(String path) throws IOException {
        assertThat(answer("GET", path, "test")).isEqualTo("reset");
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"G@T", "G T", "GET/"})
    void methodsThatAreNoTokensAreRefused(String method) throws IOException {
        assertThat(answer(method, "/", "test")).isEqualTo("reset");
        assertThat(served).hasValue(0);
    }
}
