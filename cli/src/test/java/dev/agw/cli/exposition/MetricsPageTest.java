package dev.agw.cli.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPageTest {
    @Test
    void readsTheTextFormat() {
        MetricsPage page = MetricsPage.parse("""
                # HELP a_total Things.
                # TYPE a_total counter
                a_total{x="1",y="a \\"b\\" \\\\ \\n"} 3
                # any comment
                b{le="+Inf",} +Inf 1700000000000

                c NaN
                """);

        assertThat(page.types()).isEqualTo(Map.of("a_total", "counter"));
        assertThat(page.samples().getFirst())
                .isEqualTo(new Sample("a_total", Map.of("x", "1", "y", "a \"b\" \\ \n"), 3));
        assertThat(page.sum("b", sample -> true)).isInfinite();
        assertThat(page.sum("c", sample -> true)).isNaN();
        assertThat(page.names()).containsExactly("a_total", "b", "c");
    }

    @Test
    void readsOpenMetricsWithExemplarsAndItsEnd() {
        MetricsPage page = MetricsPage.parse("""
                # TYPE a histogram
                # UNIT a seconds
                a_bucket{le="0.5"} 1 1700000000.5 # {trace_id="x"} 0.3
                a_bucket{le="+Inf"} 1 # {trace_id="y"} 0.3 1700000000.5
                # EOF
                """);

        assertThat(page.values("a_bucket", "le")).containsExactly("0.5", "+Inf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a b",
                "1a 1",
                "a{x=1} 1",
                "a{x=\"1} 1",
                "a{x=\"\\t\"} 1",
                "a{x=\"1\" y=\"2\"} 1",
                "a{x=\"1\",x=\"2\"} 1",
                "a{x:y=\"1\"} 1",
                "a 1 2 3",
                "a 0x10",
                "a 1\na 2",
                "# EOF\na 1",
                "# TYPE a number",
                "# TYPE a counter\n# TYPE a gauge",
                "<html>"
            })
    void refusesWhatIsNoPage(String text) {
        assertThatThrownBy(() -> MetricsPage.parse(text))
                .isInstanceOf(BadPageException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void countersGrowFromWhatTheyWereAndBeginAnewAtZero() {
        MetricsPage before = MetricsPage.parse("a{x=\"1\"} 5\na{x=\"2\"} 5\n");
        MetricsPage now = MetricsPage.parse("a{x=\"1\"} 7\na{x=\"2\"} 3\na{x=\"3\"} 1\n");

        assertThat(now.growth(before, "a", sample -> true))
                .extracting(Sample::value)
                .containsExactly(2.0, 3.0, 1.0);
    }
}
