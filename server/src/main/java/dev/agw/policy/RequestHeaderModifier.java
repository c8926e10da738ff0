package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;

/// Filter `RequestHeaderModifier`: changes fields of the request.
public final class RequestHeaderModifier implements RequestFilter {
    private final HeaderChanges changes;

    public RequestHeaderModifier(HttpRoute.HeaderModifier modifier) {
        changes = HeaderChanges.of(modifier);
    }

    @Override
    public Request apply(Request request, int prefixSegments) {
        Headers changed = request.headers().copy();
        changes.apply(changed);
        return request.withHeaders(changed);
    }
}
