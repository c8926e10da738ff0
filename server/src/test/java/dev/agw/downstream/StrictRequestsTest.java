package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that two parsers could read differently are refused, and what follows them is never taken for a request.
class StrictRequestsTest {
    private static final String CANARY = "GET /canary HTTP/1.1\r\nHost: test\r\n\r\n";

    private final AtomicInteger served = new AtomicInteger();
    private TestPort port;

    @BeforeEach
    void open() throws IOException {
        port = new TestPort((request, reply, lifeline) -> {
            TestPort.body(request);
            served.incrementAndGet();
            TestPort.text(reply, 200, request.path());
        });
    }

    @AfterEach
    void close() {
        port.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            400 | `GET / HTTP/1.1\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\nHost: test\\n\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: test\\r\\nA: b\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost : test\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\n Host: test\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: test\\r\\nA: b\\r\\n folded\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: test\\r\\n: nameless\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: test\\r\\nA: b\\rc\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: test\\r\\nA: \\0\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1\\r\\nHost: test\\r\\nA@: b\\r\\n\\r\\n`
            400 | `GET  / HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n`
            400 | `GET /a b HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n`
            400 | `GET /a#b HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n`
            400 | `GET v1/x HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n`
            400 | `GET ftp://x/ HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n`
            400 | `GET * HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n`
            405 | `CONNECT other:443 HTTP/1.1\\r\\nHost: other\\r\\n\\r\\n`
            400 | `GET / HTTP/1.1 \\r\\nHost: test\\r\\n\\r\\n`
            400 | `GET / http/1.1\\r\\nHost: test\\r\\n\\r\\n`
            505 | `GET / HTTP/2.0\\r\\nHost: test\\r\\n\\r\\n`
            505 | `GET / HTTP/1.2\\r\\nHost: test\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: 5\\r\\nContent-Length: 5\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: 5, 5\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: +5\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: -5\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: 0x5\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: 5 5\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length:\\r\\n\\r\\nhello`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nContent-Length: 99999999999999999999\\r\\n\\r\\nhello`
            501 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n`
            501 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: identity\\r\\n\\r\\n`
            501 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: xchunked\\r\\n\\r\\n0\\r\\n\\r\\n`
            501 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.0\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding : chunked\\r\\n\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n+3\\r\\nabc\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0x3\\r\\nabc\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\nabc\\n0\\n\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabcd\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3 \\r\\nabc\\r\\n0\\r\\n\\r\\n`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nfffffffffffffffff\\r\\nabc`
            400 | `POST / HTTP/1.1\\r\\nHost: test\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\nbad trailer\\r\\n\\r\\n`
            """)
    void refusesWhatCouldBeReadInTwoWays(int status, String request) throws IOException {
        String bytes = request.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        try (RawClient client = port.connect()) {
            client.send(bytes + CANARY);
            assertThat(client.answer().status()).isEqualTo(status);
            assertThat(client.ended()).isTrue();
        }
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"431, 20000, 1", "431, 10, 101", "414, 0, 0"})
    void boundsHeads(int status, int valueLength, int fields) throws IOException {
        String target = status == 414 ? "/" + "x".repeat(9000) : "/";
        String field = "A: " + "x".repeat(valueLength) + "\r\n";
        try (RawClient client = port.connect()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + field.repeat(fields) + "\r\n");
            assertThat(client.answer().status()).isEqualTo(status);
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"http://other/abs?q=1 /abs", "/%7Euser/x|y /%7Euser/x|y"})
    void normalisesAbsoluteTargetsAndLeavesEncodingAlone(String target, String path) throws IOException {
        try (RawClient client = port.connect()) {
            assertThat(client.get(target).body()).isEqualTo(path);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "7"})
    void readsHeadsHoweverTheyAreSplit(int step) throws IOException {
        byte[] request = RawClient.postText("/split", "{\"a\":1}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (RawClient client = port.connect()) {
            for (int at = 0; at < request.length; at += step) {
                client.send(request, at, Math.min(step, request.length - at));
            }
            assertThat(client.answer().body()).isEqualTo("/split");
        }
    }
}
