package dev.agw.cli.promql;

import java.util.regex.Pattern;

/// Expressions of dashboards: what somebody chooses stands in them as `$name`, `${name:format}` or `[[name]]`.
///
/// https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
public final class Variables {
    private static final String MARK = "__chosen_";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)[^}]*}|\\$(\\w+)|\\[\\[(\\w+)[^\\]]*]]");

    private Variables() {}

    /// `text` as PromQL: each variable becomes a name that [#in] knows again.
    public static String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(MARK + "$1$2$3");
    }

    /// Whether a name, a value or a range of a filled expression depends on what is chosen.
    public static boolean in(String part) {
        return part.contains(MARK);
    }
}
