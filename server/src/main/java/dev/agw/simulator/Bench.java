package dev.agw.simulator;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What `scripts/bench` starts: a simulator, or load against something, steered by arguments and by the end of standard
/// input, reporting one JSON object per line.
///
/// ```text
/// simulate --port 0 --tokens 24 --body-bytes 0 --token-gap-ms 0 --watch-ms 100
///     {"port":8080} once it listens; ends with its input
/// closed   --url URL --connections 16 --seconds 5 [--stream true]
///     {"requests":..,"errors":..,"rps":..,"p50_us":..,"p90_us":..,"p99_us":..}
/// hold     --url URL --streams 5000
///     {"open":..,"lost":..} once all are open, and again at the end; ends with its input
/// stream   --url URL --streams 100 --seconds 5
///     {"open":..,"lost":..} once all are open, then {"events":..,"seconds":..,"lost":..}
/// delays   --url URL --streams 100 --warm-seconds 0 --seconds 5 --model sim-clock
///     {"events":..,"lost":..,"p50_ms":..,"p99_ms":..,"max_ms":..}, from the simulator to here
/// ```
/// `--model` names the model that is asked for.
public final class Bench {
    private static final Duration LONGEST_OPENING = Duration.ofMinutes(2);

    private final Map<String, String> options;
    private final InputStream in;
    private final PrintStream out;

    private Bench(Map<String, String> options, InputStream in, PrintStream out) {
        this.options = options;
        this.in = in;
        this.out = out;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            run(args, System.in, out);
        }
    }

    /// Runs one command to its end.
    ///
    /// @throws IllegalArgumentException unknown command, or an option without value
    static void run(String[] args, InputStream in, PrintStream out) throws IOException, InterruptedException {
        if (args.length % 2 == 0) {
            throw new IllegalArgumentException("expected a command, then options with one value each");
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        new Bench(options, in, out).run(args[0]);
    }

    private void run(String command) throws IOException, InterruptedException {
        switch (command) {
            case "simulate" -> simulate();
            case "closed" -> closed();
            case "hold" -> hold();
            case "stream" -> stream();
            case "delays" -> delays();
            default -> throw new IllegalArgumentException("unknown command '" + command + "'");
        }
    }

    private void simulate() throws IOException {
        SimulatorSettings.Pace pace =
                new SimulatorSettings.Pace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(number("token-gap-ms", 0)));
        SimulatorSettings settings = SimulatorSettings.DEFAULT
                .withPort(number("port", 0))
                .withPace(pace)
                .withLength(new SimulatorSettings.Length(number("tokens", 24), number("body-bytes", 0)))
                .withWatch(Duration.ofMillis(number("watch-ms", 100)));
        try (Simulator simulator = Simulator.start(settings)) {
            out.println("{\"port\":" + simulator.port() + "}");
            awaitEndOfInput();
        }
    }

    private void closed() throws InterruptedException {
        ClosedLoad load = new ClosedLoad(url(), request(Boolean.parseBoolean(option("stream", "false"))));
        out.println(load.run(number("connections", 16), Duration.ofSeconds(number("seconds", 5)))
                .json());
    }

    private void hold() throws IOException, InterruptedException {
        try (Crowd crowd = crowd()) {
            out.println(state(crowd));
            awaitEndOfInput();
            out.println(state(crowd));
        }
    }

    private void stream() throws InterruptedException {
        try (Crowd crowd = crowd()) {
            out.println(state(crowd));
            long start = System.nanoTime();
            long before = crowd.events();
            Thread.sleep(Duration.ofSeconds(number("seconds", 5)));
            long events = crowd.events() - before;
            out.println("{\"events\":%d,\"seconds\":%.3f,\"lost\":%d}"
                    .formatted(events, (System.nanoTime() - start) / 1e9, crowd.lost()));
        }
    }

    private void delays() throws InterruptedException {
        Duration warmUp = Duration.ofSeconds(number("warm-seconds", 0));
        Duration time = Duration.ofSeconds(number("seconds", 5));
        Delays delays = new Delays(url(), request(true));
        out.println(delays.run(number("streams", 100), warmUp, time).json());
    }

    private Crowd crowd() throws InterruptedException {
        return Crowd.gather(url(), request(true), number("streams", 100), LONGEST_OPENING);
    }

    private static String state(Crowd crowd) {
        return "{\"open\":" + crowd.open() + ",\"lost\":" + crowd.lost() + "}";
    }

    private String request(boolean stream) {
        return "{\"model\":" + JsonText.quote(option("model", "gpt-4o")) + ",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Say something of some length, please.\"}]}";
    }

    private void awaitEndOfInput() throws IOException {
        while (in.read() >= 0) {
            // only the end matters
        }
    }

    private URI url() {
        return URI.create(option("url", "http://127.0.0.1:8080/v1/chat/completions"));
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(option(name, Integer.toString(otherwise)));
    }

    private String option(String name, String otherwise) {
        return options.getOrDefault("--" + name, otherwise);
    }
}
