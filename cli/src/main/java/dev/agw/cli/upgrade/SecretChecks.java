package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether the Secrets that pods ask for are there. Their values are never read into a snapshot.
final class SecretChecks {
    /// @param key empty if any will do
    private record Wanted(String secret, String key) {}

    private SecretChecks() {}

    static List<Check> all() {
        return List.of(new Check(
                Category.CONFIGURATION,
                new About(
                        "AGW1504 secrets",
                        Status.FAIL,
                        "Looks for the Secrets, and their keys, that the template of the pods refers to, and when their"
                                + " certificates run out. A new pod does not start without them.",
                        "create the Secret, or rotate its certificate; where Secrets may not be read,"
                                + " --skip secrets leaves this out"),
                Fleet.list(
                        "secrets",
                        (fleet, secrets, snapshot, aim) -> judged(
                                wanted(fleet.spec()),
                                secrets,
                                snapshot.at(),
                                aim.limits().times()))));
    }

    private static Finding judged(Set<Wanted> wanted, List<JsonNode> secrets, Instant now, Thresholds.Times limits) {
        Map<String, JsonNode> there = new TreeMap<>();
        secrets.forEach(secret -> there.put(secret.at("/metadata/name").asText(), secret));
        List<String> missing = new ArrayList<>();
        Map<String, Duration> ends = new TreeMap<>();
        for (Wanted one : wanted) {
            Optional<JsonNode> secret = Optional.ofNullable(there.get(one.secret));
            missing.addAll(missing(one, secret));
            secret.flatMap(SecretChecks::end).ifPresent(end -> ends.put(one.secret, Duration.between(now, end)));
        }
        if (!missing.isEmpty()) {
            return Finding.fail(missing.size() + " are missing", "none").with(missing);
        }
        return ends(ends, limits, wanted.size());
    }

    private static Collection<String> missing(Wanted one, Optional<JsonNode> secret) {
        if (secret.isEmpty()) {
            return List.of("Secret " + one.secret);
        }
        for (JsonNode key : secret.get().path("keys")) {
            if (one.key.isEmpty() || key.asText().equals(one.key)) {
                return List.of();
            }
        }
        return one.key.isEmpty() ? List.of() : List.of("Secret " + one.secret + ": its key " + one.key);
    }

    private static Optional<Instant> end(JsonNode secret) {
        String end = secret.path("notAfter").asText();
        return end.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(end));
    }

    private static Finding ends(Map<String, Duration> ends, Thresholds.Times limits, int wanted) {
        List<String> soon = new ArrayList<>();
        boolean late = false;
        for (Map.Entry<String, Duration> end : ends.entrySet()) {
            late |= end.getValue().compareTo(limits.certificateAtLeast()) < 0;
            if (end.getValue().compareTo(limits.certificate()) < 0) {
                soon.add("the certificate of " + end.getKey() + " holds for "
                        + end.getValue().toDays() + " days");
            }
        }
        String observed = "certificates run out: " + soon.size();
        if (late) {
            return Finding.fail(
                            observed, "at least " + limits.certificateAtLeast().toDays() + " days")
                    .with(soon);
        }
        return soon.isEmpty()
                ? Finding.pass("Secrets and keys that pods ask for: " + wanted + ", all there")
                : Finding.warn(observed, "at least " + limits.certificate().toDays() + " days")
                        .with(soon);
    }

    private static Set<Wanted> wanted(JsonNode spec) {
        Set<Wanted> wanted = new TreeSet<>(Comparator.comparing(Wanted::secret).thenComparing(Wanted::key));
        for (JsonNode volume : spec.path("volumes")) {
            add(volume.path("secret"), "secretName", wanted);
        }
        for (JsonNode container : spec.path("containers")) {
            container.path("env").forEach(env -> add(env.at("/valueFrom/secretKeyRef"), "name", wanted));
            container.path("envFrom").forEach(from -> add(from.path("secretRef"), "name", wanted));
        }
        spec.path("imagePullSecrets").forEach(secret -> add(secret, "name", wanted));
        return wanted;
    }

    private static void add(JsonNode reference, String field, Set<Wanted> wanted) {
        String name = reference.path(field).asText();
        if (!name.isEmpty() && !reference.path("optional").asBoolean()) {
            wanted.add(new Wanted(name, reference.path("key").asText()));
        }
    }
}
