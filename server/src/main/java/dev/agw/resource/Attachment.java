package dev.agw.resource;

/// A listener that a route is attached to. Their hostnames may still rule each other out.
public record Attachment(Gateway gateway, Gateway.Listener listener) {}
