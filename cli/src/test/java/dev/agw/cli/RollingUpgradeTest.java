package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.cluster.FakeDeployment;
import dev.agw.cli.cluster.FakeKubeApi;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three gateways of one version, each a process, behind a stand-in for a cluster's API, are replaced by those of
/// another one after the other, under load, while check-upgrade looks on.
@Timeout(300)
class RollingUpgradeTest {
    private static final String OLD = "1.1.0";
    private static final String NEW = "1.2.0";
    private static final int WORKERS = 4;
    private static final long REQUEST_EVERY = TimeUnit.MILLISECONDS.toNanos(40);
    private static final int SECONDS = 120;
    private static final int NOWHERE = 1;

    @TempDir
    Path folder = Path.of("");

    private final Simulator provider = Simulator.start(SimulatorSettings.DEFAULT);
    private final List<GatewayPod> pods = new ArrayList<>();
    private final List<Integer> endpoints = new CopyOnWriteArrayList<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();
    private final FakeKubeApi api = FakeKubeApi.start();
    private final FakeDeployment deployment = new FakeDeployment(api);
    private volatile boolean over;

    RollingUpgradeTest() throws IOException {}

    @BeforeEach
    void serve() throws Exception {
        Files.writeString(folder.resolve("values.yaml"), """
            naming: {name: agw, namespace: ai}
            deployment:
              shutdown: {min: 1s, max: 20s, preStop: 0s, gracePeriod: 30s}
              autoscaling: {minReplicas: 3, maxReplicas: 6}
            upgrade:
              # The gateways of a test have just begun to run, before and after.
              traffic: {slowerThanBaseline: 1000}
            """);
        api.kubeconfig(folder);
        for (int i = 1; i <= 3; i++) {
            pods.add(GatewayPod.start(folder, "old-" + i, OLD, provider.port()));
        }
        for (GatewayPod pod : List.copyOf(pods)) {
            joins(pod);
        }
        for (int i = 0; i < WORKERS; i++) {
            int first = i;
            workers.add(Thread.startVirtualThread(() -> keepAsking(first)));
        }
        Until.holds("the gateways serve", SECONDS, () -> answered.get() > 5 * WORKERS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        over = true;
        for (Thread worker : workers) {
            worker.join();
        }
        pods.forEach(GatewayPod::close);
        api.close();
        provider.close();
    }

    @Test
    void losesNoRequestAndIsSeenToSucceed() throws Exception {
        String baseline = folder + "/before.json";
        Outcome pre = check("--phase=pre", "--window=3s", "--baseline", baseline, "-o", "json");
        CompletableFuture<Outcome> watch = watch();
        deployment.changed();
        for (GatewayPod old : List.copyOf(pods)) {
            GatewayPod fresh = GatewayPod.start(folder, old.name().replace("old", "new"), NEW, provider.port());
            pods.add(fresh);
            joins(fresh);
            leaves(old);
        }
        Outcome watched = watch.get(SECONDS, TimeUnit.SECONDS);
        Outcome post = check("--phase=post", "--window=3s", "--baseline", baseline, "-o", "json");

        assertThat(failed).isEmpty();
        assertThat(statuses(pre))
                .doesNotContainValue("fail")
                .containsEntry("AGW1106", "pass")
                .containsEntry("AGW1701", "pass");
        assertThat(pre.exitCode()).as(pre.out()).isZero();
        assertThat(watched.exitCode()).as(watched.err() + watched.out()).isZero();
        assertThat(watched.err())
                .contains("1 of 4 pods run " + NEW, "AGW2003 error-delta: ")
                .contains(
                        "agw: done: 3 of 3 pods are of the new revision, 3 are ready, 3 there; 3 of 3 pods run " + NEW);
        assertThat(statuses(post))
                .doesNotContainValue("fail")
                .containsEntry("AGW3001", "pass")
                .containsEntry("AGW3003", "pass")
                .containsEntry("AGW3006", "pass")
                .containsEntry("AGW3008", "pass");
    }

    @Test
    void aVersionThatFailsIsSeenWithTheWayBack() throws Exception {
        CompletableFuture<Outcome> watch = watch();
        deployment.changed();
        GatewayPod bad = GatewayPod.start(folder, "new-1", NEW, NOWHERE);
        pods.add(bad);
        joins(bad);

        Outcome watched = watch.get(SECONDS, TimeUnit.SECONDS);

        assertThat(watched.exitCode()).as(watched.err() + watched.out()).isEqualTo(1);
        assertThat(watched.err())
                .contains("AGW2003 error-delta: unknown, now fail: ")
                .contains("back to the version before: kubectl -n ai rollout undo deployment/agw");
        assertThat(failed).isNotEmpty().allMatch(answer -> answer.startsWith("HTTP/1.1 503"));
    }

    /// As a cluster adds a pod: traffic reaches it once it says that it is ready.
    private void joins(GatewayPod pod) throws Exception {
        deployment.started(pod.name(), pod.port("metrics"));
        Until.holds(pod.name() + " is ready", SECONDS, pod::ready);
        deployment.ready(pod.name());
        endpoints.add(pod.port("http"));
    }

    /// As a cluster ends a pod: it is told while connections may still reach it.
    private void leaves(GatewayPod pod) throws Exception {
        deployment.leaving(pod.name());
        pod.terminate();
        endpoints.removeAll(List.of(pod.port("http")));
        pod.ended();
        deployment.gone(pod.name());
    }

    private void keepAsking(int first) {
        for (int turn = first; !over; turn++) {
            Object[] now = endpoints.toArray();
            ask((Integer) now[turn % now.length]);
            LockSupport.parkNanos(REQUEST_EVERY);
        }
    }

    private void ask(int port) {
        try {
            String answer = GatewayPod.chat(port);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("\"choices\"")) {
                failed.add(answer);
            }
            answered.incrementAndGet();
        } catch (IOException lost) {
            failed.add(lost.toString());
        }
    }

    /// In a thread of its own: the client of the API needs those of the common pool, of which there may be one.
    private CompletableFuture<Outcome> watch() {
        return CompletableFuture.supplyAsync(
                () -> check("--phase=watch", "--interval=500ms", "--window=8s", "--wait=200s"),
                Thread::startVirtualThread);
    }

    private Outcome check(String... more) {
        Stream<String> arguments = Stream.of(
                "check-upgrade",
                "--to=" + NEW,
                "--kubeconfig=" + folder.resolve("kubeconfig"),
                "--values=" + folder.resolve("values.yaml"));
        return Outcome.of(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }

    private static Map<String, String> statuses(Outcome outcome) throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode check : new ObjectMapper().readTree(outcome.out()).path("checks")) {
            statuses.put(check.path("id").asText(), check.path("status").asText());
        }
        return statuses;
    }
}
