package dev.agw.cli.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Requests that differ from each other, so that no cache answers in place of what is measured; the same ones in each
/// run.
record Prompts(Plan.Ask ask) {
    private static final List<String> WORDS = List.of(
            "river", "engine", "market", "window", "garden", "signal", "harbour", "letter", "winter", "planet",
            "bridge", "kernel", "mirror", "forest", "ticket", "copper");
    private static final int SHORTEST = 5;
    private static final int LONGEST = 60;

    /// The body of request `number`.
    byte[] body(long number) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", ask.model());
        body.put("max_tokens", ask.maxTokens());
        body.putArray("messages").addObject().put("role", "user").put("content", text(number));
        if (ask.stream()) {
            body.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(long number) {
        SplittableRandom dice = new SplittableRandom(number);
        StringBuilder text = new StringBuilder("Request ").append(number).append(": tell a story with");
        for (int left = dice.nextInt(SHORTEST, LONGEST); left > 0; left--) {
            text.append(' ').append(WORDS.get(dice.nextInt(WORDS.size())));
        }
        return text.append('.').toString();
    }
}
