package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Picks things by their labels, the way Kubernetes does.
@Doc("Conditions on labels that must all hold.")
public record LabelSelector(
        @Doc("Labels and the values they must have.") Map<String, String> matchLabels,
        @Doc("Other conditions.") List<Requirement> matchExpressions) {

    /// Whether all conditions hold for these labels.
    public boolean fits(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && matchExpressions.stream().allMatch(requirement -> requirement.fits(labels));
    }

    @Doc("A condition on one label.")
    public record Requirement(
            @Doc("Name of the label.") String key,
            @Doc("How it is compared.") Operator operator,
            @Doc("Values, for In and NotIn.") List<String> values) {
        boolean fits(Map<String, String> labels) {
            Optional<String> value = Optional.ofNullable(labels.get(key));
            return switch (operator) {
                case In -> value.filter(values::contains).isPresent();
                case NotIn -> value.filter(values::contains).isEmpty();
                case Exists -> value.isPresent();
                case DoesNotExist -> value.isEmpty();
            };
        }
    }

    /// How a label is compared.
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }
}
