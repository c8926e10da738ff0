package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.HeadLimits;
import dev.agw.http.Network;
import dev.agw.http.TrustedProxies;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proxies in front say whom a connection is for, before its first request.
class ProxyProtocolTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";
    private static final String LINE = "PROXY TCP4 192.0.2.7 10.0.0.1 41234 443\r\n";
    private static final String BINARY = "\r\n\r\n\0\r\nQUIT\n";
    private static final String FOUR = "\u00c0\0\u0002\u0007\n\0\0\u0001\u00a1\u0012\u0001\u00bb";
    private static final TrustedProxies HERE =
            new TrustedProxies(List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));
    private static final TrustedProxies ELSEWHERE = new TrustedProxies(List.of(Network.parse("192.0.2.0/24")));

    private static TestPort port(ProxyProtocol.Mode mode, TrustedProxies trusted) throws IOException {
        return new TestPort(
                TestPort.LIMITS,
                new ProxyProtocol(mode, trusted),
                (request, reply, lifeline) -> TestPort.text(
                        reply,
                        200,
                        request.peer().getAddress().getHostAddress() + " "
                                + request.peer().getPort()));
    }

    private static String binary(int command, int family, String addresses) {
        return BINARY
                + (char) command
                + (char) family
                + (char) (addresses.length() >> 8)
                + (char) (addresses.length() & 0xFF)
                + addresses;
    }

    static List<List<String>> named() {
        return List.of(
                List.of(LINE, "192.0.2.7 41234"),
                List.of("PROXY TCP6 2001:db8::7 2001:db8::1 1 2\r\n", "2001:db8:0:0:0:0:0:7 1"),
                List.of(binary(0x21, 0x11, FOUR), "192.0.2.7 41234"),
                List.of(binary(0x21, 0x11, FOUR + "\u0004\0\u0003abc"), "192.0.2.7 41234"),
                List.of(binary(0x21, 0x11, FOUR + "x".repeat(4000)), "192.0.2.7 41234"),
                List.of(
                        binary(
                                0x21,
                                0x21,
                                " \u0001\r\u00b8" + "\0".repeat(11) + "\u0007" + "\0".repeat(16) + "\0\u0001\0\u0002"),
                        "2001:db8:0:0:0:0:0:7 1"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void takesTheAddressThatIsNamed(List<String> named) throws IOException {
        for (ProxyProtocol.Mode mode : List.of(ProxyProtocol.Mode.OPTIONAL, ProxyProtocol.Mode.REQUIRED)) {
            try (TestPort port = port(mode, HERE);
                    RawClient client = port.connect()) {
                assertThat(client.send(named.getFirst() + GET).answer().body()).isEqualTo(named.get(1));
                assertThat(client.send(GET).answer().body()).isEqualTo(named.get(1));
                assertThat(port.received).hasValue(named.getFirst().length() + 2 * GET.length());
            }
        }
    }

    @Test
    void whoIsNamedHasTheLimitAndNotTheProxy() throws IOException {
        var one = new ConnectionLimits.Suspicion(1, Duration.ofSeconds(20), 0, Duration.ofSeconds(20));
        ConnectionLimits limits = new ConnectionLimits(
                100,
                HeadLimits.REQUEST,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                1000,
                one,
                ConnectionLimits.Http2.DEFAULT);
        try (TestPort port = new TestPort(limits, new ProxyProtocol(ProxyProtocol.Mode.REQUIRED, HERE), TestPort.ECHO);
                RawClient first = port.connect();
                RawClient other = port.connect();
                RawClient again = port.connect()) {
            assertThat(first.send(LINE + GET).answer().status()).isEqualTo(200);
            assertThat(other.send(LINE.replace(".7", ".8") + GET).answer().status())
                    .isEqualTo(200);
            assertThat(again.send(LINE + GET).ended()).isTrue();
            assertThat(port.limits).containsExactly(Limit.CONNECTIONS_PER_CLIENT);
        }
    }

    static List<String> unnamed() {
        return List.of(
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN ffff:f...f:ffff 65535 whatever\r\n",
                binary(0x20, 0x00, ""),
                binary(0x20, 0x11, FOUR),
                binary(0x21, 0x00, ""),
                binary(0x21, 0x31, "\0".repeat(216)));
    }

    @ParameterizedTest
    @MethodSource("unnamed")
    void keepsTheAddressOfTheConnectionWhereNoneIsNamed(String header) throws IOException {
        try (TestPort port = port(ProxyProtocol.Mode.REQUIRED, HERE);
                RawClient client = port.connect()) {
            assertThat(client.send(header + GET).answer().body()).startsWith("127.0.0.1 ");
        }
    }

    static List<String> garbage() {
        return List.of(
                "PROXY\r\n" + GET,
                "PROXY TCP4\r\n",
                "PROXY TCP5 192.0.2.7 10.0.0.1 1 2\r\n",
                "PROXY tcp4 192.0.2.7 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 1 2\n",
                "PROXY TCP4  192.0.2.7 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 1 2 \r\n",
                "PROXY TCP4 192.0.2 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.007 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.256 10.0.0.1 1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 192.0.2.7 10.0.0.1 1 2\r\n",
                "PROXY TCP4 localhost 10.0.0.1 1 2\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 65536 2\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 -1 2\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 01 2\r\n",
                "PROXY UNKNOWN" + " ".repeat(100) + "\r\n",
                "PROXY " + "x".repeat(5000),
                binary(0x11, 0x11, FOUR),
                binary(0x22, 0x11, FOUR),
                binary(0x21, 0x12, FOUR),
                binary(0x21, 0x41, FOUR),
                binary(0x21, 0x11, "abc"),
                binary(0x21, 0x21, FOUR),
                binary(0x21, 0x31, FOUR),
                binary(0x21, 0x11, FOUR + "x".repeat(5000)));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void closesAndCountsWhatBeginsAsAHeaderAndIsNone(String header) throws Exception {
        for (ProxyProtocol.Mode mode : List.of(ProxyProtocol.Mode.OPTIONAL, ProxyProtocol.Mode.REQUIRED)) {
            boolean absent = header.startsWith("PROXY\r\n") && mode == ProxyProtocol.Mode.OPTIONAL;
            try (TestPort port = port(mode, HERE);
                    RawClient client = port.connect()) {
                String answer = client.send(header + GET).restOrReset();
                assertThat(answer).startsWith(absent ? "HTTP/1.1 400 " : "");
                assertThat(answer.isEmpty()).isNotEqualTo(absent);
                Eventually.until("it is counted", () -> port.misintroduced.get() == (absent ? 0 : 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LINE, "PROXY UNKNOWN\r\n"})
    void readsHeadersHoweverTheyAreSplit(String header) throws IOException {
        try (TestPort port = port(ProxyProtocol.Mode.REQUIRED, HERE);
                RawClient client = port.connect()) {
            for (int i = 0; i < header.length(); i++) {
                client.send(header.substring(i, i + 1));
            }
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "PROPFIND"})
    void servesConnectionsWithoutAHeaderWhereItIsOptional(String method) throws IOException {
        try (TestPort port = port(ProxyProtocol.Mode.OPTIONAL, HERE);
                RawClient client = port.connect()) {
            String request = "\r\n" + method + " / HTTP/1.1\r\nHost: test\r\n\r\n";
            assertThat(client.send(request).answer().body()).startsWith("127.0.0.1 ");
            assertThat(port.received).hasValue(request.length());
        }
    }

    @Test
    void closesConnectionsWithoutAHeaderWhereItIsRequired() throws Exception {
        try (TestPort port = port(ProxyProtocol.Mode.REQUIRED, HERE);
                RawClient client = port.connect()) {
            assertThat(client.send(GET).restOrReset()).isEmpty();
            Eventually.until("it is counted", () -> port.misintroduced.get() == 1);
        }
    }

    @Test
    void believesNobodyElse() throws Exception {
        try (TestPort port = port(ProxyProtocol.Mode.REQUIRED, ELSEWHERE);
                RawClient client = port.connect()) {
            assertThat(client.send(LINE + GET).restOrReset()).isEmpty();
            Eventually.until("it is counted", () -> port.misintroduced.get() == 1);
        }
        try (TestPort port = port(ProxyProtocol.Mode.OPTIONAL, ELSEWHERE);
                RawClient client = port.connect()) {
            assertThat(client.send(LINE + GET).restOrReset()).startsWith("HTTP/1.1 400 ");
        }
        try (TestPort port = port(ProxyProtocol.Mode.OFF, HERE);
                RawClient client = port.connect()) {
            assertThat(client.send(LINE + GET).restOrReset()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void closesAHeaderThatStallsAndLetsWhoeverSaysNothingGo() throws Exception {
        ConnectionLimits brief = new ConnectionLimits(
                100,
                HeadLimits.REQUEST,
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                1000);
        try (TestPort port = new TestPort(
                brief, new ProxyProtocol(ProxyProtocol.Mode.REQUIRED, HERE), (request, reply, lifeline) -> {})) {
            try (RawClient client = port.connect()) {
                client.finish();
                assertThat(client.ended()).isTrue();
            }
            assertThat(port.misintroduced).hasValue(0);
            try (RawClient client = port.connect()) {
                assertThat(client.send("PROXY TCP4 ").ended()).isTrue();
            }
            Eventually.until("it is counted", () -> port.misintroduced.get() == 1);
            Eventually.until("nothing is left", () -> port.port.connections() == 0);
        }
    }
}
