package dev.agw.route;

import dev.agw.exchange.Failure;
import dev.agw.exchange.RouteRef;
import dev.agw.policy.FilterChain;
import dev.agw.policy.RetryPolicy;
import dev.agw.policy.Timeouts;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.FilterType;
import dev.agw.resource.HttpRoute.PathModifier;
import dev.agw.resource.HttpRoute.PathModifierType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes HTTPRoutes ready for tables, and collects what is wrong with them. One per configuration; not thread-safe.
///
/// A rule with a problem that does not concern its matches is compiled to answer 500: left out, its requests would
/// fall to a less specific rule that was not written for them. A match with a problem cannot be looked up and is
/// left out.
///
/// @param <T> the caller's handle of a backend
public final class RouteCompiler<T> {
    private static final Set<FilterType> FOR_BACKENDS = EnumSet.of(
            FilterType.RequestHeaderModifier,
            FilterType.ResponseHeaderModifier,
            FilterType.URLRewrite,
            FilterType.RequestMirror);

    private static final int HEAVIEST = 1_000_000;
    private static final int LONGEST_HOST = 253;
    private static final Pattern HOSTNAME = Pattern.compile("(?:\\*\\.)?[-_0-9a-z]+(?:\\.[-_0-9a-z]+)*");

    /// What requests never end in where there is a backend with a weight.
    private static final Failure NEVER = new Failure.NoHealthyBackend("no backend");

    private final References<T> references;
    private final List<CompileProblem> problems = new ArrayList<>();

    public RouteCompiler(References<T> references) {
        this.references = references;
    }

    /// What is wrong with the routes compiled so far.
    public List<CompileProblem> problems() {
        return List.copyOf(problems);
    }

    /// Compiles a route whose age is not known: precedence goes by name.
    public CompiledRoute<Rule<T>> compile(HttpRoute route) {
        return compile(route, Instant.EPOCH);
    }

    /// Compiles a route.
    ///
    /// @param created the older of two equally specific routes wins
    public CompiledRoute<Rule<T>> compile(HttpRoute route, Instant created) {
        String name = route.metadata().qualifiedName();
        Place spec = new Place(name, "spec", problems);
        List<CompiledRoute.Branch<Rule<T>>> branches = new ArrayList<>();
        for (int i = 0; i < route.spec().rules().size(); i++) {
            branches.add(branch(route, i, spec.at("rules").item(i)));
        }
        return new CompiledRoute<>(name, created, hostnames(route.spec().hostnames(), spec), branches);
    }

    private static List<String> hostnames(List<String> configured, Place spec) {
        List<String> hostnames = new ArrayList<>(configured.size());
        for (int i = 0; i < configured.size(); i++) {
            String hostname = configured.get(i).toLowerCase(Locale.ROOT);
            if (hostname.length() > LONGEST_HOST || !HOSTNAME.matcher(hostname).matches()) {
                spec.at("hostnames").item(i).problem("is not a hostname, exact or with *. in front, without port");
            }
            hostnames.add(hostname);
        }
        return hostnames;
    }

    private CompiledRoute.Branch<Rule<T>> branch(HttpRoute route, int index, Place place) {
        HttpRoute.Rule config = route.spec().rules().get(index);
        List<CompiledRoute.Matcher> matchers = MatchCompiler.compile(config, place);
        RouteRef ref = new RouteRef(place.route(), config.name().orElseGet(() -> Integer.toString(index)));
        int before = problems.size();
        checkPrefixes(config, matchers, place);
        Rule<T> rule = rule(config, ref, route.metadata().namespace(), place);
        return new CompiledRoute.Branch<>(problems.size() == before ? rule : broken(ref), matchers);
    }

    private Rule<T> rule(HttpRoute.Rule config, RouteRef ref, String namespace, Place place) {
        FilterCompiler.Compiled<T> filters =
                new FilterCompiler<>(references, namespace).compile(config.filters(), place.at("filters"));
        if (has(config.filters(), FilterType.RequestRedirect)
                && !config.backendRefs().isEmpty()) {
            place.problem("has both a RequestRedirect and backendRefs; a redirected request reaches no backend");
        }
        return new Rule<>(
                ref,
                filters.chain(),
                filters.mirrors(),
                backends(config.backendRefs(), ref, namespace, place.at("backendRefs")),
                timeouts(config, place.at("timeouts")),
                retry(config, place.at("retry")),
                filters.extensions());
    }

    private static <T> Rule<T> broken(RouteRef ref) {
        Failure failure = new Failure.Internal("rule " + ref.rule() + " of route " + ref.route() + " is not valid");
        return new Rule<>(
                ref,
                FilterChain.NONE,
                List.of(),
                new Backends<>(List.of(), failure),
                Timeouts.NONE,
                RetryPolicy.NONE,
                List.of());
    }

