package dev.agw.cli;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.simulator.SimulatorSettings.FaultRates;
import dev.agw.simulator.SimulatorSettings.Length;
import dev.agw.simulator.SimulatorSettings.Pace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agw simulate`: a provider of models that needs no key, no network and no GPU.
@Command(
        name = "simulate",
        abbreviateSynopsis = true,
        sortOptions = false,
        header = "Runs a stand-in for a provider with OpenAI's API, for drills, tests and benchmarks.",
        description = {
            "It takes any model and any key; /mcp is an MCP server with tools echo and delay. Ends with Ctrl-C."
                    + " Times: 500us, 250ms, 10s, 1m. Shares: from 0 to 1."
        })
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "9100",
            paramLabel = "PORT",
            description = "Port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--head-delay",
            defaultValue = "0ms",
            paramLabel = "TIME",
            description = "Time before the head of an answer. Default: ${DEFAULT-VALUE}.")
    private Duration headDelay = Duration.ZERO;

    @Option(
            names = "--first-token-delay",
            defaultValue = "200ms",
            paramLabel = "TIME",
            description = "Time between the head and the first token. Default: ${DEFAULT-VALUE}.")
    private Duration firstTokenDelay = Duration.ZERO;

    @Option(
            names = "--token-gap",
            defaultValue = "30ms",
            paramLabel = "TIME",
            description = "Time between two tokens. Default: ${DEFAULT-VALUE}.")
    private Duration tokenGap = Duration.ZERO;

    @Option(
            names = "--tokens",
            defaultValue = "48",
            paramLabel = "COUNT",
            description = "Tokens of an answer, unless the request allows fewer. Default: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--body-bytes",
            defaultValue = "0",
            paramLabel = "BYTES",
            description = "Size of an answer that is no stream; 0 leaves it as it is. Default: ${DEFAULT-VALUE}.")
    private int bodyBytes;

    @Option(names = "--too-many-requests", defaultValue = "0", paramLabel = "SHARE", description = "Answers of 429.")
    private double tooManyRequests;

    @Option(names = "--server-error", defaultValue = "0", paramLabel = "SHARE", description = "Answers of 500.")
    private double serverError;

    @Option(names = "--unavailable", defaultValue = "0", paramLabel = "SHARE", description = "Answers of 503.")
    private double unavailable;

    @Option(names = "--reset", defaultValue = "0", paramLabel = "SHARE", description = "Connections that are reset.")
    private double reset;

    @Option(
            names = "--hang",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Requests that are never answered.")
    private double hang;

    @Option(names = "--truncate", defaultValue = "0", paramLabel = "SHARE", description = "Answers that break off.")
    private double truncate;

    @Option(
            names = "--slow-head",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Answers whose head trickles.")
    private double slowHead;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "Of ids and of which requests fail: the same in every run. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--no-usage", description = "Answers tell no token counts, as those of some servers.")
    private boolean noUsage;

    @Option(names = "--rate-limits", description = "Every answer carries x-ratelimit-* fields.")
    private boolean rateLimits;

    @Option(names = "--gzip", description = "Honours Accept-Encoding: gzip.")
    private boolean gzip;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (Simulator simulator = started(settings())) {
            Signals signals = Signals.first(signal -> end.countDown());
            console.out().println(simulator.url());
            console.out().flush();
            console.err().println("Try:  " + Curl.chat(simulator.url() + "/v1", "any-model"));
            end.await();
            return signals.exitCode().number();
        }
    }

    private static Simulator started(SimulatorSettings settings) {
        try {
            return Simulator.start(settings);
        } catch (UncheckedIOException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage() + "; --port 0 takes a free port", e);
        }
    }

    private SimulatorSettings settings() {
        return SimulatorSettings.DEFAULT
                .withHost(host)
                .withPort(port)
                .withSeed(seed)
                .withPace(new Pace(headDelay, firstTokenDelay, tokenGap))
                .withLength(new Length(tokens, bodyBytes))
                .withFaults(faults())
                .withUsage(!noUsage)
                .withRateLimits(rateLimits)
                .withGzip(gzip);
    }

    private FaultRates faults() {
        double[] shares = {tooManyRequests, serverError, unavailable, reset, hang, truncate, slowHead};
        if (DoubleStream.of(shares).anyMatch(share -> share < 0)
                || DoubleStream.of(shares).sum() > 1) {
            throw new CommandException(
                    ExitCode.USAGE, "shares of failing requests are from 0 to 1, and at most 1 together");
        }
        return new FaultRates(tooManyRequests, serverError, unavailable, reset, hang, truncate, slowHead);
    }
}
