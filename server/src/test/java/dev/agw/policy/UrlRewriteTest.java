package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Request;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.PathModifier;
import dev.agw.resource.HttpRoute.PathModifierType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UrlRewriteTest {
    private static final PathModifier STRIP =
            new PathModifier(PathModifierType.ReplacePrefixMatch, Optional.empty(), Optional.of("/"));

    @Test
    void rewritesThePathAndKeepsTheQuery() {
        UrlRewrite filter = new UrlRewrite(new HttpRoute.UrlRewrite(Optional.empty(), Optional.of(STRIP)));
        Request changed = filter.apply(Requests.get("http://a:8080/openai/v1/models?limit=2"), 1);
        assertThat(changed.target()).isEqualTo("/v1/models?limit=2");
        assertThat(changed.authority()).isEqualTo("a:8080");
    }

    @Test
    void rewritesTheHostWhereverItStands() {
        UrlRewrite filter = new UrlRewrite(new HttpRoute.UrlRewrite(Optional.of("b.example"), Optional.empty()));
        Request request = Requests.get("http://a:8080/x", "Host", "a:8080", "Accept", "*/*");
        Request changed = filter.apply(request, 0);
        assertThat(changed.authority()).isEqualTo("b.example");
        assertThat(changed.headers()).hasToString("Accept: */*\nHost: b.example\n");
        assertThat(request.headers()).hasToString("Host: a:8080\nAccept: */*\n");
    }

    @Test
    void addsNoHostFieldWhereTheAuthorityCameByPseudoHeader() {
        UrlRewrite filter = new UrlRewrite(new HttpRoute.UrlRewrite(Optional.of("b.example"), Optional.empty()));
        Request changed = filter.apply(Requests.get("https://a/x"), 0);
        assertThat(changed.authority()).isEqualTo("b.example");
        assertThat(changed.headers().size()).isZero();
    }
}
