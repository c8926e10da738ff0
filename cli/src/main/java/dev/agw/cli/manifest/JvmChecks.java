package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Whether a JVM starts with its options, and does what the values say.
record JvmChecks(Deployment deployment, Findings findings) {
    private static final int TRUSTED_SHARE = 75;
    private static final String MEMORY = "deployment.jvm.memoryPercent";

    /// The options that are said elsewhere, by what they look like.
    private static final Map<String, String> ELSEWHERE = elsewhere();

    private static Map<String, String> elsewhere() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("-Xmx.*|-XX:MaxHeapSize=.*|-XX:MaxRAMPercentage=.*", MEMORY);
        fields.put("-XX:[+-]Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC", "deployment.jvm.collector");
        fields.put("-XX:ActiveProcessorCount=.*", "deployment.jvm.processors");
        return fields;
    }

    void find() {
        Deployment.Jvm jvm = deployment.jvm();
        int processors = Container.processors(deployment);
        if (jvm.memoryPercent() > TRUSTED_SHARE) {
            findings.warning(
                    MEMORY,
                    "a heap of " + jvm.memoryPercent() + " % leaves little for threads, code and buffers",
                    "take 75 at most");
        }
        if (jvm.collector().equals("Serial") && processors > 2) {
            findings.warning(
                    "deployment.jvm.collector",
                    "the serial collector uses one of " + processors + " processors while all wait",
                    "take G1");
        }
        jvm.options().stream()
                .flatMap(option -> Stream.of(option.split("\\s+", -1)))
                .forEach(this::option);
    }

    private void option(String option) {
        ELSEWHERE.forEach((shape, field) -> {
            if (option.matches(shape)) {
                String name = option.startsWith("-Xmx") ? "-Xmx" : option;
                findings.error(
                        "deployment.jvm.options", name + " wins over " + field, "leave it out, and say it there");
            }
        });
    }
}
