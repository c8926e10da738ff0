package dev.agw.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void findsTheNameWithLettersLeftOutSwappedOrInTheWrongCase() {
        List<String> known = List.of("matches", "filters", "name");

        assertThat(Nearest.name("matchs", known)).contains("matches");
        assertThat(Nearest.name("fitlers", known)).contains("filters");
        assertThat(Nearest.name("NAME", known)).contains("name");
    }

    @Test
    void aShortNameMayBeOffByOneLetterOnly() {
        assertThat(Nearest.name("tsl", List.of("tls"))).contains("tls");
        assertThat(Nearest.name("abc", List.of("abd"))).contains("abd");
        assertThat(Nearest.name("ab", List.of("cd"))).isEmpty();
    }

    @Test
    void withoutANearNameTheHintListsWhatThereIs() {
        assertThat(Nearest.hint("xyz", List.of("alpha", "beta"))).isEqualTo("known here: alpha, beta");
        assertThat(Nearest.hint(
                        "xyz", IntStream.range(0, 20).mapToObj(i -> "name" + i).toList()))
                .endsWith("name11, ...");
        assertThat(Nearest.hint("xyz", List.of())).isEmpty();
    }
}
