package dev.agw.cli.manifest;

import java.util.Set;

/// The contradictions that a change of a chart's values can make: Helm refuses them as the renderer does.
///
/// @param keys of the values that the chart has
record ChartChecks(Set<String> keys) {
    private static final String PRE_STOP = "shutdown.preStopSeconds";
    private static final String MIN_REPLICAS = "autoscaling.minReplicas";

    /// A template of which nothing comes.
    String text() {
        return shutdown() + scaling() + budget();
    }

    private String shutdown() {
        if (!keys.contains("shutdown.graceSeconds")) {
            return "";
        }
        String needed = "(int .Values.shutdown.maxSeconds)"
                + (keys.contains(PRE_STOP) ? " (int .Values." + PRE_STOP + ")" : "");
        return check(
                        "lt (int .Values.shutdown.graceSeconds) (int (add " + needed + " 5))",
                        "shutdown.graceSeconds: 5 more than preStopSeconds and maxSeconds together, at least")
                + (keys.contains("shutdown.minSeconds")
                        ? check(
                                "gt (int .Values.shutdown.minSeconds) (int .Values.shutdown.maxSeconds)",
                                "shutdown.minSeconds: at most maxSeconds")
                        : "");
    }

    private String scaling() {
        return keys.contains(MIN_REPLICAS)
                ? check(
                        "or (lt (int .Values.autoscaling.minReplicas) 2)"
                                + " (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas))",
                        "autoscaling.minReplicas: 2 at least, and at most maxReplicas")
                : "";
    }

    private String budget() {
        if (keys.contains("disruption.maxUnavailable")) {
            return check(
                    "has (toString .Values.disruption.maxUnavailable) (list \"0\" \"0%\")",
                    "disruption.maxUnavailable: with none, drains of nodes wait for ever");
        }
        String fewest = keys.contains(MIN_REPLICAS) ? MIN_REPLICAS : "replicas";
        return keys.contains("disruption.minAvailable") && keys.contains(fewest)
                ? check(
                        "ge (int (ternary (div (add (mul (int (trimSuffix \"%\" (toString"
                                + " .Values.disruption.minAvailable)))"
                                + " (int"
                                + " .Values." + fewest + ")) 99) 100) (int .Values.disruption.minAvailable)"
                                + " (hasSuffix \"%\" (toString .Values.disruption.minAvailable))))"
                                + " (int .Values." + fewest + ")",
                        "disruption.minAvailable: with as many as there are, drains of nodes wait for ever")
                : "";
    }

    private static String check(String broken, String message) {
        return "{{- if " + broken + " }}\n{{- fail \"" + message + "\" }}\n{{- end }}\n";
    }
}
