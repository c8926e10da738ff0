package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the template of the pods says: image, limits, the JVM, and whether there is a way back.
final class TemplateChecks {
    private static final Pattern RELEASE = Pattern.compile(".*\\d+\\.\\d+.*");
    private static final Pattern RAM = Pattern.compile("-XX:MaxRAMPercentage=(\\d+(?:\\.\\d+)?)");
    private static final Set<String> OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "AGW_OPTS");
    private static final double MOST_RAM = 75;

    private TemplateChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW1108 image-pull",
                        "Reads the tag of the image, and whether the Secrets to pull it with are there: a tag that"
                                + " moves gives nodes different images under one name.",
                        "name a release, or better a digest: image@sha256:...",
                        Fleet.one((fleet, snapshot, aim) -> image(fleet, snapshot))),
                check(
                        "AGW1112 limits-jvm",
                        "Compares request and limit of memory, and looks for what tells the JVM how much it may take:"
                                + " it reckons with the node's processors where no limit says otherwise.",
                        "requests.memory = limits.memory, -XX:ActiveProcessorCount without a CPU limit,"
                                + " -XX:MaxRAMPercentage up to 75",
                        Fleet.one((fleet, snapshot, aim) -> limits(fleet.container()))),
                check(
                        "AGW1113 rollback-ready",
                        "Looks for the revisions that kubectl rollout undo could go back to.",
                        "revisionHistoryLimit: 5",
                        Fleet.revisions(TemplateChecks::history)));
    }

    private static Check check(String name, String docs, String remedy, Logic logic) {
        return new Check(Category.WORKLOAD, new About(name, Status.WARN, docs, remedy), logic);
    }

    private static Finding image(Fleet fleet, Snapshot snapshot) {
        String image = fleet.container().path("image").asText();
        List<String> missing = missing(fleet.spec().path("imagePullSecrets"), snapshot);
        if (!missing.isEmpty()) {
            return Finding.warn("missing Secrets to pull with: " + String.join(", ", missing), "all");
        }
        if (image.contains("@sha256:")) {
            return Finding.pass(image);
        }
        String tag = image.substring(image.lastIndexOf('/') + 1).replaceFirst("^[^:]*:?", "");
        return tag.equals("latest") || !RELEASE.matcher(tag).matches()
                ? Finding.warn("the tag of " + image + " moves", "a release or a digest")
                : Finding.pass(image);
    }

    private static List<String> missing(JsonNode wanted, Snapshot snapshot) {
        List<String> missing = new ArrayList<>();
        if (snapshot.objects("secrets") instanceof Part.Read<JsonNode>) {
            Set<String> there = snapshot.items("secrets").stream()
                    .map(secret -> secret.at("/metadata/name").asText())
                    .collect(Collectors.toSet());
            wanted.forEach(secret -> missing.add(secret.path("name").asText()));
            missing.removeAll(there);
        }
        return missing;
    }

    private static Finding limits(JsonNode container) {
        List<String> wrong = new ArrayList<>();
        JsonNode resources = container.path("resources");
        OptionalDouble limit = Sizes.of(resources.at("/limits/memory"));
        if (limit.isEmpty() || !limit.equals(Sizes.of(resources.at("/requests/memory")))) {
            wrong.add("the request of memory is not its limit: the pod may be evicted before it is full");
        }
        String options = options(container);
        if (Sizes.of(resources.at("/limits/cpu")).isEmpty() && !options.contains("-XX:ActiveProcessorCount=")) {
            wrong.add("no limit of CPU and no -XX:ActiveProcessorCount: the JVM reckons with the node's processors");
        }
        Matcher ram = RAM.matcher(options);
        if (ram.find() && Double.parseDouble(ram.group(1)) > MOST_RAM) {
            wrong.add(ram.group() + " leaves too little beside the heap");
        }
        return wrong.isEmpty()
                ? Finding.pass("the JVM knows its limits")
                : Finding.warn(wrong.size() + " findings", "none").with(wrong);
    }

    private static String options(JsonNode container) {
        StringBuilder options = new StringBuilder(container.path("args").toString()).append(container.path("command"));
        for (JsonNode variable : container.path("env")) {
            if (OPTIONS.contains(variable.path("name").asText())) {
                options.append(' ').append(variable.path("value").asText());
            }
        }
        return options.toString();
    }

    private static Finding history(Fleet fleet, List<JsonNode> revisions) {
        if (fleet.deployment().at("/spec/revisionHistoryLimit").asInt(10) == 0) {
            return Finding.warn("revisionHistoryLimit is 0: nothing to go back to once it is done", "5");
        }
        return revisions.isEmpty()
                ? Finding.warn("there is no replica set of the running revision", "one")
                : Finding.pass(revisions.size() + " revisions are kept");
    }
}
