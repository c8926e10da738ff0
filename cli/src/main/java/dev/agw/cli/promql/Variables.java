package dev.agw.cli.promql;

import java.util.List;
import java.util.regex.Pattern;

/// Expressions of dashboards: what somebody chooses stands in them as `$name`, `${name:format}` or `[[name]]`.
///
/// https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
public final class Variables {
    private static final String MARK = "__chosen_";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)[^}]*}|\\$(\\w+)|\\[\\[(\\w+)[^\\]]*]]");

    private static final Pattern MARK_OF = Pattern.compile("\\W*(\\w+).*");

    private Variables() {}

    /// `text` as PromQL: each variable becomes a name that [#in] knows again.
    public static String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(MARK + "$1$2$3");
    }

    /// The names of those in `text` that a dashboard has to have itself, each once: not Grafana's own such as
    /// `$__range`, and not what `$1` stands for in a pattern.
    public static List<String> own(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> MARK_OF.matcher(found.group()).replaceAll("$1"))
                .filter(name -> !name.startsWith("__") && !name.matches("\\d+"))
                .distinct()
                .toList();
    }

    /// Whether a name, a value or a range of a filled expression depends on what is chosen.
    public static boolean in(String part) {
        return part.contains(MARK);
    }
}
