package dev.agw.cli.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/// The same load as a script for k6.
///
/// @param slowest how long 99 of 100 answers take at most: what the number of virtual users is worked out from
/// @param firstToken target of 95 of 100 streams
public record LoadScript(Plan plan, Duration slowest, Duration firstToken) {
    private static final String PLACE = "__VALUES__";
    private static final double SPARE = 1.2;
    private static final int WHOLE = 1000;

    /// The script.
    public String text() {
        try (InputStream in = LoadScript.class.getResourceAsStream("loadtest.js")) {
            String script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return script.replace(PLACE, values().toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// k6 takes whole rates, so a rate with a fraction is one per 1000 s.
    private ObjectNode values() {
        Plan.Pace pace = plan.pace();
        boolean fraction = pace.rate() != Math.rint(pace.rate());
        long users = (long) Math.ceil(pace.rate() * slowest.toMillis() / 1e3 * SPARE);
        return JsonNodeFactory.instance
                .objectNode()
                .put("url", plan.url().toString())
                .put("path", plan.url().target())
                .put("rate", Math.round(fraction ? pace.rate() * WHOLE : pace.rate()))
                .put("timeUnit", fraction ? WHOLE + "s" : "1s")
                .put("warmUpSeconds", pace.warmUp().toSeconds())
                .put("durationSeconds", pace.duration().toSeconds())
                .put("timeoutSeconds", pace.timeout().toSeconds())
                .put("preAllocatedVUs", Math.max(1, users))
                .put("maxVUs", Math.max(pace.concurrency(), users))
                .put("model", plan.ask().model())
                .put("maxTokens", plan.ask().maxTokens())
                .put("stream", plan.ask().stream())
                .put("ttftMillis", firstToken.toMillis());
    }
}
