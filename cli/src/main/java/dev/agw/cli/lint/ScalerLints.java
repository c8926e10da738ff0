package dev.agw.cli.lint;

import dev.agw.cli.lint.Subjects.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Autoscalers: HPAs, and ScaledObjects of KEDA.
record ScalerLints(ExpressionLints expressions, Context context, Findings findings) {
    private static final List<String> BY_NAME = List.of("pods", "object", "external");
    private static final String HPA = "HorizontalPodAutoscaler";
    private static final String SCALED_OBJECT = "ScaledObject";

    void look(List<Manifest> manifests) {
        Map<String, Manifest> scaled = new HashMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals(HPA) || manifest.kind().equals(SCALED_OBJECT)) {
                scaler(manifest, scaled);
            }
        }
        manifests.forEach(manifest -> replicas(manifest, scaled));
    }

    private void scaler(Manifest manifest, Map<String, Manifest> scaled) {
        String target = target(manifest);
        Optional.ofNullable(scaled.putIfAbsent(target, manifest))
                .ifPresent(other -> findings.add(
                        Lint.TWO_SCALERS,
                        manifest.place(),
                        target + " is scaled by " + other.place().name() + ", too"));
        Tree spec = manifest.root().at("spec");
        if (manifest.kind().equals(HPA)) {
            limits(manifest, spec.at("minReplicas"), spec.at("maxReplicas"), 1);
            spec.at("metrics").items().forEach(metric -> metric(manifest, metric));
        } else {
            limits(manifest, spec.at("minReplicaCount"), spec.at("maxReplicaCount"), 0);
            spec.at("triggers").items().forEach(trigger -> trigger(manifest, trigger));
        }
    }

    private static String target(Manifest manifest) {
        Tree target = manifest.root().at("spec", "scaleTargetRef");
        return target.at("kind").text().orElse("Deployment") + " " + target.textAt("name");
    }

    private void limits(Manifest manifest, Tree min, Tree max, int byDefault) {
        int least = min.number().orElse(byDefault);
        int most = max.number().orElse(Integer.MAX_VALUE);
        if (least > most) {
            findings.add(Lint.SCALER_LIMITS, manifest.place(), "at least " + least + ", at most " + most);
        } else if (least < 2) {
            findings.add(Lint.SCALER_MIN, manifest.place(), "at least " + least);
        }
    }

    private void metric(Manifest manifest, Tree metric) {
        for (String source : BY_NAME) {
            Tree name = metric.at(source, "metric", "name");
            name.text()
                    .ifPresent(series ->
                            named(new Place(name.position(), manifest.place().name()), series));
        }
    }

    private void named(Place place, String series) {
        if (context.metric(series).isEmpty()) {
            findings.add(Lint.SCALER_METRIC, place, context.check().catalogue().unknown(series));
        } else if (context.check().catalogue().pending(series).isPresent()) {
            findings.add(Lint.SCALER_METRIC_PENDING, place, "nothing moves " + series + " yet");
        } else if (context.counter(series)) {
            findings.add(Lint.SCALER_COUNTER, place, series + " is a counter");
        }
    }

    private void trigger(Manifest manifest, Tree trigger) {
        Tree query = trigger.at("metadata", "query");
        if (trigger.textAt("type").equals("prometheus")) {
            query.text()
                    .ifPresent(text -> expressions.look(
                            new Place(query.position(), manifest.place().name()), text, Subject.Use.RECORD));
        }
    }

    private void replicas(Manifest manifest, Map<String, Manifest> scaled) {
        Tree spec = manifest.root().at("spec");
        Tree set =
                manifest.kind().equals("Deployment") ? spec.at("replicas") : spec.at("kube", "deployment", "replicas");
        boolean fights = manifest.kind().equals("Deployment")
                ? scaled.containsKey("Deployment " + manifest.root().textAt("metadata", "name"))
                : !scaled.isEmpty();
        if (set.there() && fights) {
            findings.add(
                    Lint.REPLICAS_BESIDE_SCALER,
                    new Place(set.position(), manifest.place().name()),
                    "replicas: " + set.text().orElse("") + ", and an autoscaler");
        }
    }
}
