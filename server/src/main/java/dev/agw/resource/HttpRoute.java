package dev.agw.resource;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `HTTPRoute` of gateway.networking.k8s.io/v1, experimental fields included.
///
/// https://gateway-api.sigs.k8s.io/reference/spec/#httproute
@Doc("Which requests go to which backends, and what happens to them on the way.")
public record HttpRoute(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("What the route is attached to, which hosts it is for, and its rules.")
    public record Spec(
            @Doc("Gateways (and listeners) the route attaches to. Absent: every Gateway of the set.")
            List<ParentRef> parentRefs,

            @Doc("Hosts the route is for: exact, or with `*.` in front. Absent: those of the listener.")
            List<String> hostnames,

            @Doc("Rules; the most specific match of all routes wins, not the first.")
            List<Rule> rules) {}

    @Doc("A Gateway, or one of its listeners.")
    public record ParentRef(
            @Doc(value = "API group.", byDefault = "gateway.networking.k8s.io")
            Optional<String> group,

            @Doc(value = "Kind.", byDefault = "Gateway") Optional<String> kind,

            @Doc("Namespace of the Gateway. Absent: the route's own.")
            Optional<String> namespace,

            @Doc("Name of the Gateway.") String name,

            @Doc("Name of one listener. Absent: all that allow the route.")
            Optional<String> sectionName,

            @Doc("Port of the listeners. Absent: all.") @Range(min = 1, max = 65_535)
            Optional<Integer> port) {}

    @Doc("Matches, and what is done with the requests that fit one of them.")
    public record Rule(
            @Doc("Name of the rule, as metrics show it. Absent: its index.")
            Optional<String> name,

            @Doc(value = "A request fits the rule if it fits one of these.", byDefault = "path prefix /")
            List<Match> matches,

            @Doc("Filters, applied in the order of this list.")
            List<Filter> filters,

            @Doc("Backends that share the requests by weight.")
            List<BackendRef> backendRefs,

            @Doc("Time limits.") Optional<Timeouts> timeouts,
            @Doc("Retries of failed calls.") Optional<Retry> retry) {}

    @Doc("Conditions that must all hold.")
    public record Match(
            @Doc("Condition on the path.") Optional<PathMatch> path,
            @Doc("Conditions on header fields.") List<ValueMatch> headers,
            @Doc("Conditions on query parameters.") List<ValueMatch> queryParams,

            @Doc("HTTP method, in upper case.")
            @Allowed({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"})
            Optional<String> method) {}

    @Doc("A condition on the path.")
    public record PathMatch(
            @Doc(value = "How value is meant.", byDefault = "PathPrefix")
            PathMatchType type,

            @Doc(value = "Path, prefix (whole segments) or regular expression (the whole path).", byDefault = "/")
            String value) {
        public PathMatch {
            switch (type) {
                case Exact, PathPrefix -> absolute(value);
                case RegularExpression -> compilable(value);
            }
        }
    }

    public enum PathMatchType {
        Exact,
        PathPrefix,
        RegularExpression
    }

    @Doc("A condition on a named value.")
    public record ValueMatch(
            @Doc(value = "How value is meant.", byDefault = "Exact")
            ValueMatchType type,

            @Doc("Name; header names in any case.") String name,

            @Doc("Value, or regular expression for the whole value.")
            String value) {
        public ValueMatch {
            if (type == ValueMatchType.RegularExpression) {
                compilable(value);
            }
        }
    }

    public enum ValueMatchType {
        Exact,
        RegularExpression
    }

    @Doc("One step on the way of a request. Which field belongs to it, its type says.")
    public record Filter(
            @Doc("What the filter does.") FilterType type,
            @Doc("For RequestHeaderModifier.") Optional<HeaderModifier> requestHeaderModifier,
            @Doc("For ResponseHeaderModifier.") Optional<HeaderModifier> responseHeaderModifier,
            @Doc("For RequestRedirect.") Optional<Redirect> requestRedirect,
            @Doc("For URLRewrite.") Optional<UrlRewrite> urlRewrite,
            @Doc("For RequestMirror.") Optional<Mirror> requestMirror,
            @Doc("For CORS.") Optional<Cors> cors,

            @Doc("For ExtensionRef: a DirectResponse or a TrafficPolicy.")
            Optional<ExtensionRef> extensionRef) {
        public Filter {
            Optional<?> own = switch (type) {
                case RequestHeaderModifier -> requestHeaderModifier;
                case ResponseHeaderModifier -> responseHeaderModifier;
                case RequestRedirect -> requestRedirect;
                case URLRewrite -> urlRewrite;
                case RequestMirror -> requestMirror;
                case CORS -> cors;
                case ExtensionRef -> extensionRef;
            };
            if (own.isEmpty()) {
                throw new InvalidValueException("a filter of type " + type + " needs the field of that name");
            }
        }
    }

    public enum FilterType {
        RequestHeaderModifier,
        ResponseHeaderModifier,
        RequestRedirect,
        URLRewrite,
        RequestMirror,
        CORS,
        ExtensionRef
    }

    @Doc("Changes of header fields.")
    public record HeaderModifier(
            @Doc("Fields that replace those of the same name.")
            List<HeaderValue> set,

            @Doc("Fields added behind those of the same name.")
            List<HeaderValue> add,

            @Doc("Names of fields to take away.") List<String> remove) {}

    @Doc("A header field.")
    public record HeaderValue(
            @Doc("Name.") String name, @Doc("Value.") String value) {}

    @Doc("An answer that sends the client elsewhere.")
    public record Redirect(
            @Doc("Scheme of the target. Absent: the request's.")
            Optional<String> scheme,

            @Doc("Host of the target. Absent: the request's.")
            Optional<String> hostname,

            @Doc("Path of the target. Absent: the request's.")
            Optional<PathModifier> path,

            @Doc("Port of the target. Absent: the scheme's own if scheme is set, else the listener's.")
            @Range(min = 1, max = 65_535)
            Optional<Integer> port,

            @Doc(value = "301, 302, 303, 307 or 308.", byDefault = "302") @Allowed({"301", "302", "303", "307", "308"})
            int statusCode) {}

    @Doc("Changes of host and path before the backend is called.")
    public record UrlRewrite(
            @Doc("Host to send. Absent: the request's.") Optional<String> hostname,
            @Doc("Path to send. Absent: the request's.") Optional<PathModifier> path) {}

    @Doc("A change of the path.")
    public record PathModifier(
            @Doc("What is replaced.") PathModifierType type,
            @Doc("New path, for ReplaceFullPath.") Optional<String> replaceFullPath,

            @Doc("What stands for the matched prefix, for ReplacePrefixMatch.")
            Optional<String> replacePrefixMatch) {}

    public enum PathModifierType {
        ReplaceFullPath,
        ReplacePrefixMatch
    }

    @Doc("A copy of the requests, body included, to another backend, whose answers are thrown away.")
    public record Mirror(
            @Doc("Where the copies go.") BackendRef backendRef,

            @Doc(value = "Share of the requests that is copied.", unit = "percent", byDefault = "100") @Range(max = 100)
            Optional<Integer> percent,

            @Doc("The share as a fraction.") Optional<Fraction> fraction) {}

    @Doc("A share.")
    public record Fraction(
            @Doc("Numerator.") int numerator,

            @Doc(value = "Denominator.", byDefault = "100") @Range(min = 1)
            int denominator) {
        public Fraction {
            if (numerator > denominator) {
                throw new InvalidValueException("expected at most 1, found " + numerator + "/" + denominator);
            }
        }
    }

    @Doc("Cross-origin resource sharing: preflights are answered here, other answers get the CORS fields.")
    public record Cors(
            @Doc("Origins: exact, `https://*.example.com`, or `*`.")
            List<String> allowOrigins,

            @Doc(value = "Whether credentials may be sent.", byDefault = "false")
            boolean allowCredentials,

            @Doc("Methods; `*` for all.") List<String> allowMethods,
            @Doc("Request fields; `*` for all.") List<String> allowHeaders,
            @Doc("Response fields that scripts may read.") List<String> exposeHeaders,

            @Doc(value = "How long a preflight's answer may be kept.", unit = "seconds", byDefault = "5")
            int maxAge) {}

    @Doc("A resource that says what the filter does.")
    public record ExtensionRef(
            @Doc("API group.") String group,
            @Doc("Kind.") String kind,
            @Doc("Name.") String name) {}

    @Doc("A backend and its share of the requests.")
    public record BackendRef(
            @Doc("API group. Absent: found by kind.") Optional<String> group,

            @Doc("Kind: Backend or Service. Absent: a Backend of that name, else a Service.")
            Optional<String> kind,

            @Doc("Namespace. Absent: the route's own; another needs a ReferenceGrant.")
            Optional<String> namespace,

            @Doc("Name.") String name,

            @Doc("Port of a Service.") @Range(min = 1, max = 65_535)
            Optional<Integer> port,

            @Doc(value = "Share of the requests, relative to the other weights.", byDefault = "1")
            @Range(max = 1_000_000)
            int weight,

            @Doc("Filters for requests that go to this backend.")
            List<Filter> filters) {}

    @Doc("Time limits; 0s is none.")
    public record Timeouts(
            @Doc("From the arrival of a request to the end of its answer.")
            Optional<Duration> request,

            @Doc("From one call of the backend to the head of its answer.")
            Optional<Duration> backendRequest) {}

    @Doc("Retries, before the first byte of an answer went out.")
    public record Retry(
            @Doc("Statuses of answers to retry; failed connections always are.") @Range(min = 400, max = 599)
            List<Integer> codes,

            @Doc(value = "Most retries of one request.", byDefault = "1")
            int attempts,

            @Doc(value = "Least wait before a retry; doubles each time, with jitter.", byDefault = "25ms")
            Duration backoff) {}

    private static void absolute(String path) {
        if (!path.startsWith("/")) {
            throw new InvalidValueException("expected a path that begins with /, found \"" + path + "\"");
        }
    }

    private static void compilable(String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException("no regular expression: " + e.getDescription() + " in \"" + regex + "\"");
        }
    }
}
