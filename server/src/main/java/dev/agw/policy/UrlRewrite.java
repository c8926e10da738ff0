package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;

/// Filter `URLRewrite`: changes host and path before the backend is called. The query stays.
public final class UrlRewrite implements RequestFilter {
    private final HttpRoute.UrlRewrite config;
    private final PathRewrite path;

    public UrlRewrite(HttpRoute.UrlRewrite config) {
        this.config = config;
        this.path = config.path().map(PathRewrite::of).orElse(PathRewrite.NONE);
    }

    @Override
    public Request apply(Request request, int prefixSegments) {
        String target = path.apply(request.path(), prefixSegments);
        Request moved = request.withTarget(target, request.query());
        return config.hostname().map(host -> withHost(moved, host)).orElse(moved);
    }

    private static Request withHost(Request request, String host) {
        Request changed = request.withAuthority(host);
        if (!request.headers().has(HeaderName.HOST)) {
            return changed;
        }
        Headers headers = request.headers().copy();
        return changed.withHeaders(headers.set(HeaderName.HOST, host));
    }
}
