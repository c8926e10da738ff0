package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.TokenUsage;
import java.util.List;

/// The families of LLM traffic.
final class GenAiMetrics {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";
    /// Different model names that metrics tell apart; later ones are `other`.
    private static final int MODEL_NAMES = 200;
    private static final int CLIENT_ERROR = 4;

    private record Key(String operation, String system, String requestModel, String responseModel, String route)
            implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(operation, system, requestModel, responseModel, route);
        }
    }

    private record Calls(Histogram input, Histogram output, Histogram duration) {
        Calls() {
            this(
                    new Histogram(MetricCatalogue.TOKEN_USAGE.buckets()),
                    new Histogram(MetricCatalogue.TOKEN_USAGE.buckets()),
                    new Histogram(MetricCatalogue.GEN_AI_DURATION.buckets()));
        }
    }

    private record Pace(Histogram firstToken, Histogram perToken) {
        Pace() {
            this(
                    new Histogram(MetricCatalogue.TIME_TO_FIRST_TOKEN.buckets()),
                    new Histogram(MetricCatalogue.TIME_PER_OUTPUT_TOKEN.buckets()));
        }
    }

    private record Spend(Counter requests, Counter input, Counter output) {
        Spend() {
            this(new Counter(), new Counter(), new Counter());
        }
    }

    private final Family<Key, Calls> calls;
    private final Family<Key, Pace> paces;
    private final Family<SeriesKey.Two, Spend> spends;
    private final Family<SeriesKey.Three, Gauge> prices;
    private final BoundedNames models = new BoundedNames(MODEL_NAMES);

    GenAiMetrics(MetricRegistry registry) {
        calls = registry.family(
                Calls::new,
                List.of(
                        new Column<>(MetricCatalogue.TOKEN_USAGE, INPUT, Calls::input),
                        new Column<>(MetricCatalogue.TOKEN_USAGE, OUTPUT, Calls::output),
                        Column.of(MetricCatalogue.GEN_AI_DURATION, Calls::duration)));
        paces = registry.family(
                Pace::new,
                List.of(
                        Column.of(MetricCatalogue.TIME_TO_FIRST_TOKEN, Pace::firstToken),
                        Column.of(MetricCatalogue.TIME_PER_OUTPUT_TOKEN, Pace::perToken)));
        spends = registry.family(
                Spend::new,
                List.of(
                        Column.of(MetricCatalogue.LLM_REQUESTS, Spend::requests),
                        new Column<>(MetricCatalogue.LLM_TOKENS, INPUT, Spend::input),
                        new Column<>(MetricCatalogue.LLM_TOKENS, OUTPUT, Spend::output)));
        prices = registry.gauges(MetricCatalogue.MODEL_COST_PER_MILLION);
    }

    /// Records a call that reached a provider.
    void record(Exchange exchange, GenAi call, long durationNanos) {
        // A name that the provider refuses is the client's invention: it must not use up the room of real ones.
        boolean admit = exchange.reply().status() / 100 != CLIENT_ERROR;
        String model = models.bound(call.requestModel(), admit);
        String answering = models.bound(call.responseModel(), admit);
        Key key = new Key(
                call.operation(),
                call.system(),
                model,
                answering,
                exchange.route().route());
        recordCall(key, call.usage(), durationNanos);
        if (call.streaming() && call.firstTokenNanos() != 0) {
            recordPace(key, exchange, call);
        }
    }

    private void recordCall(Key key, TokenUsage usage, long durationNanos) {
        Calls call = calls.of(key);
        Spend spend = spends.of(new SeriesKey.Two(key.system(), key.requestModel()));
        call.duration().observeNanos(durationNanos);
        spend.requests().increment();
        if (usage.known()) {
            long input = Math.max(0, usage.input());
            long output = Math.max(0, usage.output());
            call.input().observeCount(input);
            call.output().observeCount(output);
            spend.input().add(input);
            spend.output().add(output);
        }
    }

    private void recordPace(Key key, Exchange exchange, GenAi call) {
        Pace pace = paces.of(key);
        pace.firstToken()
                .observeNanos(call.firstTokenNanos() - exchange.lifeline().start());
        if (call.usage().output() > 0) {
            long spent = exchange.endNanos() - call.firstTokenNanos();
            pace.perToken().observeNanos(spent / call.usage().output());
        }
    }

    void price(String direction, String provider, String model, double usd) {
        prices.of(new SeriesKey.Three(direction, provider, model)).set(usd);
    }
}
