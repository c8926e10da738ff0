package dev.agw.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the operating system itself says of a connection.
class KeepAliveTest {
    private static final List<SocketOption<Integer>> OPTIONS = List.of(
            ExtendedSocketOptions.TCP_KEEPIDLE,
            ExtendedSocketOptions.TCP_KEEPINTERVAL,
            ExtendedSocketOptions.TCP_KEEPCOUNT);

    private OddServer server;
    private SocketChannel channel;
    private List<Integer> own;

    @BeforeEach
    void connect() throws IOException {
        server = new OddServer();
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        own = numbers();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        server.close();
    }

    private List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (SocketOption<Integer> option : OPTIONS) {
            numbers.add(channel.getOption(option));
        }
        return numbers;
    }

    private void tune(int time, int interval, int probes) throws IOException {
        KeepAlive.tune(channel, Optional.of(new ConnectionSettings.TcpKeepAlive(time, interval, probes)));
    }

    @Test
    void probesAsOftenAsItIsTold() throws IOException {
        tune(61, 31, 4);

        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        assertThat(numbers()).containsExactly(61, 31, 4);
    }

    @Test
    void whatIsNotSaidIsLeftToTheSystem() throws IOException {
        tune(0, 31, 0);

        assertThat(numbers()).containsExactly(own.get(0), 31, own.get(2));
    }

    @Test
    void withoutAPolicyTheSystemProbesByItsOwnNumbers() throws IOException {
        KeepAlive.tune(channel, Optional.empty());

        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        assertThat(numbers()).isEqualTo(own);
    }
}
