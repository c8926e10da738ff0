package dev.agw.route;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * Precedence, as Gateway API v1 has it (https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec):
 *
 *   hostname    exact, then the longest wildcard, then routes without hostnames
 *   path        Exact, then the longest PathPrefix, then RegularExpression
 *   conditions  with a method, then most header fields, then most query parameters
 *   route       the older, then the first by namespace/name
 *   rule        the first, and of its matches the first
 *
 * The last three are a total order on matches that no request changes, so they are sorted by it beforehand. Host and
 * path are looked up, level by level, in maps: the cost depends on labels and segments of the request, not on the
 * number of routes. Whatever level is reached, the first candidate whose conditions hold wins; if none holds, the
 * next level is tried.
 */
/// The routes of one listener. Immutable, safe from any thread.
///
/// @param <R> what a match yields
public final class RouteTable<R> {
    /// Longest name that DNS knows; longer ones are not worth a walk over their labels.
    private static final int LONGEST_HOST = 253;

    private static final String ANY_HOST = "";
    private static final Failure BAD_PATH = new Failure.BadRequest(400, "path has dot segments or invalid encoding");
    private static final Failure NO_ROUTE = new Failure.NotFound("no route matches the request");

    private final String listenerHostname;
    private final Map<String, PathIndex<R>> exactHosts;
    private final Map<String, PathIndex<R>> wildcardHosts;
    private final PathIndex<R> anyHost;

    private RouteTable(
            String listenerHostname,
            Map<String, PathIndex<R>> exactHosts,
            Map<String, PathIndex<R>> wildcardHosts,
            PathIndex<R> anyHost) {
        this.listenerHostname = listenerHostname;
        this.exactHosts = exactHosts;
        this.wildcardHosts = wildcardHosts;
        this.anyHost = anyHost;
    }

    /// A table for a listener without a hostname.
    public static <R> RouteTable<R> of(List<CompiledRoute<R>> routes) {
        return of(ANY_HOST, routes);
    }

    /// A table for a listener that takes requests for `listenerHostname` alone.
    ///
    /// @param listenerHostname in lower case, exact or with `*.` in front; empty for all
    public static <R> RouteTable<R> of(String listenerHostname, List<CompiledRoute<R>> routes) {
        return new RouteTable<R>(listenerHostname, Map.of(), Map.of(), PathIndex.empty()).with(List.of(), routes);
    }

    /// The table after a change of some routes. It costs what they cost, and shares the rest with this one.
    ///
    /// @param gone routes of this table, the very same
    /// @param come routes that are not in it
    public RouteTable<R> with(List<CompiledRoute<R>> gone, List<CompiledRoute<R>> come) {
        HostChanges<R> changes = HostChanges.of(gone, come);
        return new RouteTable<>(
                listenerHostname,
                HostChanges.applied(exactHosts, changes.exact()),
                HostChanges.applied(wildcardHosts, changes.wildcard()),
                anyHost.after(changes.any()));
    }

    /// The most specific match for a request.
    ///
    /// @throws ExchangeException 404 if there is none; 400 if the path could mean one thing here and another to a
    ///     backend: it has dot segments, open or disguised, or invalid percent-encoding
    public Match<R> match(Request request) {
        String path = NormalPath.of(request.path()).orElseThrow(() -> new ExchangeException(BAD_PATH));
        return find(hostOf(request), path, request).orElseThrow(() -> new ExchangeException(NO_ROUTE));
    }

    private Optional<Match<R>> find(String host, String path, Request request) {
        if (!isForListener(host)) {
            return Optional.empty();
        }
        PathIndex<R> exact = exactHosts.get(host);
        Optional<Match<R>> found = exact == null ? Optional.empty() : exact.find(path, request);
        if (found.isEmpty() && !wildcardHosts.isEmpty()) {
            found = findByWildcard(host, path, request);
        }
        return found.isEmpty() ? anyHost.find(path, request) : found;
    }

    // From the left: the more labels a wildcard fixes, the earlier it is met.
    private Optional<Match<R>> findByWildcard(String host, String path, Request request) {
        for (int dot = host.indexOf('.', 1); dot > 0; dot = host.indexOf('.', dot + 1)) {
            PathIndex<R> wildcard = wildcardHosts.get(host.substring(dot + 1));
            Optional<Match<R>> found = wildcard == null ? Optional.empty() : wildcard.find(path, request);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isForListener(String host) {
        return listenerHostname.startsWith("*.")
                ? host.endsWith(listenerHostname.substring(1)) && host.length() >= listenerHostname.length()
                : listenerHostname.equals(ANY_HOST) || listenerHostname.equals(host);
    }

    /// The host without the dot that may end a fully qualified name; [#ANY_HOST] if it cannot be a name.
    private static String hostOf(Request request) {
        String host = request.host();
        return host.length() > LONGEST_HOST ? ANY_HOST : host;
    }
}
