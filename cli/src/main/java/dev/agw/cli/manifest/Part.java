package dev.agw.cli.manifest;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Objects that are asked for by one name. An object is added by a line here.
record Part(String name, Function<Plan, List<Manifest>> manifests) {
    /// In the order in which they are applied.
    static final List<Part> OBJECTS = List.of(
            new Part("service-account", plan -> List.of(new ServiceManifests(plan).account())),
            new Part("rbac", plan -> new AccessManifests(plan).manifests()),
            new Part("config", plan -> new ConfigMaps(plan).manifests()),
            new Part("service", plan -> List.of(new ServiceManifests(plan).service())),
            new Part("deployment", plan -> List.of(new DeploymentManifest(plan).manifest())),
            new Part("hpa", plan -> new Autoscaler(plan).manifest().stream().toList()),
            new Part("pdb", plan -> List.of(new BudgetManifest(plan).manifest())),
            new Part(
                    "network-policy",
                    plan -> new NetworkManifest(plan).manifest().stream().toList()),
            new Part("monitor", plan -> new Monitors(plan).manifests()));

    /// What says the same to a controller; never together with the objects themselves.
    static final List<Part> PARAMETERS = List.of(
            new Part("enterprise-parameters", plan -> List.of(new ParametersManifests(plan).enterprise())),
            new Part("gateway-parameters", plan -> List.of(new ParametersManifests(plan).gateway())));

    /// The names of all parts.
    static List<String> names() {
        return Stream.concat(OBJECTS.stream(), PARAMETERS.stream())
                .map(Part::name)
                .toList();
    }

    /// Those objects of these parts that are asked for.
    static List<Manifest> chosen(List<Part> parts, Plan plan, Collection<String> names) {
        return parts.stream()
                .flatMap(part -> part.manifests().apply(plan).stream()
                        .filter(manifest -> names.stream().anyMatch(name -> part.names(manifest, name))))
                .toList();
    }

    /// Whether an object of this part is meant by that name: of the part, the kind or the file.
    boolean names(Manifest manifest, String wanted) {
        return Stream.of(name, manifest.kind(), manifest.file()).anyMatch(wanted::equalsIgnoreCase);
    }
}
