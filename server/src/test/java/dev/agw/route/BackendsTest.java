package dev.agw.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Reason;
import dev.agw.policy.Requests;
import dev.agw.resource.HttpRoute.BackendRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BackendsTest {
    @Test
    void sharesExactlyByWeightOverAllThatChanceMayBring() {
        Backends<String> backends = backends(
                Routes.backend("a", 7), Routes.backend("b", 0), Routes.backend("c", 2), Routes.backend("d", 1));
        Map<String, Integer> chosen = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            int point = i;
            chosen.merge(
                    backends.choose(bound -> {
                                assertThat(bound).isEqualTo(10);
                                return point;
                            })
                            .target(),
                    1,
                    Integer::sum);
        }
        assertThat(chosen).isEqualTo(Map.of("a", 7, "c", 2, "d", 1));
    }

    @Test
    void drawsByChance() {
        Backends<String> backends = backends(Routes.backend("a", 1), Routes.backend("b", 1));
        assertThat(backends.choose().target()).isIn("a", "b");
    }

    @Test
    void asksChanceNothingWhereThereIsOneBackend() {
        Backends<String> backends = backends(Routes.backend("a", 5), Routes.backend("b", 0));
        assertThat(backends.choose(bound -> {
                            throw new AssertionError("chance was asked");
                        })
                        .target())
                .isEqualTo("a");
    }

    @Test
    void failsTheShareOfABackendThatDoesNotExist() {
        Backends<String> backends = backends(Routes.backend("missing", 1), Routes.backend("b", 1));
        assertThat(backends.choose(bound -> 1).target()).isEqualTo("b");
        assertThat(failure(backends)).isEqualTo(new Failure.NoHealthyBackend("backend default/missing does not exist"));
    }

    @Test
    void failsWhereNoBackendHasAWeight() {
        Failure failure = failure(backends(Routes.backend("a", 0)));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.reason()).isEqualTo(Reason.NO_HEALTHY_BACKEND);
    }

    @Test
    void findsNothingWhereNoBackendIsNamed() {
        Failure failure = failure(backends());
        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
    }

    private static Failure failure(Backends<String> backends) {
        List<Failure> failures = new ArrayList<>();
        assertThatThrownBy(() -> backends.choose(bound -> 0))
                .isInstanceOfSatisfying(ExchangeException.class, e -> failures.add(e.failure()));
        return failures.getFirst();
    }

    private static Backends<String> backends(BackendRef... refs) {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        CompiledRoute<Rule<String>> route = compiler.compile(
                Routes.route("r", List.of(), Routes.rule("rule", List.of(), List.of(), List.of(refs))));
        return RouteTable.of(List.of(route))
                .match(Requests.get("http://a/"))
                .rule()
                .backends();
    }
}
