package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.upgrade.Expression.Limit;
import dev.agw.cli.upgrade.Expression.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    @Test
    void findsMetricsAndTheLabelsAskedOfThem() {
        Expression expression = Expression.of("""
                sum by (agent) (rate(agentgateway_requests_total{status=~"5..", reason!="a,b}"}[5m])) # agentgateway_x
                  / on (gateway) gateway:agentgateway_requests:rate5m > 0.05 and agentgateway_draining == 0""");

        assertThat(expression.selectors())
                .containsExactly(
                        new Selector("agentgateway_requests_total", Set.of("status", "reason")),
                        new Selector("agentgateway_draining", Set.of()));
    }

    @Test
    void findsWhatQuantilesAreComparedWith() {
        assertThat(Expression.of("histogram_quantile(0.95, sum by (le) (rate(agentgateway_a_bucket[5m]))) > 30")
                        .limits())
                .containsExactly(new Limit("agentgateway_a_bucket", 30));
        assertThat(Expression.of(
                                "histogram_quantile(0.95, rate(agentgateway_a_bucket[$__rate_interval])) >= bool 2.5e1")
                        .limits())
                .containsExactly(new Limit("agentgateway_a_bucket", 25));
        assertThat(Expression.of("histogram_quantile(0.9, rate(agentgateway_a_bucket[5m])")
                        .limits())
                .isEmpty();
    }
}
