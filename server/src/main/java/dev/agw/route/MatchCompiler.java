package dev.agw.route;

import dev.agw.http.HeaderName;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.HttpRoute.ValueMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Makes matchers of the matches of a rule, or problems.
///
/// The checks here use the JDK's expressions, which are faster and safe for patterns of our own; those that routes
/// bring along go through [Regex].
final class MatchCompiler {
    /// Gateway API's bound, and the bound on the depth of a [PrefixTree].
    private static final int LONGEST_PATH = 1024;

    /// What holds where a match names no path.
    private static final PathPattern EVERY_PATH = new PathPattern.Prefix(List.of());

    /// The characters of a path; that each % has its digits, [NormalPath] sees to.
    private static final Pattern PATH = Pattern.compile("/[-A-Za-z0-9/._~!$&'()*+,;=:@%]*");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");

    private MatchCompiler() {}

    /// The matchers of a rule; those with problems are left out.
    static List<CompiledRoute.Matcher> compile(HttpRoute.Rule rule, Place place) {
        if (rule.matches().isEmpty()) {
            return List.of(new CompiledRoute.Matcher(EVERY_PATH, Conditions.NONE));
        }
        List<CompiledRoute.Matcher> matchers = new ArrayList<>(rule.matches().size());
        for (int i = 0; i < rule.matches().size(); i++) {
            matcher(rule.matches().get(i), place.at("matches").item(i)).ifPresent(matchers::add);
        }
        return matchers;
    }

    private static Optional<CompiledRoute.Matcher> matcher(HttpRoute.Match match, Place place) {
        int before = place.problems().size();
        PathPattern path = match.path().flatMap(p -> path(p, place.at("path"))).orElse(EVERY_PATH);
        Conditions conditions = conditions(match, place);
        return place.problems().size() > before
                ? Optional.empty()
                : Optional.of(new CompiledRoute.Matcher(path, conditions));
    }

    private static Optional<PathPattern> path(HttpRoute.PathMatch match, Place place) {
        return switch (match.type()) {
            case Exact -> literal(match.value(), place.at("value")).map(PathPattern.Exact::new);
            case PathPrefix -> literal(match.value(), place.at("value")).map(PathPattern.Prefix::of);
            case RegularExpression ->
                Regex.compile(match.value(), place.at("value")).map(PathPattern.Regex::new);
        };
    }

    private static Optional<String> literal(String path, Place place) {
        Optional<String> normal = PATH.matcher(path).matches() ? NormalPath.of(path) : Optional.empty();
        if (normal.isEmpty()) {
            place.problem(
                    "must start with /, hold only characters of a path (others percent-encoded) and no dot segment");
        } else if (path.contains("//")) {
            place.problem("has an empty segment (//)");
        } else if (path.length() > LONGEST_PATH) {
            place.problem("is longer than " + LONGEST_PATH + " characters");
        }
        return normal;
    }

    private static Conditions conditions(HttpRoute.Match match, Place place) {
        if (match.method().isPresent() && !METHOD.matcher(match.method().get()).matches()) {
            place.at("method").problem("is not a method in upper case");
        }
        List<Conditions.Field> fields = new ArrayList<>();
        byName(match.headers(), HeaderName::of, place.at("headers"))
                .forEach((name, value) -> fields.add(new Conditions.Field(name, value)));
        List<Conditions.Parameter> parameters = new ArrayList<>();
        byName(match.queryParams(), name -> name, place.at("queryParams"))
                .forEach((name, value) -> parameters.add(new Conditions.Parameter(name, value)));
        return new Conditions(match.method(), List.copyOf(fields), List.copyOf(parameters));
    }

    /// Conditions by name: of several for one name the first counts, as Gateway API has it.
    private static <K> Map<K, ValuePattern> byName(List<ValueMatch> matches, Function<String, K> key, Place place) {
        Map<K, ValuePattern> values = new LinkedHashMap<>();
        for (int i = 0; i < matches.size(); i++) {
            ValueMatch match = matches.get(i);
            value(match, place.item(i).at("value"))
                    .ifPresent(value -> values.putIfAbsent(key.apply(match.name()), value));
        }
        return values;
    }

    private static Optional<ValuePattern> value(ValueMatch match, Place place) {
        return switch (match.type()) {
            case Exact -> Optional.of(new ValuePattern.Exact(match.value()));
            case RegularExpression -> Regex.compile(match.value(), place).map(ValuePattern.Regex::new);
        };
    }
}
