package dev.agw.llm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a request asks of a model API in OpenAI's dialect, recognised by the end of its path, whatever stands
/// before.
///
/// ```
/// POST /team-a/v1/chat/completions        → CHAT,   /chat/completions
/// GET  /v1/responses/resp_1/input_items   → RESPONSES, /responses/resp_1/input_items, not metered
/// POST /v1/vector_stores                  → UNKNOWN,   /vector_stores
/// ```
///
/// @param suffix the path below the provider's prefix; one spelling, the provider's own, for everything that is
///     metered
/// @param metered whether a model is run: the body names it, and the answer counts its tokens. All else passes
///     through
public record Operation(Kind kind, String suffix, boolean metered) {

    /// The families of operations.
    public enum Kind {
        CHAT("chat", "/chat/completions"),
        TEXT_COMPLETION("text_completion", "/completions"),
        /// To the OTel conventions a response is a chat.
        RESPONSES("chat", "/responses"),
        EMBEDDINGS("embeddings", "/embeddings"),
        MODELS("models", "/models"),
        MODERATIONS("moderations", "/moderations"),
        AUDIO("audio", "/audio"),
        IMAGES("images", "/images"),
        FILES("files", "/files"),
        BATCHES("batches", "/batches"),
        FINE_TUNING("fine_tuning", "/fine_tuning"),
        REALTIME("realtime", "/realtime"),
        UNKNOWN("unknown", "/");

        private final String label;
        private final String path;

        Kind(String label, String path) {
            this.label = label;
            this.path = path;
        }

        /// The `gen_ai_operation_name` ([OTel GenAI](https://opentelemetry.io/docs/specs/semconv/gen-ai/)).
        public String label() {
            return label;
        }

        /// Whether a call of it runs a model on the body that came with it.
        boolean runsModel() {
            return this == CHAT || this == TEXT_COMPLETION || this == RESPONSES || this == EMBEDDINGS;
        }

        /// Whether its streams count tokens only if `stream_options.include_usage` asks for it.
        boolean countsOnRequest() {
            return this == CHAT || this == TEXT_COMPLETION;
        }

        /// Whether the model must be named; a response may take it from a stored prompt.
        boolean needsModel() {
            return this != RESPONSES;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    /// Recognises a request.
    ///
    /// @param path the raw path. A metered operation is known in every spelling that a server might take for it
    ///     (percent-encoded, trailing slashes): a spelling must not be a way around the meter
    public static Operation of(String method, String path) {
        if (method.equals("POST")) {
            Optional<Operation> metered = metered(plain(path));
            if (metered.isPresent()) {
                return metered.get();
            }
        }
        return passedThrough(path);
    }

    private static Optional<Operation> metered(String path) {
        for (Kind kind : KINDS) {
            if (kind.runsModel() && path.endsWith(kind.path)) {
                return Optional.of(new Operation(kind, kind.path, true));
            }
        }
        return Optional.empty();
    }

    private static String plain(String path) {
        boolean odd = path.indexOf('%') >= 0 || path.contains("//");
        String plain = odd ? decoded(path).replaceAll("/+", "/") : path;
        return plain.endsWith("/") ? plain.replaceAll("/+$", "") : plain;
    }

    /// A percent sign that encodes nothing is dropped; no server serves such a path anyway.
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return path.replace("%", "");
        }
    }

    /// What stands behind the last version segment, `/v1`; without one, what begins with the first family that
    /// is named; else the whole path.
    private static Operation passedThrough(String path) {
        int version = path.lastIndexOf("/v1/");
        String below = version < 0 ? path : path.substring(version + 3);
        int at = below.length();
        Kind first = Kind.UNKNOWN;
        for (Kind kind : KINDS) {
            int start = segment(below, kind.path);
            if (start >= 0 && start < at && kind != Kind.UNKNOWN && (start == 0 || version < 0)) {
                at = start;
                first = kind;
            }
        }
        return new Operation(first, first == Kind.UNKNOWN ? below : below.substring(at), false);
    }

    /// Where `family` stands as whole segments; -1 if nowhere.
    private static int segment(String path, String family) {
        int start = path.indexOf(family);
        while (start >= 0) {
            int end = start + family.length();
            if (end == path.length() || path.charAt(end) == '/') {
                return start;
            }
            start = path.indexOf(family, end);
        }
        return -1;
    }
}
