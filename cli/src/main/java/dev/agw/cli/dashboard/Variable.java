package dev.agw.cli.dashboard;

import java.util.ArrayList;
import java.util.List;

/// A choice at the top of a dashboard, among the values of a label.
///
/// @param series whose label it is, with the choices before it as matchers
/// @param all what stands for all of them. Every target has a job; clusters, namespaces and pods only those that
///        Kubernetes runs or that somebody labels, and `.*` finds series without the label, too
record Variable(String name, String label, String series, String all) {
    private static final String ANY = ".*";

    /// Those of every dashboard, each within those before it.
    ///
    /// @param clusterLabel the label that tells clusters apart
    static List<Variable> all(String clusterLabel) {
        List<Variable> all = new ArrayList<>();
        String build = "agentgateway_build_info";
        String within = clusterLabel + "=~\"$cluster\"";
        all.add(new Variable("cluster", clusterLabel, build, ANY));
        all.add(new Variable("job", "job", build + "{" + within + "}", ".+"));
        within += ",job=~\"$job\"";
        all.add(new Variable("namespace", "namespace", build + "{" + within + "}", ANY));
        within += ",namespace=~\"$namespace\"";
        all.add(new Variable("gateway", "gateway", "agentgateway_requests_total{" + within + "}", ANY));
        all.add(new Variable("pod", "pod", build + "{" + within + "}", ANY));
        return List.copyOf(all);
    }

    /// The question that finds its values.
    String query() {
        return "label_values(" + series + ", " + label + ")";
    }
}
