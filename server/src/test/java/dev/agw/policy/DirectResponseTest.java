package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.http.Headers;
import org.junit.jupiter.api.Test;

class DirectResponseTest {
    @Test
    void answersTheSameToEverybody() {
        DirectResponse filter = new DirectResponse(503, Headers.of("Retry-After", "30"), "down for repairs");
        filter.answer(Requests.get("http://a/"), 0, 80).headers().add("X-Seen", "1");
        DirectAnswer answer = filter.answer(Requests.get("http://a/"), 0, 80);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).hasToString("Retry-After: 30\nContent-Type: text/plain; charset=utf-8\n");
        assertThat(answer.body()).asString().isEqualTo("down for repairs");
    }

    @Test
    void keepsTheContentTypeItWasGiven() {
        DirectResponse filter = new DirectResponse(200, Headers.of("content-type", "application/json"), "{}");
        assertThat(filter.answer(Requests.get("http://a/"), 0, 80).headers())
                .hasToString("content-type: application/json\n");
    }

    @Test
    void hasNoContentTypeWithoutABody() {
        DirectResponse filter = new DirectResponse(404, new Headers(), "");
        assertThat(filter.answer(Requests.get("http://a/"), 0, 80).headers().size())
                .isZero();
    }

    @Test
    void refusesStatusesThatEndNothing() {
        assertThatThrownBy(() -> new DirectResponse(101, new Headers(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101");
        assertThatThrownBy(() -> new DirectResponse(600, new Headers(), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
