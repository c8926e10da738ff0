package dev.agw.cli.render;

import dev.agw.cli.operations.Numbers;
import dev.agw.telemetry.Buckets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `${...}` in a rule can stand for: texts, numbers, formulas of them, and a few functions.
///
/// | written | stands for |
/// |---|---|
/// | `${by}` | a text |
/// | `${threshold * 2}` | a number |
/// | `${time(window)}` | a length of time: `5m` |
/// | `${le(threshold)}` | a regular expression for the bound, as old and new Prometheus spell it: `30([.]0)?` |
/// | `${exactly(threshold)}` | the bound as the gateway spells it: `30.0` |
/// | `${shown(threshold)}` | the value as people read it: `5 %` |
/// | `${errors(window)}` | the share of requests that the gateway itself fails, over that time |
///
/// @param shown how values are told to people, by name
record Scope(Map<String, String> texts, Map<String, Double> numbers, Map<String, String> shown) {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}]+)}");
    private static final Pattern CALL = Pattern.compile("(time|le|exactly|shown|errors)\\((.*)\\)");

    Scope {
        texts = Map.copyOf(texts);
        numbers = Map.copyOf(numbers);
        shown = Map.copyOf(shown);
    }

    /// This one, with a further number.
    Scope with(String name, double number) {
        Map<String, Double> more = new HashMap<>(numbers);
        more.put(name, number);
        return new Scope(texts, more, shown);
    }

    /// This one, with a further text.
    Scope with(String name, String text) {
        Map<String, String> more = new HashMap<>(texts);
        more.put(name, text);
        return new Scope(more, numbers, shown);
    }

    /// `template` with every `${...}` filled in.
    String fill(String template) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(meaning(place.group(1))));
    }

    /// The number that `template` stands for.
    double number(String template) {
        return Double.parseDouble(fill(template));
    }

    private String meaning(String written) {
        Matcher call = CALL.matcher(written);
        if (call.matches()) {
            return call(call.group(1), call.group(2));
        }
        String text = texts.get(written);
        return text != null ? text : Numbers.plain(Formula.value(written, numbers));
    }

    private String call(String function, String argument) {
        if (function.equals("shown")) {
            return shown.getOrDefault(argument, argument);
        }
        double value = Formula.value(argument, numbers);
        return switch (function) {
            case "time" -> Numbers.time(value);
            case "le" -> anySpelling(Numbers.plain(value));
            case "exactly" -> Buckets.of(value).spellings().getFirst();
            default -> errors(Numbers.time(value));
        };
    }

    private static String anySpelling(String plain) {
        return plain.indexOf('.') < 0 ? plain + "([.]0)?" : plain.replace(".", "[.]");
    }

    private String errors(String window) {
        return """
                (sum by (%1$s, gateway) (rate(agentgateway_requests_total{reason!="Upstream",status=~"5.."}[%2$s])) \
                / (sum by (%1$s, gateway) (rate(agentgateway_requests_total[%2$s])) > 0))""".formatted(texts.getOrDefault("by", ""), window);
    }
}
