package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command that runs until it is interrupted, on a thread of this process.
final class Running implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final StringWriter out = new StringWriter();
    private final BlockingQueue<String> said;
    private final AtomicInteger exitCode = new AtomicInteger(-1);
    private final Thread thread;
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param last a word of the last line that the command prints to standard error when it is ready
    Running(Map<String, String> environment, String last, String... arguments) {
        BlockingQueue<String> ready = new ArrayBlockingQueue<>(2);
        StringWriter err = new StringWriter() {
            @Override
            public void flush() {
                if (toString().contains(last)) {
                    ready.offer(toString());
                }
            }
        };
        said = ready;
        thread = Thread.ofPlatform().daemon().unstarted(() -> {
            exitCode.set(Outcome.commandLine(environment, out, err).execute(arguments));
            ready.offer(err.toString());
        });
        thread.start();
    }

    /// What it said on standard error until it was ready.
    String greeting() throws InterruptedException {
        String greeting = said.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(greeting).as("what it said when it was ready").isNotNull();
        return String.valueOf(greeting);
    }

    String out() {
        return out.toString();
    }

    /// Ends it the way Ctrl-C does, and tells its exit code.
    int interrupted() throws InterruptedException {
        thread.interrupt();
        thread.join(DEADLINE);
        return exitCode.get();
    }

    /// The port after `what` in the greeting.
    static int port(String greeting, String what) {
        Matcher line = Pattern.compile("(?m)^  " + what + " .*:(\\d+)$").matcher(greeting);
        assertThat(line.find()).as(greeting).isTrue();
        return Integer.parseInt(line.group(1));
    }

    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return http.send(request(port, path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> chat(int port, String path, String model, boolean stream)
            throws IOException, InterruptedException {
        String body = """
                {"model":"%s","stream":%s,"max_tokens":3,"messages":[{"role":"user","content":"Hello!"}]}""".formatted(model, stream);
        HttpRequest request = request(port, path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(DEADLINE);
    }

    @Override
    public void close() throws InterruptedException {
        interrupted();
        http.close();
    }
}
