package dev.agw.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
    private static final Map<String, Double> VALUES = Map.of("a", 10.0, "for", 300.0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 | 7",
                "(1 + 2) * 3 | 9",
                "10 - 4 - 3 | 3",
                "-a + 1 | -9",
                "for / a | 30",
                "1.5e3 | 1500",
                "max(0, 1 - a) | 0",
                "min(a, for) % 4 | 2"
            })
    void reckons(String formula, double value) {
        assertThat(Formula.value(formula, VALUES)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 +", "b", "(1", "max(1)", "1 2", "a ? 1"})
    void refusesWhatIsNoFormula(String formula) {
        assertThatIllegalArgumentException().isThrownBy(() -> Formula.value(formula, VALUES));
    }

    @Test
    void templatesHoldTextsNumbersTimesAndBounds() {
        Scope scope = new Scope(Map.of("by", "cluster"), Map.of("t", 30.0, "w", 300.0), Map.of("t", "30s"));

        assertThat(scope.fill("by (${by}) [${time(w)}] > ${t * 2} {{ $value }}"))
                .isEqualTo("by (cluster) [5m] > 60 {{ $value }}");
        assertThat(scope.fill("${le(t)} ${exactly(t)} ${shown(t)} ${le(40.96)}"))
                .isEqualTo("30([.]0)? 30.0 30s 40[.]96");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt-4(-.*)? | gpt-4",
                "o1.*|o1",
                "'a\\.b|c' | a.b",
                ".*opus.* | opus",
                "none | none",
                "[ab]+ | ",
                "( | "
            })
    void aRegularExpressionGivesANameItMatches(String pattern, @Nullable String name) {
        assertThat(NameExample.of(pattern)).isEqualTo(Optional.ofNullable(name));
    }
}