    /// No backendRefs at all is no backend found, 404; some that all weigh nothing are backends that may not be
    /// used, 503.
    private Backends<T> backends(List<BackendRef> refs, RouteRef ref, String namespace, Place place) {
        List<Backends.Slot<T>> slots = new ArrayList<>(refs.size());
        for (int i = 0; i < refs.size(); i++) {
            slots.add(slot(refs.get(i), namespace, place.item(i)));
        }
        return new Backends<>(slots, none(refs, ref));
    }

    private static Failure none(List<BackendRef> refs, RouteRef ref) {
        if (refs.stream().anyMatch(one -> one.weight() > 0)) {
            return NEVER;
        }
        String where = "rule " + ref.rule() + " of route " + ref.route();
        return refs.isEmpty()
                ? new Failure.NotFound(where + " has no backend")
                : new Failure.NoHealthyBackend(where + " has no backend with a weight above 0");
    }

    private Backends.Slot<T> slot(BackendRef ref, String namespace, Place place) {
        if (ref.weight() < 0 || ref.weight() > HEAVIEST) {
            place.at("weight").problem("must be from 0 to " + HEAVIEST);
        }
        for (int i = 0; i < ref.filters().size(); i++) {
            if (!FOR_BACKENDS.contains(ref.filters().get(i).type())) {
                place.at("filters").item(i).problem("is a filter for rules, not for a backend");
            }
        }
        FilterCompiler.Compiled<T> filters =
                new FilterCompiler<>(references, namespace).compile(ref.filters(), place.at("filters"));
        Optional<T> target = references.backend(namespace, ref);
        return target.isPresent()
                ? new Backends.Slot.Present<>(
                        ref.weight(), new Backends.Destination<>(target.get(), filters.chain(), filters.mirrors()))
                : new Backends.Slot.Missing<>(ref.weight(), missing(ref, namespace));
    }

    private static Failure missing(BackendRef ref, String namespace) {
        return new Failure.NoHealthyBackend(
                "backend " + ref.namespace().orElse(namespace) + "/" + ref.name() + " does not exist");
    }

    private static Timeouts timeouts(HttpRoute.Rule config, Place place) {
        Timeouts timeouts = config.timeouts().map(Timeouts::of).orElse(Timeouts.NONE);
        if (timeouts.requestNanos() < 0 || timeouts.backendRequestNanos() < 0) {
            place.problem("must not be negative");
        } else if (timeouts.requestNanos() > 0
                && timeouts.backendRequestNanos() < Timeouts.NEVER
                && timeouts.backendRequestNanos() > timeouts.requestNanos()) {
            place.at("backendRequest").problem("is longer than the whole request may take");
        }
        return timeouts;
    }

    private static RetryPolicy retry(HttpRoute.Rule config, Place place) {
        Optional<HttpRoute.Retry> retry = config.retry();
        if (retry.isEmpty()) {
            return RetryPolicy.NONE;
        }
        if (retry.get().attempts() < 0) {
            place.at("attempts").problem("must not be negative");
        }
        if (retry.get().backoff().compareTo(Duration.ZERO) < 0) {
            place.at("backoff").problem("must not be negative");
        }
        if (!retry.get().codes().stream().allMatch(code -> code >= 400 && code <= 599)) {
            place.at("codes").problem("must be from 400 to 599");
        }
        return RetryPolicy.of(retry.get());
    }

    private static void checkPrefixes(HttpRoute.Rule config, List<CompiledRoute.Matcher> matchers, Place place) {
        boolean prefixesOnly = matchers.stream().allMatch(matcher -> matcher.path() instanceof PathPattern.Prefix);
        if (!prefixesOnly && pathModifiers(config).anyMatch(PathModifierType.ReplacePrefixMatch::equals)) {
            place.problem("has a ReplacePrefixMatch, so each of its matches must be a PathPrefix");
        }
    }

    private static Stream<PathModifierType> pathModifiers(HttpRoute.Rule config) {
        return Stream.concat(
                        config.filters().stream(), config.backendRefs().stream().flatMap(ref -> ref.filters().stream()))
                .flatMap(filter -> Stream.concat(
                        filter.requestRedirect().flatMap(HttpRoute.Redirect::path).stream(),
                        filter.urlRewrite().flatMap(HttpRoute.UrlRewrite::path).stream()))
                .map(PathModifier::type);
    }

    private static boolean has(List<HttpRoute.Filter> filters, FilterType type) {
        return filters.stream().anyMatch(filter -> filter.type() == type);
    }
}
