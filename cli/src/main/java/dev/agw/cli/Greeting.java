package dev.agw.cli;

import dev.agw.gateway.Listening;
import java.util.List;

/// What a gateway says once it serves.
final class Greeting {
    private static final String METRICS = "requests_total.*reason=\"Upstream\"|token_usage_sum";

    private Greeting() {}

    /// Where it listens and, if there is a model to ask, lines to try.
    static String text(String from, List<Listening> listening, String model) {
        StringBuilder text = new StringBuilder("agw " + Version.number() + ": " + from + "\n\n");
        for (Listening port : listening) {
            text.append("  %-10s %s\n".formatted(port.what(), port.address()));
        }
        boolean plain = listening.stream().anyMatch(port -> port.what().equals("http"));
        if (plain && !model.isEmpty()) {
            String api = url(listening, "http") + "/v1";
            text.append('\n')
                    .append(Curl.chat(api, model))
                    .append('\n')
                    .append(Curl.stream(api, model))
                    .append('\n')
                    .append(Curl.metrics(url(listening, "metrics"), METRICS))
                    .append('\n');
        }
        return text.append('\n').toString();
    }

    private static String url(List<Listening> listening, String what) {
        Listening port = listening.stream()
                .filter(one -> one.what().equals(what))
                .findFirst()
                .orElseThrow();
        return "http://localhost:" + port.port();
    }
}
