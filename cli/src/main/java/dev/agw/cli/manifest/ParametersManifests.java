package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;

/// The same deployment as parameters, for those who have gateways deployed by a controller.
record ParametersManifests(Plan plan) {
    private static final int FEW = 2;

    /// `EnterpriseAgentgatewayParameters`, in the guide's form.
    Manifest enterprise() {
        Deployment deployment = plan.deployment();
        Tree spec = Tree.of("image", image())
                .put("env", container().environment())
                .put("resources", container().resources())
                .put("shutdown", shutdown())
                .put("deployment", Tree.of("spec", template()));
        if (deployment.autoscaling().enabled()) {
            spec.put("horizontalPodAutoscaler", Tree.of("spec", new Autoscaler(plan).parameters()));
        }
        spec.put("podDisruptionBudget", Tree.of("spec", new BudgetManifest(plan).spec()));
        return new Manifest(
                "enterprise-parameters",
                "Instead of Deployment, HorizontalPodAutoscaler and PodDisruptionBudget, where a controller makes"
                        + " those. The guide's grace period of 120 s leaves no time for preStop; its minAvailable: 1 lets"
                        + " all but one gateway go at once.",
                plan.object("enterpriseagentgateway.solo.io/v1alpha1", "EnterpriseAgentgatewayParameters", plan.name())
                        .put("spec", spec));
    }

    private Tree template() {
        Tree spec = new Tree();
        if (!plan.deployment().autoscaling().enabled()) {
            spec.put("replicas", plan.deployment().replicas().orElse(FEW));
        }
        Tree pod = Tree.of("terminationGracePeriodSeconds", ShutdownTimes.grace(plan.deployment()))
                .putAll(new Placement(plan).tree());
        return spec.put("template", Tree.of("spec", pod));
    }

    /// `GatewayParameters`, which know nothing of autoscalers: their number is said where there is none.
    Manifest gateway() {
        Tree deployment = new Tree();
        if (!plan.deployment().autoscaling().enabled()) {
            deployment.put("replicas", plan.deployment().replicas().orElse(FEW));
        }
        deployment.put(
                "container",
                Tree.of("image", image())
                        .put("env", container().environment())
                        .put("resources", container().resources()));
        Tree pod = Tree.of("terminationGracePeriodSeconds", ShutdownTimes.grace(plan.deployment()))
                .putAll(new Placement(plan).tree());
        return new Manifest(
                "gateway-parameters",
                "Instead of the Deployment, where a controller makes it; the limit of memory is what is reserved,"
                        + " unlike the guide's 1 and 4 GiB.",
                plan.object("gateway.kgateway.dev/v1alpha1", "GatewayParameters", plan.name())
                        .put(
                                "spec",
                                Tree.of("shutdown", shutdown())
                                        .put(
                                                "kube",
                                                Tree.of("deployment", deployment)
                                                        .put("podTemplate", pod))));
    }

    private Tree shutdown() {
        return Tree.of("min", ShutdownTimes.min(plan.deployment())).put("max", ShutdownTimes.max(plan.deployment()));
    }

    private Tree image() {
        ImageName image = ImageName.of(plan.deployment().image());
        Tree tree = new Tree();
        if (!image.registry().isEmpty()) {
            tree.put("registry", image.registry());
        }
        return tree.put("repository", image.repository())
                .put("tag", image.tag())
                .put("digest", image.digest());
    }

    private Container container() {
        return new Container(plan);
    }
}
