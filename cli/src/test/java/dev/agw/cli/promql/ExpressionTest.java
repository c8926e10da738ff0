package dev.agw.cli.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.schema.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up | up",
                "sum(rate(a_total[5m])) by (x) / sum by (x) (rate(b_total[5m])) | a_total,b_total",
                "histogram_quantile(0.99, sum(rate(h_bucket[5m])) by (le)) | h_bucket",
                "avg_over_time((depth > bool 10)[10m:1m]) > 0.7 | depth",
                "rate(a[5m] offset 1h) and on () b unless c or d | a,b,c,d",
                "a * on (x) group_left (y) b * on (x) group_right c | a,b,c",
                "topk(5, count_values by (x) ('version', info)) | info",
                "level:metric:rate5m > 1e-3 | level:metric:rate5m",
                "{__name__=\"a\", x=\"y\"} | a",
                "{\"a.b\", x=\"y\"} | a.b",
                "hour(vector(time() + 3600 * 2)) % 24 < 8 and a @ end() > -Inf | a",
                "sum > 3 and count{x=\"y\"} | sum,count"
            })
    void findsTheMetrics(String text, String names) {
        assertThat(Expression.of(text).names()).containsExactly(names.split(",", -1));
    }

    @Test
    void leavesCommentsOut() {
        assertThat(Expression.of("a # is not b\n+ c").names()).containsExactly("a", "c");
    }

    @Test
    void findsMatchersWithTheirOperatorsAndUnescapedValues() {
        Selector selector = Expression.of("a{x=\"1\",y!='2', z=~\"a\\\\.b|c\", w!~`d\"`,}")
                .selectors()
                .getFirst();

        assertThat(selector.matchers())
                .containsExactly(
                        new Selector.Matcher("x", "=", "1"),
                        new Selector.Matcher("y", "!=", "2"),
                        new Selector.Matcher("z", "=~", "a\\.b|c"),
                        new Selector.Matcher("w", "!~", "d\""));
    }

    @Test
    void findsTheLabelsOfGroupings() {
        Expression expression = Expression.of(
                "sum by (a, b) (x{m=\"1\"}) / on (c) group_left (d) sum without (e) (y) unless ignoring(f) z");

        assertThat(expression.labels()).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(expression.allLabels()).containsExactly("a", "b", "c", "d", "e", "f", "m");
    }

    @Test
    void findsQuantilesThatAreComparedWithANumber() {
        Expression expression = Expression.of(
                "(histogram_quantile(0.99, sum(rate(h_bucket[5m])) by (le))) > bool 30 and histogram_quantile(0.5, g_bucket) > x");

        assertThat(expression.quantiles()).containsExactly(new Quantile("h_bucket", ">", 30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(a",
                "a)",
                "a{x}",
                "a{x=1}",
                "sum by (a b{ (c)",
                "a{x=\"1",
                "a ? b",
                "rate(a[5m)",
                " # nothing",
                "a b",
                "sum()",
                "a +"
            })
    void saysWhereAnExpressionBreaks(String text) {
        assertThatThrownBy(() -> Expression.of(text)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a or b and c == d + e * f ^ g | a or (b and (c == (d + (e * (f ^ g)))))",
                "a - b - c | (a - b) - c",
                "a ^ b ^ c | a ^ (b ^ c)",
                "-a ^ 2 * b | (0 - (a ^ 2)) * b",
                "a and on() b >= 0 and c < 8 | (a and on() (b >= 0)) and (c < 8)",
                "sum(a) by (x) / ignoring(y) group_left (z) b | (sum by (x) (a)) / ignoring(y) group_left (z) b",
                "a * on(x) group_left b / 5 | (a * on(x) group_left() b) / 5",
                "rate(a[5m] offset -1h) @ start() > bool 1h30m | (rate(a[5m])) > bool 5400"
            })
    void signsBindAsPrometheusHasIt(String text, String same) {
        assertThat(Expression.of(text).query()).isEqualTo(Expression.of(same).query());
    }

    @Test
    void aThresholdMayStandOnEitherSideAndBeReckoned() {
        assertThat(Expression.of("2 * 60 < histogram_quantile(0.9, rate(h_bucket[5m]))")
                        .quantiles())
                .containsExactly(new Quantile("h_bucket", ">", 120));
    }
}
