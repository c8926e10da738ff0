package dev.agw.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of an expression of PromQL as is needed to see which metrics it asks for: its words.
///
/// @param words names, numbers, strings and signs, in order
record Expression(List<String> words) {
    private static final Pattern WORD = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`"
            + "|#[^\\n]*|\\$\\{[^}]*\\}|\\$\\w+|[a-zA-Z_:][\\w:]*|\\d[\\w.]*(?:(?<=[eE])[+-]\\d+)?|\\.\\d+"
            + "|=~|!~|!=|==|>=|<=|\\S");
    private static final String OURS = "agentgateway_";
    private static final Set<String> ABOVE = Set.of(">", ">=");

    /// A metric and the labels that are asked of it.
    record Selector(String metric, Set<String> labels) {}

    /// A quantile of a histogram and the number that it is compared with.
    record Limit(String bucket, double threshold) {}

    static Expression of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().startsWith("#")) {
                words.add(matcher.group());
            }
        }
        return new Expression(words);
    }

    /// The metrics of the gateway that it asks for.
    List<Selector> selectors() {
        List<Selector> selectors = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(OURS) && !word.contains(":")) {
                selectors.add(new Selector(word, labels(i + 1)));
            }
        }
        return selectors;
    }

    private Set<String> labels(int at) {
        Set<String> labels = new TreeSet<>();
        if (!word(at).equals("{")) {
            return labels;
        }
        for (int i = at + 1; i < words.size() && !word(i).equals("}"); i++) {
            if (word(i - 1).equals("{") || word(i - 1).equals(",")) {
                labels.add(word(i));
            }
        }
        return labels;
    }

    /// Every `histogram_quantile(...) > number`.
    List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (word(i).equals("histogram_quantile") && word(i + 1).equals("(")) {
                limit(i + 1, limits);
            }
        }
        return limits;
    }

    private void limit(int open, List<Limit> limits) {
        int close = close(open);
        int number = word(close + 2).equals("bool") ? close + 3 : close + 2;
        if (ABOVE.contains(word(close + 1)) && word(number).matches("[\\d.]+(?:[eE][+-]?\\d+)?")) {
            double threshold = Double.parseDouble(word(number));
            new Expression(words.subList(open, Math.min(close, words.size())))
                    .selectors()
                    .forEach(selector -> limits.add(new Limit(selector.metric(), threshold)));
        }
    }

    private int close(int open) {
        int depth = 0;
        for (int i = open; i < words.size(); i++) {
            depth += word(i).equals("(") ? 1 : 0;
            depth -= word(i).equals(")") ? 1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return words.size();
    }

    private String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }
}
