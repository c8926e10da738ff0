package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.schema.Quantity;
import java.math.BigDecimal;

/// Looks for values that contradict each other: all of them at once.
record Contradictions(Plan plan, Findings findings) {
    private static final BigDecimal LEAST_MEMORY = BigDecimal.valueOf(128L << 20);
    private static final BigDecimal MOST_CPU = BigDecimal.valueOf(256);
    private static final int SPREADABLE = 3;

    void find() {
        new ShutdownChecks(plan.deployment().shutdown(), findings).find();
        new ScalingChecks(plan.deployment(), findings).find();
        new LabelChecks(plan.operations(), findings).find();
        new PortChecks(plan, findings).find();
        new NetworkChecks(plan, findings).find();
        new ConfigChecks(plan, findings).find();
        new NameChecks(plan.operations(), findings).find();
        image();
        if (resources()) {
            new JvmChecks(plan.deployment(), findings).find();
        }
        placement();
    }

    private void image() {
        ImageName image = ImageName.of(plan.deployment().image());
        if (!image.valid()) {
            findings.error(
                    "deployment.image",
                    "expected an image such as registry/agw:1.2.3, found \"" + image.text() + "\"",
                    "");
        } else if (image.moves()) {
            findings.warning(
                    "deployment.image",
                    image.text() + " is another image tomorrow: gateways of one Deployment may differ, and an undo"
                            + " changes nothing",
                    "name a version, or a digest");
        }
    }

    /// Whether there is a number of processors to go on with.
    private boolean resources() {
        Deployment.Resources some = plan.deployment().resources();
        if (some.cpu().value().signum() == 0) {
            findings.error(
                    "deployment.resources.cpu",
                    "no CPU is reserved, and the autoscaler reckons with it",
                    "reserve some");
        }
        if (some.memory().value().compareTo(LEAST_MEMORY) < 0) {
            findings.error(
                    "deployment.resources.memory",
                    "a JVM with the code of a gateway does not live in " + some.memory() + " of memory",
                    "128Mi at least");
        }
        Quantity used = some.cpuLimit().orElse(some.cpu());
        boolean countable = used.value().compareTo(MOST_CPU) <= 0;
        if (!countable) {
            findings.error("deployment.resources.cpu", "no machine has " + used + " CPUs", "500m is half of one");
        }
        some.cpuLimit()
                .filter(most -> most.value().compareTo(some.cpu().value()) < 0)
                .ifPresent(most -> findings.error(
                        "deployment.resources.cpuLimit",
                        most + " is less than the " + some.cpu() + " that are reserved",
                        "raise it, or leave it out"));
        return countable;
    }

    private void placement() {
        Deployment.Placement placement = plan.deployment().placement();
        if (placement.strict() && placement.zones() < SPREADABLE) {
            findings.warning(
                    "deployment.placement.strict",
                    "with " + placement.zones() + " zones, gateways that must be spread wait when one zone is gone",
                    "strict: false, or 3 zones");
        }
    }
}
