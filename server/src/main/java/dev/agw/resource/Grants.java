package dev.agw.resource;

import java.util.List;

/// Who may refer to what in another namespace.
///
/// https://gateway-api.sigs.k8s.io/api-types/referencegrant/
///
/// @param grants all of the set
record Grants(List<ReferenceGrant> grants) {
    boolean allow(String fromKind, String fromNamespace, ResourceKey target) {
        return fromNamespace.equals(target.namespace())
                || grants.stream()
                        .filter(grant -> grant.metadata().namespace().equals(target.namespace()))
                        .map(ReferenceGrant::spec)
                        .anyMatch(spec -> from(spec, fromKind, fromNamespace) && to(spec, target));
    }

    private static boolean from(ReferenceGrant.Spec spec, String kind, String namespace) {
        return spec.from().stream()
                .anyMatch(from -> from.kind().equals(kind)
                        && from.group().equals(group(kind))
                        && from.namespace().equals(namespace));
    }

    private static boolean to(ReferenceGrant.Spec spec, ResourceKey target) {
        return spec.to().stream()
                .anyMatch(to -> to.kind().equals(target.kind())
                        && to.group().equals(group(target.kind()))
                        && to.name().map(target.name()::equals).orElse(true));
    }

    private static String group(String kind) {
        return Kinds.named(kind).map(Kinds.Kind::group).orElse("");
    }
}
