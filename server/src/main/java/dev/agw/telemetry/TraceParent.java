package dev.agw.telemetry;

import dev.agw.exchange.TraceContext;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.List;

/// Reads `traceparent`, strictly: https://www.w3.org/TR/trace-context/#traceparent-header
///
/// ```
/// 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
/// ```
final class TraceParent {
    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;
    private static final int HEX = 16;
    private static final int SAMPLED = 1;

    private TraceParent() {}

    /// The caller's context, with its span as this gateway's own: what goes on where no spans are made here.
    /// [TraceContext#NONE] if there is none, or more than one, or it breaks the rules.
    static TraceContext of(Headers headers) {
        List<String> fields = headers.all(HeaderName.TRACEPARENT);
        return fields.size() == 1 && valid(fields.getFirst()) ? parsed(fields.getFirst()) : TraceContext.NONE;
    }

    private static TraceContext parsed(String field) {
        String parent = field.substring(PARENT_ID, FLAGS - 1);
        int flags = Integer.parseInt(field, FLAGS, LENGTH, HEX);
        return new TraceContext(field.substring(TRACE_ID, PARENT_ID - 1), parent, parent, (flags & SAMPLED) != 0);
    }

    private static boolean valid(String field) {
        return field.length() >= LENGTH
                && hex(field, 0, TRACE_ID - 1)
                && knownVersion(field)
                && field.charAt(TRACE_ID - 1) == '-'
                && id(field, TRACE_ID, PARENT_ID - 1)
                && field.charAt(PARENT_ID - 1) == '-'
                && id(field, PARENT_ID, FLAGS - 1)
                && field.charAt(FLAGS - 1) == '-'
                && hex(field, FLAGS, LENGTH);
    }

    /// Version 00 ends with the flags; later ones may add more behind a dash; ff is forbidden.
    private static boolean knownVersion(String field) {
        if (field.startsWith("ff")) {
            return false;
        }
        return field.length() == LENGTH || (!field.startsWith("00") && field.charAt(LENGTH) == '-');
    }

    private static boolean id(String field, int start, int end) {
        return hex(field, start, end) && !zeros(field, start, end);
    }

    private static boolean hex(String field, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = field.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeros(String field, int start, int end) {
        for (int i = start; i < end; i++) {
            if (field.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
