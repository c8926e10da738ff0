package dev.agw.cli.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.cli.promql.Selector.Matcher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up | up{j=~\"$j\"}",
                "up{} | up{j=~\"$j\"}",
                "up { a = \"}\" } == 1 | up {j=~\"$j\", a = \"}\" } == 1",
                "sum by (up) (rate(a[5m])) / count(b{x=\"1\"}) | sum by (up) (rate(a{j=~\"$j\"}[5m])) / count(b{j=~\"$j\",x=\"1\"})",
                "{__name__=\"a\"} or vector(1) | {j=~\"$j\",__name__=\"a\"} or vector(1)",
                "a offset 5m unless sum(c) | a{j=~\"$j\"} offset 5m unless sum(c{j=~\"$j\"})"
            })
    void givesEachSelectorFurtherMatchers(String expr, String narrowed) {
        List<Matcher> more = List.of(new Matcher("j", "=~", "$j"));

        assertThat(Narrowed.text(expr, selector -> more)).isEqualTo(narrowed);
    }

    @Test
    void asksForEachSelectorAndEscapesValues() {
        String narrowed = Narrowed.text(
                "a + b", selector -> selector.name().equals("b") ? List.of(new Matcher("x", "=", "\"\\")) : List.of());

        assertThat(narrowed).isEqualTo("a + b{x=\"\\\"\\\\\"}");
    }
}
