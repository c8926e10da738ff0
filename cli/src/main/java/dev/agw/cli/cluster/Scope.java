package dev.agw.cli.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which part of a cluster is looked at.
///
/// @param namespace of the gateways
/// @param monitoring namespace of rules and monitors, beside that of the gateways
/// @param selector labels of the deployment, as `kubectl -l` takes them
/// @param deployment its name
public record Scope(
        String namespace, Optional<String> monitoring, Optional<String> selector, Optional<String> deployment) {
    List<String> namespaces(ObjectKind.Where where) {
        return switch (where) {
            case CLUSTER -> List.of("");
            case MONITORING ->
                Stream.concat(Stream.of(namespace), monitoring.stream())
                        .distinct()
                        .toList();
            case NAMED, OF_THE_DEPLOYMENT, NAMESPACE -> List.of(namespace);
        };
    }
}
