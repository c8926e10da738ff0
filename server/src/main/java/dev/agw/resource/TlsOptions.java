package dev.agw.resource;

import dev.agw.schema.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `tls.options` of a listener that agw knows.
///
/// @param tls13Only `kgateway.dev/min-tls-version: "1.3"`; else TLS 1.2 is spoken, too
/// @param clientCertificateOptional `agw.dev/client-certificate: optional`: a client may come without a
/// certificate, but not with one that `frontendValidation` refuses
public record TlsOptions(boolean tls13Only, boolean clientCertificateOptional) {
    static final String MIN_VERSION = "kgateway.dev/min-tls-version";
    static final String CLIENT_CERTIFICATE = "agw.dev/client-certificate";
    static final Set<String> KNOWN = Set.of(MIN_VERSION, CLIENT_CERTIFICATE);

    /// Reads the options.
    ///
    /// @throws InvalidValueException one has a value that it cannot have
    public static TlsOptions of(Gateway.Tls tls) {
        return of(tls.options());
    }

    static TlsOptions of(Map<String, String> options) {
        return new TlsOptions(
                chosen(options, MIN_VERSION, List.of("1.2", "1.3")).equals("1.3"),
                chosen(options, CLIENT_CERTIFICATE, List.of("required", "optional"))
                        .equals("optional"));
    }

    private static String chosen(Map<String, String> options, String key, List<String> allowed) {
        String value = options.getOrDefault(key, allowed.getFirst());
        if (!allowed.contains(value)) {
            throw new InvalidValueException(
                    "option " + key + ": expected one of " + String.join(", ", allowed) + ", found \"" + value + "\"");
        }
        return value;
    }
}
