package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `agw` as a process of its own, whose environment holds what it is given and nothing else of ours.
final class AgwProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader printed;
    private final StringBuilder text = new StringBuilder();

    private AgwProcess(Process process) {
        this.process = process;
        this.printed = process.inputReader();
    }

    /// Starts it and waits for the line that begins with `last`.
    static AgwProcess start(Map<String, String> environment, String last, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.agw.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        AgwProcess agw = new AgwProcess(builder.start());
        agw.readTo(last);
        return agw;
    }

    private void readTo(String last) throws IOException {
        String line = printed.readLine();
        while (line != null) {
            text.append(line).append('\n');
            if (line.strip().startsWith(last)) {
                return;
            }
            line = printed.readLine();
        }
    }

    String greeting() {
        return text.toString();
    }

    HttpResponse<String> chat(int port, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// Sends SIGTERM, and tells the exit code.
    int ended() throws IOException, InterruptedException {
        return ended("TERM");
    }

    /// Sends a signal by its name, as a terminal or a cluster would, and waits for the line that begins with `last`.
    void signal(String signal, String last) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
        readTo(last);
    }

    /// Sends a signal, and tells the exit code.
    int ended(String signal) throws IOException, InterruptedException {
        signal(signal, "no line begins so");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /// Everything it printed, to standard output and standard error.
    String printed() {
        return text.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
