package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.schema.Quantity;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The container of a gateway, as `Containerfile` builds its image.
record Container(Plan plan) {
    /// The user that the image runs as.
    static final int USER = 65_532;

    private static final int FEW_PROCESSORS = 2;

    /// A folder of the container.
    ///
    /// @param volume what is in it
    record Mount(String name, String path, Tree volume) {}

    /// The folders of the container, which has no other place to write to than `/tmp`.
    static List<Mount> mounts(Plan plan) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(configMap("settings", GatewaySettings.FOLDER, plan));
        if (!plan.config().files().isEmpty()) {
            mounts.add(configMap("resources", GatewaySettings.RESOURCES, plan));
        }
        mounts.add(new Mount("tmp", "/tmp", Tree.of("name", "tmp").putEmpty("emptyDir")));
        return mounts;
    }

    private static Mount configMap(String name, String path, Plan plan) {
        return new Mount(name, path, Tree.of("name", name).put("configMap", Tree.of("name", plan.name(name))));
    }

    Tree tree() {
        Deployment deployment = plan.deployment();
        return Tree.of("name", "agw")
                .put("image", Mark.Slot.text("image", "Image, with its tag or digest.", deployment.image()))
                .put("args", List.of("serve", "--settings", GatewaySettings.FOLDER + "/agw.yaml"))
                .put("env", environment())
                .put(
                        "envFrom",
                        deployment.environment().secrets().stream()
                                .map(secret -> Tree.of("secretRef", Tree.of("name", secret)))
                                .toList())
                .put("ports", ports())
                .put("resources", resources())
                .put(
                        "startupProbe",
                        probe("/healthz/live").put("periodSeconds", 1).put("failureThreshold", 60))
                .put("readinessProbe", probe("/healthz/ready").put("periodSeconds", 5))
                .note(
                        "livenessProbe",
                        "Not what readiness asks: a gateway that drains is not ready, and lives.",
                        probe("/healthz/live").put("periodSeconds", 20).put("timeoutSeconds", 5))
                .put("lifecycle", lifecycle())
                .put("securityContext", security())
                .put("volumeMounts", volumeMounts());
    }

    /// Variables that are said here; those of Secrets come by `envFrom`.
    List<Tree> environment() {
        List<Tree> all = new ArrayList<>();
        all.add(Tree.of("name", "JDK_JAVA_OPTIONS")
                .note(
                        "value",
                        "Said and not left to the JVM, which without a CPU limit takes the whole node for its own and"
                                + " chooses collector and threads by that.",
                        Mark.Slot.text("jvmOptions", "Options of the JVM.", jvmOptions())));
        new TreeMap<>(plan.deployment().environment().variables())
                .forEach((name, value) -> all.add(Tree.of("name", name).put("value", value)));
        return all;
    }

    private String jvmOptions() {
        Deployment.Jvm jvm = plan.deployment().jvm();
        List<String> options = new ArrayList<>();
        options.add("-XX:+Use" + jvm.collector() + "GC");
        options.add("-XX:ActiveProcessorCount=" + processors(plan.deployment()));
        options.add("-XX:MaxRAMPercentage=" + jvm.memoryPercent());
        options.addAll(jvm.options());
        return String.join(" ", options);
    }

    /// The processors that the JVM is to reckon with.
    static int processors(Deployment deployment) {
        return deployment.jvm().processors().orElseGet(() -> {
            Quantity cpu = deployment
                    .resources()
                    .cpuLimit()
                    .orElse(deployment.resources().cpu());
            return Math.max(
                    FEW_PROCESSORS,
                    cpu.value().setScale(0, RoundingMode.CEILING).intValueExact());
        });
    }

    private List<Tree> ports() {
        List<Tree> ports = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        plan.deployment().service().served().stream()
                .filter(port -> seen.add(port.targetPort()))
                .forEach(port -> ports.add(port(port.name(), port.targetPort())));
        ports.add(port("metrics", plan.ports().metrics().address().port()));
        ports.add(port("readiness", plan.ports().readiness().address().port()));
        return ports;
    }

    private static Tree port(String name, int number) {
        return Tree.of("name", name).put("containerPort", number).put("protocol", "TCP");
    }

    Tree resources() {
        Deployment.Resources some = plan.deployment().resources();
        Mark.Slot memory = Mark.Slot.text(
                "resources.memory",
                "Memory that is reserved, and the most that is used.",
                some.memory().text());
        Tree limits = new Tree();
        some.cpuLimit()
                .ifPresent(
                        most -> limits.put("cpu", Mark.Slot.text("resources.cpuLimit", "The most CPU.", most.text())));
        return Tree.of(
                        "requests",
                        Tree.of(
                                        "cpu",
                                        Mark.Slot.text(
                                                "resources.cpu",
                                                "CPU that is reserved.",
                                                some.cpu().text()))
                                .put("memory", memory))
                .note(
                        "limits",
                        "The memory that is reserved: a JVM uses what it may, and a node must have it.",
                        limits.put("memory", memory));
    }

    private static Tree probe(String path) {
        return Tree.of("httpGet", Tree.of("path", path).put("port", "readiness"));
    }

    private Tree lifecycle() {
        Deployment.Shutdown shutdown = plan.deployment().shutdown();
        if (shutdown.preStop().isZero()) {
            return new Tree();
        }
        Mark.Slot seconds = ShutdownTimes.preStop(plan.deployment());
        Tree action = shutdown.preStopBy().equals("exec")
                ? Tree.of("exec", Tree.of("command", List.of("sleep", seconds.with("s"))))
                : Tree.of("sleep", Tree.of("seconds", seconds));
        return Tree.of("preStop", action);
    }

    private static Tree security() {
        return Tree.of("allowPrivilegeEscalation", false)
                .put("capabilities", Tree.of("drop", List.of("ALL")))
                .put("readOnlyRootFilesystem", true);
    }

    private List<Tree> volumeMounts() {
        return mounts(plan).stream()
                .map(mount -> {
                    Tree tree = Tree.of("name", mount.name()).put("mountPath", mount.path());
                    return mount.name().equals("tmp") ? tree : tree.put("readOnly", true);
                })
                .toList();
    }
}
