package dev.agw.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which listeners of a Gateway take a route.
final class Attachments {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private Attachments() {}

    /// The listeners that a parentRef of a route in `namespace` names and that allow it.
    ///
    /// @param kind HTTPRoute or TLSRoute
    static List<Attachment> asked(String kind, Gateway gateway, HttpRoute.ParentRef ref, String namespace) {
        return listeners(kind, gateway).stream()
                .filter(listener ->
                        named(listener, ref) && allowed(gateway, listener, namespace, Gateway.FromNamespaces.Same))
                .map(listener -> new Attachment(gateway, listener))
                .toList();
    }

    /// The listeners that take a route in `namespace` which names no Gateway.
    static List<Attachment> unasked(String kind, Gateway gateway, String namespace) {
        return listeners(kind, gateway).stream()
                .filter(listener -> allowed(gateway, listener, namespace, Gateway.FromNamespaces.All))
                .map(listener -> new Attachment(gateway, listener))
                .toList();
    }

    /// Whether the parentRef means this listener, allowed or not.
    static boolean named(Gateway.Listener listener, HttpRoute.ParentRef ref) {
        return ref.sectionName().map(listener.name()::equals).orElse(true)
                && ref.port().map(port -> port == listener.port()).orElse(true);
    }

    private static List<Gateway.Listener> listeners(String kind, Gateway gateway) {
        return gateway.spec().listeners().stream()
                .filter(listener -> speaks(listener, kind) && takes(listener, kind))
                .toList();
    }

    private static boolean speaks(Gateway.Listener listener, String kind) {
        return kind.equals("TLSRoute") ? listener.protocol() == Gateway.Protocol.TLS : listener.http();
    }

    private static boolean takes(Gateway.Listener listener, String wanted) {
        List<Gateway.RouteKind> kinds = listener.allowedRoutes().kinds();
        return kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.kind().equals(wanted));
    }

    private static boolean allowed(
            Gateway gateway, Gateway.Listener listener, String namespace, Gateway.FromNamespaces unsaid) {
        Optional<Gateway.RouteNamespaces> namespaces = listener.allowedRoutes().namespaces();
        return switch (namespaces.map(Gateway.RouteNamespaces::from).orElse(unsaid)) {
            case All -> true;
            case Same -> gateway.metadata().namespace().equals(namespace);
            case Selector ->
                namespaces
                        .flatMap(Gateway.RouteNamespaces::selector)
                        .map(selector -> selector.fits(Map.of(NAME_LABEL, namespace)))
                        .orElse(false);
            case None -> false;
        };
    }
}
