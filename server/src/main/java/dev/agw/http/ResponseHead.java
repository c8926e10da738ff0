package dev.agw.http;

/// The head of an HTTP/1 response, already checked.
///
/// @param minor 0 for HTTP/1.0, 1 for HTTP/1.1
public record ResponseHead(int status, int minor, Headers headers) {}
