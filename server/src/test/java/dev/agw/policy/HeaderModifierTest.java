package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute.HeaderModifier;
import dev.agw.resource.HttpRoute.HeaderValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderModifierTest {
    private static final HeaderModifier MODIFIER = new HeaderModifier(
            List.of(new HeaderValue("X-Set", "new")),
            List.of(new HeaderValue("X-Add", "second"), new HeaderValue("X-Set", "added")),
            List.of("x-remove"));

    @Test
    void setsThenAddsThenRemoves() {
        Headers headers =
                Headers.of("x-set", "old", "X-Add", "first", "X-Remove", "a", "X-Remove", "b", "X-Set", "old");
        new ResponseHeaderModifier(MODIFIER).apply(Requests.get("http://a/"), headers);
        assertThat(headers).hasToString("X-Add: first\nX-Set: new\nX-Add: second\nX-Set: added\n");
    }

    @Test
    void removalHasTheLastWord() {
        HeaderModifier modifier = new HeaderModifier(
                List.of(new HeaderValue("X-A", "1")), List.of(new HeaderValue("X-A", "2")), List.of("X-A"));
        Headers headers = new Headers();
        new ResponseHeaderModifier(modifier).apply(Requests.get("http://a/"), headers);
        assertThat(headers.size()).isZero();
    }

    @Test
    void changesACopyOfTheRequestForARetryNeedsTheOriginal() {
        Request request = Requests.get("http://a/", "X-Add", "first");
        RequestHeaderModifier filter = new RequestHeaderModifier(MODIFIER);
        filter.apply(request, 0);
        Request again = filter.apply(request, 0);
        assertThat(request.headers()).hasToString("X-Add: first\n");
        assertThat(again.headers()).hasToString("X-Add: first\nX-Set: new\nX-Add: second\nX-Set: added\n");
    }
}
