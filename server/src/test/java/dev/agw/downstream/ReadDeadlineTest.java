package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.net.EventLoops;
import dev.agw.net.PlainTransport;
import dev.agw.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Between two ends of a real connection.
@Timeout(30)
class ReadDeadlineTest {
    private static final long SOON = Duration.ofMillis(50).toNanos();

    private SocketChannel peer;
    private SocketChannel channel;

    interface Work {
        String on(PlainTransport transport, ReadDeadline deadline) throws IOException;
    }

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            peer = SocketChannel.open(server.getLocalAddress());
            channel = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        channel.close();
    }

    /// What comes of some work in time, while its deadline is swept.
    private String outcome(Work work) throws Exception {
        CompletableFuture<ReadDeadline> swept = new CompletableFuture<>();
        CompletableFuture<String> outcome = new CompletableFuture<>();
        EventLoops.start(() -> {
            try {
                PlainTransport transport = PlainTransport.of(channel);
                ReadDeadline deadline = new ReadDeadline(transport);
                deadline.set(SOON);
                swept.complete(deadline);
                outcome.complete(work.on(transport, deadline));
            } catch (IOException e) {
                outcome.complete("broken off");
            }
        });
        ReadDeadline deadline = swept.get();
        Eventually.until("the work is over", () -> {
            deadline.sweep(System.nanoTime());
            return outcome.isDone();
        });
        return outcome.get();
    }

    @Test
    void aReadThatIsLateSeesTheEnd() throws Exception {
        assertThat(outcome((transport, deadline) -> transport.read(new byte[10], 0, 10) + " " + deadline.passed()))
                .isEqualTo("-1 true");
    }

    @Test
    void aReaderThatHasToWriteToAPeerThatTakesNothingIsCutOff() throws Exception {
        assertThat(outcome((transport, deadline) -> {
                    transport.write(new byte[64 << 20], 0, 64 << 20);
                    return "written";
                }))
                .isEqualTo("broken off");
    }

    @Test
    void whoIsBackMayAnswerAsLongAsItTakes() throws Exception {
        assertThat(outcome((transport, deadline) -> {
                    assertThat(transport.read(new byte[10], 0, 10)).isNegative();
                    deadline.set(0);
                    deadline.sweep(System.nanoTime() + Duration.ofMinutes(1).toNanos());
                    transport.write(new byte[10], 0, 10);
                    return "written " + deadline.passed();
                }))
                .isEqualTo("written true");
    }
}
