package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    @Test
    void listsKindsAndSettings() {
        Outcome list = Outcome.of("explain");

        assertThat(list.exitCode()).isZero();
        assertThat(list.out())
                .contains(
                        "HTTPRoute                         Which requests go to which backends",
                        "agw.yaml                          Settings of the process");
    }

    @Test
    void tellsTypeDefaultAndUnitOfASetting() {
        assertThat(Outcome.of("explain", "agw.yaml.limits.headerBytes").out()).isEqualTo("""
                agw.yaml.limits.headerBytes  <a number of bytes such as 16Ki or 10Mi>
                  Most bytes of a request's header fields.
                  Default: 16KiB. Unit of a bare number: bytes.
                """);
    }

    @Test
    void tellsWhatIsNotYetInEffect() {
        assertThat(Outcome.of("explain", "Backend.spec.mcp").out()).contains("Accepted, not yet in effect.");
    }

    @Test
    void listsATreeOneFieldPerLine() {
        assertThat(Outcome.of("explain", "-r", "HTTPRoute.spec.rules.matches").out())
                .startsWith("""
                HTTPRoute.spec.rules.matches  <a list, each an object>  default path prefix /
                  path  <an object>
                    type  <one of Exact, PathPrefix, RegularExpression>  default PathPrefix
                    value  <text>  default /
                """);
    }

    @Test
    void comesToAnEndWhereFiltersHoldBackendsThatHoldFilters() {
        assertThat(Outcome.of("explain", "-r", "HTTPRoute.spec.rules.filters").out())
                .contains("  requestMirror  <an object>\n    backendRef  <an object>")
                .doesNotContain("filters  <a list, each an object>\n        type");
    }

    @Test
    void leavesOutWhatIsInFieldsWithoutEffect() {
        assertThat(Outcome.of("explain", "-r", "TrafficPolicy.spec").out())
                .contains("  rateLimit  <an object>  accepted, not yet in effect\n")
                .doesNotContain("tokensPerFill");
        assertThat(Outcome.of("explain", "-r", "TrafficPolicy.spec.rateLimit").out())
                .contains("tokensPerFill");
    }

    @Test
    void namesTheNearestKindAndField() {
        assertThat(Outcome.of("explain", "Backnd"))
                .isEqualTo(new Outcome(2, "", "agw: no kind \"Backnd\"; did you mean \"Backend\"?\n"));
        assertThat(Outcome.of("explain", "Backend.spek").err())
                .isEqualTo("agw: no field \"spek\" in Backend; did you mean \"spec\"?\n");
        assertThat(Outcome.of("explain", "Zzzzzzzz").err())
                .startsWith("agw: no kind \"Zzzzzzzz\"; known here: Backend, ");
    }
}
