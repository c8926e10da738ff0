package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.schema.Explain;
import dev.agw.schema.InvalidValueException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainTest {
    private static final Explain EXPLAIN = new Explain(Kinds.types());

    static Set<String> kinds() {
        return Kinds.types().keySet();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFieldOfEveryKindSaysWhatItIs(String kind) {
        assertThat(walk(kind, new HashSet<>())).isGreaterThan(5);
    }

    @Test
    void aFieldIsExplainedWithTypeDefaultUnitAndWhatIsInIt() {
        Explain.Explanation retry = EXPLAIN.at("HTTPRoute.spec.rules[0].retry");

        assertThat(retry.doc()).isEqualTo("Retries of failed calls.");
        assertThat(retry.fields())
                .extracting(Explain.Explanation::name)
                .containsExactly("codes", "attempts", "backoff");
        assertThat(EXPLAIN.at("HTTPRoute.spec.rules.retry.backoff").byDefault()).isEqualTo("25ms");
        assertThat(EXPLAIN.at("GatewayParameters.spec.shutdown.min").unit()).isEqualTo("seconds");
    }

    @Test
    void whatIsInsideAFieldWithoutEffectHasNoneEither() {
        assertThat(EXPLAIN.at("TrafficPolicy.spec.timeouts.firstToken").inEffect())
                .isTrue();
        assertThat(EXPLAIN.at("TrafficPolicy.spec.rateLimit.local.maxTokens").inEffect())
                .isFalse();
    }

    @Test
    void anUnknownFieldNamesTheNearest() {
        assertThatThrownBy(() -> EXPLAIN.at("HTTPRoute.spec.rule"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.hint()).isEqualTo("did you mean \"rules\"?"));
        assertThatThrownBy(() -> EXPLAIN.at("HttpRute")).hasMessage("no kind \"HttpRute\"");
    }

    @Test
    void aPageReadsWell() {
        assertThat(EXPLAIN.page("HTTPRoute.spec.rules.backendRefs.weight")).isEqualTo("""
                        HTTPRoute.spec.rules.backendRefs.weight  <a whole number from 0 to 1000000>
                          Share of the requests, relative to the other weights.
                          Default: 1.
                        """);
        assertThat(EXPLAIN.page("DirectResponse")).isEqualTo("""
                        DirectResponse  <an object>
                          An answer that the gateway gives by itself.

                        FIELDS
                          metadata  <an object>
                            Name, namespace and labels.
                            Required.
                          spec  <an object>
                            What is wanted.
                            Required.
                        """);
        assertThat(EXPLAIN.page("Backend.spec.mcp")).contains("Accepted, not yet in effect.");
    }

    /// Visits every field once per record and counts them.
    private static int walk(String path, Set<String> seen) {
        int count = 0;
        for (Explain.Explanation field : EXPLAIN.at(path).fields()) {
            assertThat(field.doc()).as(field.path()).endsWith(".");
            assertThat(field.type()).as(field.path()).isNotEmpty();
            count++;
            String names = EXPLAIN.at(field.path()).fields().stream()
                    .map(Explain.Explanation::name)
                    .toList()
                    .toString();
            if (seen.add(names)) {
                count += walk(field.path(), seen);
            }
        }
        return count;
    }
}
