package dev.agw.http2;

/// One field line, or pseudo-header. Characters are bytes (ISO 8859-1).
public record HeaderField(String name, String value) {
    /// What it counts in a dynamic table and in a list (RFC 7541 §4.1).
    public int size() {
        return name.length() + value.length() + 32;
    }
}
