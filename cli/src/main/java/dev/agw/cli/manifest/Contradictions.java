package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;

/// Looks for values that contradict each other: all of them at once.
record Contradictions(Plan plan, Findings findings) {
    private static final int TRUSTED_SHARE = 75;
    private static final int SPREADABLE = 3;

    void find() {
        new ShutdownChecks(plan.deployment().shutdown(), findings).find();
        new ScalingChecks(plan.deployment(), findings).find();
        new LabelChecks(plan.operations(), findings).find();
        new PortChecks(plan, findings).find();
        new ConfigChecks(plan, findings).find();
        image();
        resources();
        jvm();
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

    private void resources() {
        Deployment.Resources some = plan.deployment().resources();
        if (some.cpu().value().signum() == 0) {
            findings.error(
                    "deployment.resources.cpu",
                    "no CPU is reserved, and the autoscaler reckons with it",
                    "reserve some");
        }
        some.cpuLimit()
                .filter(most -> most.value().compareTo(some.cpu().value()) < 0)
                .ifPresent(most -> findings.error(
                        "deployment.resources.cpuLimit",
                        most + " is less than the " + some.cpu() + " that are reserved",
                        "raise it, or leave it out"));
    }

    private void jvm() {
        Deployment.Jvm jvm = plan.deployment().jvm();
        int processors = Container.processors(plan.deployment());
        if (jvm.memoryPercent() > TRUSTED_SHARE) {
            findings.warning(
                    "deployment.jvm.memoryPercent",
                    "a heap of " + jvm.memoryPercent() + " % leaves little for threads, code and buffers",
                    "take 75 at most");
        }
        if (jvm.collector().equals("Serial") && processors > 2) {
            findings.warning(
                    "deployment.jvm.collector",
                    "the serial collector uses one of " + processors + " processors while all wait",
                    "take G1");
        }
        if (jvm.options().stream().anyMatch(option -> option.startsWith("-Xmx"))) {
            findings.error(
                    "deployment.jvm.options",
                    "-Xmx wins over deployment.jvm.memoryPercent",
                    "leave it out, and say the share");
        }
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
