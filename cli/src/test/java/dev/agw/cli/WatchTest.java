package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.agw.cli.upgrade.Aim;
import dev.agw.cli.upgrade.Checks;
import dev.agw.cli.upgrade.Choice;
import dev.agw.cli.upgrade.Phase;
import dev.agw.cli.upgrade.Rollout;
import dev.agw.cli.upgrade.Snapshot;
import dev.agw.cli.upgrade.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Help.Ansi;

@Timeout(60)
class WatchTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    WatchTest() throws IOException {}

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void endsWhenTheTargetRuns() {
        Outcome seen = watch(3, "--wait=50s");

        assertThat(seen.exitCode()).isZero();
        assertThat(seen.err()).contains(" 0 of 1 pods run 1.2.0\n", " 1 of 1 pods run 1.2.0\n", "agw: done: ");
        assertThat(seen.out()).startsWith("watch\n-----\n").contains("√ AGW2005 stream-aborts: no request was cut");
    }

    @Test
    void givesUpWhenItHasWaitedForLongEnough() {
        Outcome seen = watch(Integer.MAX_VALUE, "--wait=100ms");

        assertThat(seen.exitCode()).isEqualTo(3);
        assertThat(seen.err()).endsWith("agw: not done within 0 s: 0 of 1 pods run 1.2.0\n");
    }

    @Test
    void oneLookIsEnoughIfNobodyWaits() {
        Outcome seen = watch(Integer.MAX_VALUE, "--wait=0s");

        assertThat(seen.err()).startsWith("agw: one look");
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void isInterruptedLikeEveryCommand() throws InterruptedException {
        begin(Integer.MAX_VALUE);
        try (Running watch = new Running(Map.of(), "0 of 1 pods run", arguments("--wait=50s"))) {
            assertThat(watch.greeting()).contains("0 of 1 pods run 1.2.0");
            assertThat(watch.interrupted()).isEqualTo(130);
        }
    }

    @Test
    void aTerminalIsDrawnAnew() {
        StringWriter err = new StringWriter();
        WatchView view = new WatchView(new PrintWriter(err, true), true, Ansi.OFF);
        Snapshot nothing = Snapshot.empty(Instant.EPOCH);
        var report = Checks.run(
                nothing, new Aim("1.2.0", Thresholds.DEFAULTS), new Choice(Phase.watch, List.of("AGW2007"), List.of()));

        view.show(report, Rollout.of(nothing, "1.2.0"));
        view.show(report, Rollout.of(nothing, "1.2.0"));
        view.end();

        assertThat(err.toString())
                .containsPattern("(?s)^\\d\\d:\\d\\d:\\d\\d 0 of 0.*AGW2007.*\033\\[6A\033\\[J.*AGW2007");
        assertThat(err.toString()).endsWith("\033[6A\033[J");
    }

    private Outcome watch(int looks, String wait) {
        begin(looks);
        return Outcome.of(arguments(wait));
    }

    private String[] arguments(String wait) {
        return new String[] {
            "check-upgrade",
            "--phase=watch",
            "--to=1.2.0",
            "--interval=20ms",
            "--window=" + (wait.equals("--wait=0s") ? "0s" : "1s"),
            wait,
            "--metrics-url=http://127.0.0.1:" + gateway.getAddress().getPort() + "/metrics"
        };
    }

    /// A gateway of another version that is one of the target's after so many looks.
    private void begin(int looks) {
        gateway.createContext("/", exchange -> {
            String version = asked.incrementAndGet() > looks ? "1.2.0" : "1.1.0";
            String page =
                    "agentgateway_build_info{tag=\"" + version + "\"} 1\nagentgateway_drain_cut_requests_total 0\n";
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
    }
}
