package dev.agw.cli.render;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Constants;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Variables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Tells of quantiles that are none: of shares beyond 0 to 1, and of buckets without bounds.
///
/// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
final class QuantileCheck {
    private static final String OF_BUCKETS = "histogram_quantile";
    private static final Set<String> QUANTILES = Set.of(OF_BUCKETS, "quantile_over_time", "quantile");
    private static final Set<String> CHOOSING = Set.of("topk", "bottomk", "limitk", "limit_ratio");
    private static final String BUCKET = "_bucket";
    private static final String LE = "le";

    private QuantileCheck() {}

    /// Tells `faults` what is wrong with quantiles in `query`.
    static void look(Query query, Consumer<Fault> faults) {
        query.visit(part -> {
            switch (part) {
                case Query.Call call -> quantile(call.function(), call.arguments(), faults);
                case Query.Aggregation of -> quantile(of.operator(), of.arguments(), faults);
                case Query other -> {}
            }
        });
    }

    private static void quantile(String function, List<Query> arguments, Consumer<Fault> faults) {
        if (!QUANTILES.contains(function) || arguments.size() < 2) {
            return;
        }
        Constants.value(arguments.getFirst()).ifPresent(share -> {
            if (!(share >= 0 && share <= 1)) {
                faults.accept(new Fault(Fault.Kind.SHARE, "", "", beyond(function, share)));
            }
        });
        if (function.equals(OF_BUCKETS) && boundless(arguments.getLast())) {
            buckets(arguments.getLast())
                    .ifPresent(series -> faults.accept(new Fault(
                            Fault.Kind.BOUNDLESS,
                            series,
                            LE,
                            OF_BUCKETS + "() of " + series + " without le: the aggregation inside has to keep it")));
        }
    }

    private static String beyond(String function, double share) {
        String found = Double.isFinite(share) ? Numbers.plain(share) : String.valueOf(share);
        return function + "(" + found + ", ...): expected a share from 0 to 1, such as 0.95";
    }

    /// Native histograms have no bounds to lose.
    private static Optional<String> buckets(Query query) {
        return Expression.selectors(query).stream()
                .map(selector -> selector.name())
                .filter(name -> name.endsWith(BUCKET))
                .findFirst();
    }

    private static boolean boundless(Query query) {
        boolean here =
                query instanceof Query.Aggregation of && !CHOOSING.contains(of.operator()) && dropped(of.grouping());
        return here || query.parts().stream().anyMatch(QuantileCheck::boundless);
    }

    private static boolean dropped(Query.Grouping grouping) {
        return grouping.labels().stream().noneMatch(Variables::in)
                && grouping.by() != grouping.labels().contains(LE);
    }
}
