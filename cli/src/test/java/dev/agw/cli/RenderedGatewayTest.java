package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that is started as its rendered container would be: with its folders, arguments, variables and probes.
class RenderedGatewayTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void theContainerStartsAnswersItsProbesAndEnds() throws IOException, InterruptedException {
        JsonNode objects = rendered();
        JsonNode container = object(objects, "Deployment", "").at("/spec/template/spec/containers/0");
        Path settings = mount(object(objects, "ConfigMap", "-settings"));
        Path resources = mount(object(objects, "ConfigMap", "-resources"));
        replace(settings.resolve("agw.yaml"), "/etc/agw/resources", resources.toString());
        replace(resources.resolve("gateway.yaml"), "port: 8080", "port: 0");
        String[] arguments = StreamSupport.stream(container.path("args").spliterator(), false)
                .map(argument -> argument.asText().replace("/etc/agw/settings", settings.toString()))
                .toArray(String[]::new);

        try (AgwProcess agw = AgwProcess.start(environment(container), "admin", arguments)) {
            int readiness = Running.port(agw.greeting(), "readiness");
            for (String probe : new String[] {"startupProbe", "readinessProbe", "livenessProbe"}) {
                String path = container.path(probe).at("/httpGet/path").asText();
                assertThat(status(readiness, path)).as(probe).isEqualTo(200);
            }
            JsonNode endpoint = object(objects, "PodMonitor", "").at("/spec/podMetricsEndpoints/0");
            assertThat(status(
                            Running.port(agw.greeting(), "metrics"),
                            endpoint.path("path").asText()))
                    .isEqualTo(200);
            assertThat(agw.greeting()).contains("-XX:+UseSerialGC -XX:ActiveProcessorCount=2");
            assertThat(agw.ended()).isZero();
        }
    }

    private JsonNode rendered() throws IOException {
        String config = temp.resolve("conf").toString();
        assertThat(Outcome.of("init", config).exitCode()).isZero();
        Path values = Files.writeString(temp.resolve("values.yaml"), """
            deployment:
              environment: {secrets: [keys]}
              shutdown: {min: 0s, max: 5s}
            """);
        Outcome rendered =
                Outcome.of("render-manifests", "--format", "json", "--config", config, "--values", values.toString());
        return new ObjectMapper().readTree(rendered.out()).path("items");
    }

    private static JsonNode object(JsonNode objects, String kind, String ending) {
        return StreamSupport.stream(objects.spliterator(), false)
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals("agentgateway-proxy" + ending))
                .findFirst()
                .orElseThrow();
    }

    /// A folder with the files of a ConfigMap.
    private Path mount(JsonNode configMap) throws IOException {
        Path folder = Files.createDirectory(
                temp.resolve(configMap.at("/metadata/name").asText()));
        for (Map.Entry<String, JsonNode> file : configMap.path("data").properties()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().asText());
        }
        return folder;
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }

    /// Its variables, that of the Secret, and ports that are free here.
    private static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new HashMap<>();
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        environment.put("OPENAI_API_KEY", "none");
        environment.put("AGW_METRICS_ADDRESS", "127.0.0.1:0");
        environment.put("AGW_READINESS_ADDRESS", "127.0.0.1:0");
        environment.put("AGW_ADMIN_ADDRESS", "127.0.0.1:0");
        return environment;
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
