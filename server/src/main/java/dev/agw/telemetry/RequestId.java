package dev.agw.telemetry;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The id in `x-request-id`.
final class RequestId {
    private static final int MAX_LENGTH = 64;
    private static final int TIME_DIGITS = 12;
    private static final int RANDOM_DIGITS = 4;

    private RequestId() {}

    /// The client's id if it is `[A-Za-z0-9._-]{1,64}`, else a new one.
    static String of(Headers headers) {
        return headers.first(HeaderName.X_REQUEST_ID)
                .filter(RequestId::acceptable)
                .orElseGet(RequestId::create);
    }

    private static boolean acceptable(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!allowed(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /// 32 hex digits that sort by time, as those of a UUID of version 7 do: milliseconds, then random bits.
    private static String create() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex.toHexDigits(System.currentTimeMillis(), TIME_DIGITS)
                + hex.toHexDigits(random.nextLong(), RANDOM_DIGITS)
                + hex.toHexDigits(random.nextLong());
    }
}
