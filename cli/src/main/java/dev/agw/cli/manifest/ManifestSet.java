package dev.agw.cli.manifest;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader.Reading;
import dev.agw.schema.Nearest;
import dev.agw.schema.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The objects that a set of gateways is made of, ready to be written in each of their forms.
///
/// @param name of the gateways
/// @param renderedBy version of agw
public record ManifestSet(String name, String renderedBy, List<Manifest> manifests) {
    /// What is asked for.
    ///
    /// @param names of parts, kinds or files, whatever their case; none for all but parameters
    /// @param renderedBy version of agw
    public record Wish(Collection<String> names, String renderedBy) {}

    /// The names of all parts.
    public static List<String> names() {
        return Part.names();
    }

    /// The set for those values; empty if something is wrong, which is then added to `problems`.
    public static Optional<ManifestSet> of(Reading reading, ConfigFolder config, Wish wish, List<Problem> problems) {
        problems.addAll(reading.problems());
        if (reading.values().isEmpty()) {
            return Optional.empty();
        }
        Operations values = reading.values().get();
        GatewaySettings settings = GatewaySettings.of(values.deployment(), config, problems);
        Plan plan = new Plan(values, config, settings, wish.renderedBy());
        Findings findings = new Findings(reading, problems);
        new Contradictions(plan, findings).find();
        if (problems.stream().anyMatch(Problem::error)) {
            return Optional.empty();
        }
        List<Manifest> chosen = chosen(plan, wish.names(), findings);
        return problems.stream().anyMatch(Problem::error)
                ? Optional.empty()
                : Optional.of(new ManifestSet(values.naming().name(), wish.renderedBy(), chosen));
    }

    private static List<Manifest> chosen(Plan plan, Collection<String> names, Findings findings) {
        if (names.isEmpty()) {
            return Part.chosen(Part.OBJECTS, plan, Part.names());
        }
        List<Manifest> chosen = new ArrayList<>(Part.chosen(Part.OBJECTS, plan, names));
        List<Manifest> parameters = Part.chosen(Part.PARAMETERS, plan, names);
        if (!chosen.isEmpty() && !parameters.isEmpty()) {
            findings.error(
                    "deployment",
                    "a controller makes from parameters what is asked for beside them, so it would be there twice",
                    "render one or the other");
        }
        if (!parameters.isEmpty()) {
            untold(plan, findings);
        }
        names.stream()
                .filter(name -> Part.chosen(Part.OBJECTS, plan, List.of(name)).isEmpty()
                        && Part.chosen(Part.PARAMETERS, plan, List.of(name)).isEmpty())
                .forEach(name ->
                        findings.error("deployment", "with these values there is no \"" + name + "\"", hint(name)));
        chosen.addAll(parameters);
        return chosen;
    }

    /// What a controller does not learn from parameters.
    private static void untold(Plan plan, Findings findings) {
        List<String> secrets = plan.deployment().environment().secrets();
        if (!secrets.isEmpty()) {
            findings.warning(
                    "deployment.environment.secrets",
                    "parameters do not name " + String.join(", ", secrets)
                            + ", so gateways of a controller do not have these variables",
                    "give them to the gateways by the controller");
        }
        if (plan.config().settings().isPresent() || !plan.config().files().isEmpty()) {
            findings.warning(
                    "deployment",
                    "parameters do not hold what --config names",
                    "apply its manifests to the cluster, where the controller reads them");
        }
    }

    private static String hint(String name) {
        return Part.names().contains(name)
                ? "it is switched off"
                : Nearest.hint(name, Part.names()) + "; there are " + String.join(", ", Part.names());
    }
}
