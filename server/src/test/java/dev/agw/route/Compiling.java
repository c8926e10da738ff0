package dev.agw.route;

import static dev.agw.route.Routes.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.Filter;
import java.util.Arrays;
import java.util.List;

/// Compiles single rules, and tells what is wrong with them.
final class Compiling {
    private Compiling() {}

    static HttpRoute.Rule rule(List<HttpRoute.Match> matches, List<Filter> filters, BackendRef... backends) {
        return Routes.rule("rule", matches, filters, List.of(backends));
    }

    static RouteTable<Rule<String>> only(HttpRoute.Rule rule) {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        CompiledRoute<Rule<String>> route = compiler.compile(route("r", List.of(), rule));
        assertThat(compiler.problems()).isEmpty();
        return RouteTable.of(List.of(route));
    }

    static List<CompileProblem> problems(HttpRoute.Rule rule) {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        compiler.compile(route("r", List.of(), rule));
        return compiler.problems();
    }

    /// @param places below the rule; empty for the rule itself
    static void assertPlaces(HttpRoute.Rule rule, String... places) {
        assertThat(problems(rule))
                .extracting(CompileProblem::path)
                .containsExactlyElementsOf(Arrays.stream(places)
                        .map(place -> place.isEmpty() ? "spec.rules[0]" : "spec.rules[0]." + place)
                        .toList());
    }
}
