package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;

/// Filter `RequestRedirect`: sends the client elsewhere. The query goes with it.
///
/// https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter
public final class Redirect implements AnsweringFilter {
    /// In front of a relative target that starts with two slashes: without it the path would read as a host (RFC
    /// 3986 §4.2).
    private static final String NOT_AN_AUTHORITY = "/.";

    private final HttpRoute.Redirect config;
    private final PathRewrite path;

    public Redirect(HttpRoute.Redirect config) {
        this.config = config;
        this.path = config.path().map(PathRewrite::of).orElse(PathRewrite.NONE);
    }

    @Override
    public DirectAnswer answer(Request request, int prefixSegments, int listenerPort) {
        String target = path.apply(request.path(), prefixSegments);
        String location = origin(request, target, listenerPort) + withQuery(target, request.query());
        return DirectAnswer.empty(config.statusCode(), new Headers().add(HeaderName.LOCATION, location));
    }

    /// What stands in front of the target: scheme and authority. A client that named no host gets a relative
    /// target.
    private String origin(Request request, String target, int listenerPort) {
        String host = config.hostname().orElseGet(request::host);
        if (host.isEmpty()) {
            return target.startsWith("//") ? NOT_AN_AUTHORITY : "";
        }
        String scheme = config.scheme().orElse(request.scheme());
        int port = port(listenerPort);
        return scheme + "://" + host + (port == wellKnownPort(scheme) ? "" : ":" + port);
    }

    private int port(int listenerPort) {
        int derived = config.scheme().map(Redirect::wellKnownPort).orElse(listenerPort);
        return config.port().orElse(derived);
    }

    private static int wellKnownPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String withQuery(String path, String query) {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
