package dev.agw.cli.cluster;

/// The rule that lets somebody read objects.
///
/// @param group of the API; empty for the core one
/// @param resource `pods`, or `pods/proxy`
/// @param verb `list` or `get`
/// @param namespace of the Role; empty if it has to be a ClusterRole
record RoleRule(String group, String resource, String verb, String namespace) {
    static RoleRule list(ObjectKind kind, String namespace) {
        return new RoleRule(kind.group(), kind.plural(), "list", namespace);
    }

    /// What to add where, as it stands in a manifest.
    @Override
    public String toString() {
        String where = namespace.isEmpty() ? "a ClusterRole" : "a Role in the namespace " + namespace;
        return "add to " + where + ": {apiGroups: [\"" + group + "\"], resources: [" + resource + "], verbs: [" + verb
                + "]}";
    }
}
