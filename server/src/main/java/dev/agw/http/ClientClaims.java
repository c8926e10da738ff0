package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/*
 * Backends behind CGI, WSGI and their like read X_Forwarded_For as X-Forwarded-For, so a name is compared with its
 * underscores taken for dashes.
 */
/// Fields that backends take as a proxy's word: who the client is, what it asked for before rewriting, or by which
/// method. From a client itself they would be a way around routes and address checks.
public final class ClientClaims {
    /// X-Forwarded-For, -Host, -Proto, -Port, -Prefix, -Client-Cert, ...
    private static final byte[] PREFIX = "x-forwarded-".getBytes(StandardCharsets.US_ASCII);

    private static final Map<Integer, HeaderName> NAMES = Stream.of(
                    "Forwarded",
                    "X-Real-IP",
                    "X-Client-IP",
                    "X-Cluster-Client-IP",
                    "X-Original-Forwarded-For",
                    "X-Envoy-External-Address",
                    "True-Client-IP",
                    "CF-Connecting-IP",
                    "Fastly-Client-IP",
                    "X-Original-URL",
                    "X-Original-Host",
                    "X-Rewrite-URL",
                    "X-HTTP-Method",
                    "X-HTTP-Method-Override",
                    "X-Method-Override")
            .map(HeaderName::of)
            .collect(Collectors.toMap(HeaderName::hash, name -> name));

    /// Framing is this hop's alone, in whatever spelling.
    private static final Map<Integer, HeaderName> FRAMING = Stream.of("Content-Length", "Transfer-Encoding")
            .map(HeaderName::of)
            .collect(Collectors.toMap(HeaderName::hash, name -> name));

    private ClientClaims() {}

    /// Removes them, however they are spelled.
    public static void drop(Headers headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (isClaim(headers, i) || isDisguised(headers, i)) {
                headers.removeAt(i);
            }
        }
    }

    /// Removes those that are spelled with underscores: no proxy writes them so.
    public static void dropDisguised(Headers headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (isDisguised(headers, i)) {
                headers.removeAt(i);
            }
        }
    }

    private static boolean isDisguised(Headers headers, int i) {
        return headers.hasUnderscore(i) && (isClaim(headers, i) || stands(FRAMING, headers, i));
    }

    private static boolean isClaim(Headers headers, int i) {
        return headers.startsDashed(i, PREFIX) || stands(NAMES, headers, i);
    }

    private static boolean stands(Map<Integer, HeaderName> names, Headers headers, int i) {
        HeaderName name = names.get(headers.dashedHash(i));
        return name != null && headers.name(i).replace('_', '-').equalsIgnoreCase(name.text());
    }
}
