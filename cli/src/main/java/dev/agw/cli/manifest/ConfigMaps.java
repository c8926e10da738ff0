package dev.agw.cli.manifest;

import java.util.ArrayList;
import java.util.List;

/// The configuration of the gateways: settings, and the manifests of the user if there are any.
record ConfigMaps(Plan plan) {
    List<Manifest> manifests() {
        List<Manifest> maps = new ArrayList<>();
        maps.add(new Manifest(
                "settings",
                "Settings of the process; a change replaces the pods.",
                plan.object("v1", "ConfigMap", plan.name("settings"))
                        .put(
                                "data",
                                Tree.of(
                                        "agw.yaml",
                                        new Mark.Text(plan.settings().tree())))));
        if (!plan.config().files().isEmpty()) {
            maps.add(new Manifest(
                    "resources",
                    "The traffic. Gateways follow changes while they run, a minute or so after they are applied.",
                    plan.object("v1", "ConfigMap", plan.name("resources"))
                            .put("data", Tree.of(plan.config().files()))));
        }
        return maps;
    }
}
