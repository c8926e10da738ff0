package dev.agw.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private final AtomicLong now = new AtomicLong();
    private final EndpointRegistry registry = new EndpointRegistry(now::get);
    private final Random random = new Random(42);

    private Endpoint<String> endpoint(String name, int weight) {
        return registry.endpoint(new EndpointId("default/b", name), weight, name);
    }

    private Endpoints<String> endpoints(OutlierDetection detection, List<List<Endpoint<String>>> groups) {
        return new Endpoints<>("default/b", groups, Optional.of(detection), random::nextInt);
    }

    private Endpoints<String> plain(List<Endpoint<String>> only) {
        return new Endpoints<>("default/b", List.of(only), Optional.empty(), random::nextInt);
    }

    private Endpoints<String> plain(List<Endpoint<String>> first, List<Endpoint<String>> second) {
        return new Endpoints<>("default/b", List.of(first, second), Optional.empty(), random::nextInt);
    }

    private static OutlierDetection ejecting(int errors, int maxPercent) {
        return new OutlierDetection(errors, Duration.ofSeconds(10), Duration.ofSeconds(30), maxPercent, false, 5);
    }

    private static String picked(Endpoints<String> endpoints) {
        try (Pick<String> pick = endpoints.pick(List.of())) {
            return pick.endpoint().payload();
        }
    }

    private static void answer(Endpoints<String> endpoints, Endpoint<String> endpoint, int status) {
        endpoints.answered(endpoint, status);
    }

    private static Map<String, Integer> picks(Endpoints<String> endpoints, int count) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < count; i++) {
            counts.merge(picked(endpoints), 1, Integer::sum);
        }
        return counts;
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void assertNoneHealthy(Endpoints<String> endpoints) {
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> endpoints.pick(List.of()))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.NoHealthyBackend.class));
    }

    @Test
    void sharesCallsByWeight() {
        Map<String, Integer> counts =
                picks(plain(List.of(endpoint("a", 3), endpoint("b", 1), endpoint("off", 0))), 8000);

        assertThat(counts.get("a")).isBetween(5700, 6300);
        assertThat(counts.get("b")).isBetween(1700, 2300);
        assertThat(counts).doesNotContainKey("off");
    }

    @Test
    void prefersTheLessBusyOfTwo() {
        Endpoints<String> endpoints = plain(List.of(endpoint("a", 1), endpoint("b", 1)));
        List<Pick<String>> running = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            running.add(endpoints.pick(List.of()));
        }

        for (Endpoint<String> endpoint : endpoints.groups().getFirst()) {
            assertThat(endpoint.health().inFlight()).isEqualTo(50);
        }
        running.forEach(Pick::close);
        running.forEach(Pick::close);
        assertThat(endpoints.groups().getFirst().getFirst().health().inFlight()).isZero();
    }

    @Test
    void spreadsRunningCallsOverMany() {
        List<Endpoint<String>> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(endpoint("e" + i, 1));
        }
        Endpoints<String> endpoints = plain(ten);
        for (int i = 0; i < 1000; i++) {
            endpoints.pick(List.of());
        }

        assertThat(ten)
                .allSatisfy(endpoint -> assertThat(endpoint.health().inFlight()).isBetween(95, 105));
    }

    @Test
    void staysInTheFirstGroupThatCanServe() {
        Endpoint<String> first = endpoint("first", 1);
        Endpoints<String> endpoints =
                endpoints(ejecting(1, 100), List.of(List.of(first), List.of(endpoint("second", 1))));
        assertThat(picks(endpoints, 10)).containsOnlyKeys("first");

        answer(endpoints, first, 503);
        assertThat(picks(endpoints, 10)).containsOnlyKeys("second");

        later(Duration.ofSeconds(31));
        assertThat(picks(endpoints, 10)).containsOnlyKeys("first");
    }

    @Test
    void triesWhatThisRequestHasNotTried() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoint<String> b = endpoint("b", 1);
        Endpoint<String> c = endpoint("c", 1);
        Endpoints<String> endpoints = plain(List.of(a, b), List.of(c));

        assertThat(endpoints.pick(List.of(a)).endpoint()).isEqualTo(b);
        assertThat(endpoints.pick(List.of(a, b)).endpoint()).isEqualTo(c);
        assertThat(endpoints.pick(List.of(a, b, c)).endpoint()).isIn(a, b);
    }

    @Test
    void triesAnUnreachableEndpointLastForTwoSeconds() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoints<String> endpoints = plain(List.of(a), List.of(endpoint("b", 1)));
        try (Pick<String> pick = endpoints.pick(List.of())) {
            pick.unreachable();
        }

        assertThat(picks(endpoints, 10)).containsOnlyKeys("b");
        later(Duration.ofSeconds(2));
        assertThat(picks(endpoints, 10)).containsOnlyKeys("a");
    }

    @Test
    void triesAnUnreachableEndpointWhenThereIsNoOther() {
        Endpoint<String> only = endpoint("only", 1);
        Endpoints<String> endpoints = plain(List.of(only));
        try (Pick<String> pick = endpoints.pick(List.of())) {
            pick.unreachable();
        }

        try (Pick<String> pick = endpoints.pick(List.of())) {
            pick.answered(200);
        }
        assertThat(only.health().avoided()).isFalse();
        assertThat(only.health().consecutiveErrors()).isZero();
    }

    @Test
    void ejectsNobodyWithoutAPolicy() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoints<String> endpoints = plain(List.of(a, endpoint("b", 1)));
        for (int i = 0; i < 100; i++) {
            answer(endpoints, a, 500);
        }

        assertThat(endpoints.ejected()).isZero();
        assertThat(endpoints.size()).isEqualTo(2);
        assertThat(picks(endpoints, 100)).containsOnlyKeys("a", "b");
    }

    @Test
    void ejectsAfterFailuresInARowOnly() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoints<String> endpoints = endpoints(ejecting(3, 100), List.of(List.of(a, endpoint("b", 1))));
        answer(endpoints, a, 500);
        answer(endpoints, a, 503);
        answer(endpoints, a, 404);
        answer(endpoints, a, 500);
        answer(endpoints, a, 500);
        assertThat(a.health().ejected()).isFalse();

        answer(endpoints, a, 502);

        assertThat(a.health().ejected()).isTrue();
        assertThat(picks(endpoints, 20)).containsOnlyKeys("b");
    }

    @Test
    void countsSilenceLikeErrorsUnlessToldApart() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoints<String> together = endpoints(ejecting(2, 100), List.of(List.of(a, endpoint("b", 1))));
        answer(together, a, 500);
        together.silent(a);
        assertThat(a.health().ejected()).isTrue();

        Endpoint<String> c = endpoint("c", 1);
        OutlierDetection apart = new OutlierDetection(2, Duration.ofSeconds(10), Duration.ofSeconds(30), 100, true, 2);
        Endpoints<String> split = endpoints(apart, List.of(List.of(c, endpoint("d", 1))));
        split.silent(c);
        answer(split, c, 500);
        split.silent(c);
        assertThat(c.health().ejected()).isFalse();
        split.silent(c);
        assertThat(c.health().ejected()).isTrue();
    }

    @Test
    void ejectsForLongerEachTimeUpToTenTimes() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoints<String> endpoints = endpoints(ejecting(1, 100), List.of(List.of(a)));
        for (int times = 1; times <= 12; times++) {
            answer(endpoints, a, 500);
            later(Duration.ofSeconds(30L * Math.min(times, 10) - 1));
            assertThat(a.health().ejected()).isTrue();
            later(Duration.ofSeconds(1));
            assertThat(a.health().ejected()).isFalse();
        }
    }

    @Test
    void forgivesAnEjectionForEachQuietInterval() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoints<String> endpoints = endpoints(ejecting(1, 100), List.of(List.of(a)));
        answer(endpoints, a, 500);
        later(Duration.ofSeconds(30));
        answer(endpoints, a, 500);
        later(Duration.ofSeconds(60 + 20));

        answer(endpoints, a, 500);

        later(Duration.ofSeconds(30));
        assertThat(a.health().ejected()).isFalse();
    }

    @Test
    void ejectsNoMoreThanTheShareAllowed() {
        List<Endpoint<String>> four = List.of(endpoint("a", 1), endpoint("b", 1), endpoint("c", 1), endpoint("d", 1));
        Endpoints<String> endpoints = endpoints(ejecting(1, 50), List.of(four));
        four.forEach(endpoint -> answer(endpoints, endpoint, 500));

        assertThat(endpoints.ejected()).isEqualTo(2);
    }

    @Test
    void ejectsOneOfSeveralWhateverTheShareButNotASoleOne() {
        List<Endpoint<String>> three = List.of(endpoint("a", 1), endpoint("b", 1), endpoint("c", 1));
        Endpoints<String> endpoints = endpoints(ejecting(1, 10), List.of(three));
        three.forEach(endpoint -> answer(endpoints, endpoint, 500));
        assertThat(endpoints.ejected()).isEqualTo(1);

        Endpoint<String> sole = endpoint("sole", 1);
        Endpoints<String> alone = endpoints(ejecting(1, 50), List.of(List.of(sole)));
        answer(alone, sole, 500);
        assertThat(picked(alone)).isEqualTo("sole");
    }

    @Test
    void saysThatNobodyIsHealthyWhenAllAreEjected() {
        Endpoint<String> a = endpoint("a", 1);
        Endpoint<String> b = endpoint("b", 1);
        Endpoints<String> endpoints = endpoints(ejecting(1, 100), List.of(List.of(a), List.of(b)));
        answer(endpoints, a, 500);
        answer(endpoints, b, 500);

        assertNoneHealthy(endpoints);
        later(Duration.ofSeconds(30));
        assertThat(picked(endpoints)).isEqualTo("a");
    }

    @Test
    void saysThatThereIsNoEndpoint() {
        assertNoneHealthy(plain(List.of()));
        assertNoneHealthy(new Endpoints<>("default/b", List.of(), Optional.of(OutlierDetection.DEFAULT)));
        assertNoneHealthy(plain(List.of(endpoint("off", 0))));
    }

    @Test
    void remembersHealthAcrossReloads() {
        Endpoint<String> before = endpoint("a", 1);
        answer(endpoints(ejecting(1, 100), List.of(List.of(before))), before, 500);

        assertThat(endpoint("a", 5).health().ejected()).isTrue();

        registry.retain(Set.of());
        assertThat(endpoint("a", 5).health().ejected()).isFalse();
    }

    @Test
    void showsTheHealthOfAllEndpoints() {
        endpoint("a", 1);
        Endpoint<String> b = endpoint("b", 1);
        try (Pick<String> pick = plain(List.of(b)).pick(List.of())) {
            pick.failed();
            Map<String, String> shown = new HashMap<>();
            registry.forEach((id, health) ->
                    shown.put(id.name(), health.inFlight() + " running, " + health.consecutiveErrors() + " failed"));
            assertThat(shown).containsEntry("a", "0 running, 0 failed").containsEntry("b", "1 running, 1 failed");
        }
    }

    @Test
    void drawsByItselfWhenNotTold() {
        Endpoints<String> endpoints =
                new Endpoints<>("default/b", List.of(List.of(endpoint("a", 1), endpoint("b", 1))), Optional.empty());

        assertThat(picks(endpoints, 200)).containsOnlyKeys("a", "b");
    }
}
