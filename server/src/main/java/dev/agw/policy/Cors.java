package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;
import java.util.List;
import java.util.Optional;

/// Filter `CORS`: answers preflights, and says on other answers whether scripts of the asking origin may read them.
///
/// Where the route has this filter, it decides alone: CORS fields of the backend are taken off. An origin that is
/// not allowed gets no CORS fields; refusing is the browser's part. `*` for methods and request fields answers with
/// what the preflight asked for, because browsers take a literal `*` neither together with credentials nor for
/// `Authorization`.
///
/// https://fetch.spec.whatwg.org/#http-cors-protocol and https://gateway-api.sigs.k8s.io/geps/gep-1767/
public final class Cors implements Filter {
    private static final HeaderName ALLOW_ORIGIN = HeaderName.of("Access-Control-Allow-Origin");
    private static final HeaderName ALLOW_CREDENTIALS = HeaderName.of("Access-Control-Allow-Credentials");
    private static final HeaderName ALLOW_METHODS = HeaderName.of("Access-Control-Allow-Methods");
    private static final HeaderName ALLOW_HEADERS = HeaderName.of("Access-Control-Allow-Headers");
    private static final HeaderName EXPOSE_HEADERS = HeaderName.of("Access-Control-Expose-Headers");
    private static final HeaderName MAX_AGE = HeaderName.of("Access-Control-Max-Age");
    private static final HeaderName REQUEST_METHOD = HeaderName.of("Access-Control-Request-Method");
    private static final HeaderName REQUEST_HEADERS = HeaderName.of("Access-Control-Request-Headers");
    private static final String PREFLIGHT_VARIES_BY =
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

    private final List<OriginPattern> origins;
    private final boolean anyOrigin;
    private final boolean credentials;
    private final String methods;
    private final String requestFields;
    private final String exposed;
    private final String maxAge;

    public Cors(HttpRoute.Cors config) {
        origins = config.allowOrigins().stream().map(OriginPattern::of).toList();
        anyOrigin = config.allowOrigins().contains("*");
        credentials = config.allowCredentials();
        methods = listed(config.allowMethods());
        requestFields = listed(config.allowHeaders());
        exposed = listed(config.exposeHeaders());
        maxAge = Integer.toString(config.maxAge());
    }

    private static String listed(List<String> values) {
        return values.contains("*") ? "*" : String.join(", ", values);
    }

    /// The answer, if the request is a preflight: 204, with CORS fields if its origin is allowed.
    Optional<DirectAnswer> preflight(Request request) {
        Headers asked = request.headers();
        if (!request.method().equals("OPTIONS") || !asked.has(HeaderName.ORIGIN) || !asked.has(REQUEST_METHOD)) {
            return Optional.empty();
        }
        Headers fields = new Headers().add(HeaderName.VARY, PREFLIGHT_VARIES_BY);
        allowed(asked).ifPresent(origin -> {
            allow(fields, origin);
            addUnlessEmpty(fields, ALLOW_METHODS, granted(methods, asked, REQUEST_METHOD));
            addUnlessEmpty(fields, ALLOW_HEADERS, granted(requestFields, asked, REQUEST_HEADERS));
            fields.add(MAX_AGE, maxAge);
        });
        return Optional.of(DirectAnswer.empty(204, fields));
    }

    /// Puts the CORS fields of this route in place of those that the backend sent.
    void apply(Request received, Headers headers) {
        headers.remove(ALLOW_ORIGIN).remove(ALLOW_CREDENTIALS).remove(EXPOSE_HEADERS);
        allowed(received.headers()).ifPresent(origin -> {
            allow(headers, origin);
            addUnlessEmpty(headers, EXPOSE_HEADERS, exposed);
        });
        if (!sameForAll() && !headers.hasToken(HeaderName.VARY, "Origin")) {
            headers.add(HeaderName.VARY, "Origin");
        }
    }

    /// The value of `Access-Control-Allow-Origin` for this asker; empty if its origin is not allowed.
    private Optional<String> allowed(Headers asked) {
        return asked.first(HeaderName.ORIGIN).filter(this::allows).map(origin -> sameForAll() ? "*" : origin);
    }

    // Sandboxed documents and local files all call themselves "null": whose credentials these are, nobody knows.
    private boolean allows(String origin) {
        if (anyOrigin) {
            return !credentials || !origin.equals("null");
        }
        return origins.stream().anyMatch(pattern -> pattern.matches(origin));
    }

    private boolean sameForAll() {
        return anyOrigin && !credentials;
    }

    private void allow(Headers fields, String origin) {
        fields.add(ALLOW_ORIGIN, origin);
        if (credentials) {
            fields.add(ALLOW_CREDENTIALS, "true");
        }
    }

    private static String granted(String configured, Headers asked, HeaderName question) {
        return configured.equals("*") ? asked.first(question).orElse("") : configured;
    }

    private static void addUnlessEmpty(Headers fields, HeaderName name, String value) {
        if (!value.isEmpty()) {
            fields.add(name, value);
        }
    }
}
