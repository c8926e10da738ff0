package dev.agw.telemetry;

import dev.agw.exchange.ListenerRef;
import java.time.Instant;

/// When a certificate of a listener ends to be valid.
///
/// @param certificate `namespace/name` of its Secret
public record CertificateExpiry(ListenerRef listener, String certificate, Instant notAfter) {}
