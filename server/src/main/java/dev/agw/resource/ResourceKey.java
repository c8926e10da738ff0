package dev.agw.resource;

/// What tells one resource from all others.
public record ResourceKey(String kind, String namespace, String name) {
    /// By hand: the one that records come with takes several times as long in a young JVM, and sets are full of keys.
    @Override
    public int hashCode() {
        return (kind.hashCode() * 31 + namespace.hashCode()) * 31 + name.hashCode();
    }

    /// `Backend ai/openai`, the way messages name a resource.
    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
