package dev.agw.cli.load;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One run: a try, warm-up, measurement.
public final class Bench {
    private final Plan plan;
    private final Optional<URI> metrics;
    private final Progress progress;
    private final String version;
    private final Throughput throughput = new Throughput();

    /// @param metrics of the gateway, if it is to be looked at
    /// @param version of agw, for the record
    public Bench(Plan plan, Optional<URI> metrics, Progress progress, String version) {
        this.plan = plan;
        this.metrics = metrics;
        this.progress = progress;
        this.version = version;
    }

    /// Runs it to its end.
    ///
    /// @throws LoadException nobody answers at the URL, or refuses what is asked
    public Result run() throws InterruptedException {
        try (Asker client = Asker.of(plan)) {
            client.tryOut();
            OpenLoop loop = new OpenLoop(plan.pace(), client);
            long warm = plan.pace().arrivals(plan.pace().warmUp());
            warmUp(loop, warm);
            Optional<GatewayWatch> watch = watch();
            Tally tally = new Tally(throughput);
            Rates rates = measured(loop, warm, tally, watch);
            return result(rates, tally, watch);
        } finally {
            progress.end();
        }
    }

    private Optional<GatewayWatch> watch() throws InterruptedException {
        return metrics.isPresent() ? Optional.of(new GatewayWatch(metrics.get())) : Optional.empty();
    }

    /// Its last answers come while others are measured already, as they would on any other day.
    private void warmUp(OpenLoop loop, long count) throws InterruptedException {
        Tally tally = new Tally(throughput);
        try (Teller teller =
                new Teller(second -> tell("warm-up", second, plan.pace().warmUp(), tally, loop))) {
            loop.send(0, count, System.nanoTime(), tally);
        }
    }

    private Rates measured(OpenLoop loop, long first, Tally tally, Optional<GatewayWatch> watch)
            throws InterruptedException {
        long count = Math.max(1, plan.pace().arrivals(plan.pace().duration()));
        try (Teller teller = new Teller(second -> {
            tell("measured", second, plan.pace().duration(), tally, loop);
            watch.ifPresent(GatewayWatch::look);
        })) {
            Throughput.Moment start = throughput.now();
            loop.send(first, count, start.nanos(), tally);
            OpenLoop.await(start.nanos() + plan.pace().offset(count));
            Rates rates = throughput.now().since(start);
            loop.finish();
            return rates;
        }
    }

    private void tell(String phase, long second, Duration time, Tally tally, OpenLoop loop) {
        progress.tell(
                new Progress.Moment(phase, second, time.toSeconds()),
                tally.counts(),
                tally.latencies().p95(),
                loop.underWay());
    }

    private Result result(Rates rates, Tally tally, Optional<GatewayWatch> watch) throws InterruptedException {
        Optional<GatewayView> view = watch.isPresent() ? Optional.of(watch.get().view()) : Optional.empty();
        return new Result(
                plan,
                surroundings(),
                rates,
                tally.counts(),
                tally.latencies(),
                tally.firstTokens(),
                tally.gaps(),
                tally.lags(),
                tally.methods(),
                view);
    }

    private Result.Surroundings surroundings() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize()
                        : 0;
        return new Result.Surroundings(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                version,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                memory);
    }
}
