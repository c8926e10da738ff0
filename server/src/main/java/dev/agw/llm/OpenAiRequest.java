package dev.agw.llm;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.http.JsonCursor;
import dev.agw.http.JsonException;
import dev.agw.http.JsonMembers;
import dev.agw.http.JsonNames;
import dev.agw.http.JsonScanner;
import dev.agw.http.JsonSplice;
import dev.agw.http.JsonText;
import java.nio.charset.StandardCharsets;

/// A request that runs a model: its body as it came, and a view of the few members that concern a gateway.
///
/// ```json
/// {"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"messages":[...]}
/// ```
/// What the provider gets differs in `model` and `stream_options` alone; every other byte is the client's.
public final class OpenAiRequest {
    private static final int MODEL = 0;
    private static final int STREAM = 1;
    private static final int STREAM_OPTIONS = 2;
    private static final String[] NAMES = {"model", "stream", "stream_options"};
    private static final JsonNames WANTED = JsonNames.of(NAMES);
    private static final byte[] INCLUDE_USAGE = JsonCursor.name("include_usage");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] OPTIONS = ascii("{\"include_usage\":true}");
    private static final byte[] OPTIONS_MEMBER = ascii("\"stream_options\":{\"include_usage\":true},");

    private final Operation operation;
    private final byte[] body;
    private final JsonMembers members;
    private final String model;
    private final boolean stream;
    private final boolean usageAsked;

    private OpenAiRequest(Operation operation, byte[] body, JsonMembers members) {
        this.operation = operation;
        this.body = body;
        this.members = members;
        this.model = readModel();
        this.stream = readStream();
        this.usageAsked = readUsageAsked();
    }

    /// Reads a body.
    ///
    /// @param maxDepth levels of nesting that are allowed
    /// @throws ExchangeException it is no JSON object, is nested too deep, names a member twice that decides
    ///     what happens, or gives it a type that it cannot have (400)
    public static OpenAiRequest read(Operation operation, byte[] body, int maxDepth) {
        try {
            JsonMembers members = JsonScanner.scan(body, WANTED, maxDepth);
            if (!members.object()) {
                throw refused("the request body must be a json object");
            }
            refuseRepeated(members);
            return new OpenAiRequest(operation, body, members);
        } catch (JsonException e) {
            throw e.tooDeep()
                    ? new ExchangeException(new Failure.TooDeep("the request body is " + e.getMessage()))
                    : refused("the request body is not valid json: " + e.getMessage());
        }
    }

    private static void refuseRepeated(JsonMembers members) {
        for (int name = 0; name < NAMES.length; name++) {
            if (members.repeated(name)) {
                throw refused("'" + NAMES[name] + "' appears twice in the request body");
            }
        }
    }

    private String readModel() {
        JsonCursor value = value(MODEL);
        if (!value.string() && !absent(value)) {
            throw refused("'model' must be a string");
        }
        return value.text();
    }

    private boolean readStream() {
        JsonCursor value = value(STREAM);
        if (!value.isTrue() && !value.isFalse() && !absent(value)) {
            throw refused("'stream' must be true or false");
        }
        return value.isTrue();
    }

    private boolean readUsageAsked() {
        boolean asked = false;
        JsonCursor options = value(STREAM_OPTIONS);
        while (options.next()) {
            if (options.named(INCLUDE_USAGE)) {
                asked = options.value().isTrue();
            }
        }
        return asked;
    }

    private JsonCursor value(int name) {
        return members.has(name) ? members.value(name, body) : JsonCursor.NOTHING;
    }

    /// A member that is `null` counts as left out, as it does at the providers.
    private static boolean absent(JsonCursor value) {
        return value.nothing() || value.isNull();
    }

    /// The operation that was read for.
    public Operation operation() {
        return operation;
    }

    /// The model that the client asked for; empty if it named none.
    public String model() {
        return model;
    }

    /// The model that this provider will be asked for.
    ///
    /// @throws ExchangeException neither the client nor the configuration names one where the operation needs
    ///     it
    public String model(ProviderCall call) {
        String asked = call.model().orElse(model);
        if (asked.isEmpty() && operation.kind().needsModel()) {
            throw refused("'model' is missing");
        }
        return asked;
    }

    /// Whether the client wants the answer as a stream.
    public boolean stream() {
        return stream;
    }

    /// Whether the client asked for the usage chunk at the end of the stream.
    public boolean usageAsked() {
        return usageAsked;
    }

    /// Whether this provider will be asked for a usage chunk that the client does not expect, so that the
    /// answer has to be rewritten.
    public boolean addsUsage(ProviderCall call) {
        return stream
                && !usageAsked
                && call.usageOnRequest()
                && operation.kind().countsOnRequest()
                && optionsFit();
    }

    /// `stream_options` of another type is left for the provider to refuse.
    private boolean optionsFit() {
        JsonCursor options = value(STREAM_OPTIONS);
        return options.object() || absent(options);
    }

    /// The body for the provider; the client's very array if nothing has to change.
    ///
    /// @throws ExchangeException as [#model(ProviderCall)]
    public byte[] encode(ProviderCall call) {
        JsonSplice splice = new JsonSplice(body);
        String asked = model(call);
        if (!asked.equals(model)) {
            changeModel(splice, JsonText.quote(asked));
        }
        if (addsUsage(call)) {
            askForUsage(splice);
        }
        return splice.result();
    }

    private void changeModel(JsonSplice splice, byte[] quoted) {
        if (members.has(MODEL)) {
            splice.replace(members.valueStart(MODEL), members.valueEnd(MODEL), quoted);
            return;
        }
        int at = JsonCursor.of(body, 0, body.length).start() + 1;
        splice.insert(at, ascii("\"model\":"));
        splice.insert(at, quoted);
        splice.insert(at, ascii(members.empty() ? "" : ","));
    }

    private void askForUsage(JsonSplice splice) {
        if (!members.has(STREAM_OPTIONS)) {
            splice.insert(members.keyStart(STREAM), OPTIONS_MEMBER);
            return;
        }
        JsonCursor options = value(STREAM_OPTIONS);
        if (options.isNull()) {
            splice.replace(options.start(), options.end(), OPTIONS);
        } else {
            mergeInto(splice, options);
        }
    }

    /// The addition stands last, where it wins over whatever spelling of it may stand before.
    private static void mergeInto(JsonSplice splice, JsonCursor options) {
        while (options.next()) {
            if (options.named(INCLUDE_USAGE)) {
                splice.replace(options.value().start(), options.value().end(), TRUE);
                return;
            }
        }
        String separator = options.filled() ? "," : "";
        splice.insert(options.end() - 1, ascii(separator + "\"include_usage\":true"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ExchangeException refused(String message) {
        return new ExchangeException(new Failure.BadRequest(400, message));
    }
}
