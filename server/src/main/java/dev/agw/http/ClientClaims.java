package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static final List<HeaderName> NAMES = Stream.of(
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
            .toList();

    /// Framing is this hop's alone, in whatever spelling.
    private static final List<HeaderName> FRAMING = List.of(HeaderName.CONTENT_LENGTH, HeaderName.TRANSFER_ENCODING);

    /// A bit for the hash of each name: most fields are told apart by it alone.
    private static final long HINTS = Stream.concat(NAMES.stream(), FRAMING.stream())
            .mapToLong(ClientClaims::hint)
            .reduce(0, (a, b) -> a | b);

    private ClientClaims() {}

    /// Removes them, however they are spelled.
    public static void drop(Headers headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            boolean disguised = headers.hasUnderscore(i);
            if (isClaim(headers, i, disguised) || (disguised && stands(FRAMING, headers, i))) {
                headers.removeAt(i);
            }
        }
    }

    /// Removes those that are spelled with underscores: no proxy writes them so.
    public static void dropDisguised(Headers headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.hasUnderscore(i) && (isClaim(headers, i, true) || stands(FRAMING, headers, i))) {
                headers.removeAt(i);
            }
        }
    }

    private static boolean isClaim(Headers headers, int i, boolean disguised) {
        if (headers.startsDashed(i, PREFIX)) {
            return true;
        }
        if (disguised) {
            return stands(NAMES, headers, i);
        }
        return ((HINTS >>> headers.hash(i)) & 1) != 0 && isAny(headers, i);
    }

    private static boolean isAny(Headers headers, int i) {
        for (HeaderName name : NAMES) {
            if (headers.is(i, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(List<HeaderName> names, Headers headers, int i) {
        String name = headers.name(i).replace('_', '-');
        return names.stream().anyMatch(claim -> claim.text().equalsIgnoreCase(name));
    }

    private static long hint(HeaderName name) {
        return 1L << name.hash();
    }
}
