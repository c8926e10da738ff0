package dev.agw.resource;

/// What tells one resource from all others.
public record ResourceKey(String kind, String namespace, String name) {
    /// `Backend ai/openai`, the way messages name a resource.
    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
