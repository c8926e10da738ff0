package dev.agw.cli.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The API's way to the ports of pods: requests go on to processes of this machine.
final class FakePods implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/:]+):15020/proxy/metrics");

    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    void put(String pod, int port) {
        ports.put(pod, port);
    }

    static boolean asks(String path) {
        return PATH.matcher(path).matches();
    }

    /// What the pod answers; empty if it cannot be reached.
    Optional<String> page(String path) {
        Matcher pod = PATH.matcher(path);
        return pod.matches() ? Optional.ofNullable(ports.get(pod.group(1))).flatMap(this::page) : Optional.empty();
    }

    private Optional<String> page(int port) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return Optional.of(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException gone) {
            return Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
