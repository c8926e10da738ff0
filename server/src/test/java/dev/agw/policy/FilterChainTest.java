package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterChainTest {
    private static final Request REQUEST = Requests.get("http://a/x", "Origin", "https://x");

    @Test
    void leavesTrafficAloneWithoutFilters() {
        Headers headers = Headers.of("X-A", "1");
        FilterChain chain = FilterChain.of(List.of());
        chain.onResponse(REQUEST, headers);
        assertThat(chain).isSameAs(FilterChain.NONE);
        assertThat(chain.onRequest(REQUEST, 0)).isSameAs(REQUEST);
        assertThat(chain.preflight(REQUEST)).isEmpty();
        assertThat(chain.answer(REQUEST, 0, 80)).isEmpty();
        assertThat(chain.answers()).isFalse();
        assertThat(headers).hasToString("X-A: 1\n");
    }

    @Test
    void appliesFiltersInTheirOrder() {
        RequestFilter first = (request, segments) -> request.withTarget(request.path() + "/first", "");
        RequestFilter second = (request, segments) -> request.withTarget(request.path() + "/second" + segments, "");
        assertThat(FilterChain.of(List.of(first, second)).onRequest(REQUEST, 3).path())
                .isEqualTo("/x/first/second3");
    }

    @Test
    void changesAnswersByCorsAndByResponseFilters() {
        Cors cors = new Cors(new HttpRoute.Cors(List.of("*"), false, List.of(), List.of(), List.of(), 5));
        ResponseFilter filter = (received, headers) -> headers.add("X-Path", received.path());
        Headers headers = new Headers();
        FilterChain.of(List.of(filter, cors)).onResponse(REQUEST, headers);
        assertThat(headers).hasToString("Access-Control-Allow-Origin: *\nX-Path: /x\n");
    }

    @Test
    void answersPreflightsApartFromOtherAnswers() {
        Cors cors = new Cors(new HttpRoute.Cors(List.of("*"), false, List.of(), List.of(), List.of(), 5));
        FilterChain chain = FilterChain.of(List.of(new DirectResponse(418, new Headers(), ""), cors));
        Request preflight =
                Requests.of("OPTIONS", "http://a/", "Origin", "https://x", "Access-Control-Request-Method", "GET");
        assertThat(chain.preflight(preflight)).map(DirectAnswer::status).contains(204);
        assertThat(chain.preflight(REQUEST)).isEmpty();
        assertThat(chain.answer(REQUEST, 0, 80)).map(DirectAnswer::status).contains(418);
        assertThat(chain.answers()).isTrue();
    }
}
