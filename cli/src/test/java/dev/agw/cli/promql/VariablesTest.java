package dev.agw.cli.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VariablesTest {
    @Test
    void expressionsOfDashboardsCanBeReadWhateverIsChosen() {
        Expression panel = Expression.of(Variables.filled(
                "topk($n, sum by (${group:csv}) (rate(a_total{job=~\"$job\"}[$__rate_interval]))) > [[limit]]"));

        assertThat(panel.names()).filteredOn(name -> !Variables.in(name)).containsExactly("a_total");
        assertThat(panel.labels()).singleElement().matches(Variables::in);
        assertThat(panel.selectors().get(1).matchers().getFirst().value()).matches(Variables::in);
    }

    @Test
    void whatHasNoVariablesStaysAsItIs() {
        assertThat(Variables.filled("a{x=~\"b$\",y=~\"c$|d\"}")).isEqualTo("a{x=~\"b$\",y=~\"c$|d\"}");
    }
}
