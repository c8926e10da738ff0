package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;

/// Filter `ResponseHeaderModifier`: changes fields of the answer.
public final class ResponseHeaderModifier implements ResponseFilter {
    private final HeaderChanges changes;

    public ResponseHeaderModifier(HttpRoute.HeaderModifier modifier) {
        changes = HeaderChanges.of(modifier);
    }

    @Override
    public void apply(Request received, Headers headers) {
        changes.apply(headers);
    }
}
