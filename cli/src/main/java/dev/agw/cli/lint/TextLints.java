package dev.agw.cli.lint;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Labels and annotations of an alert.
record TextLints(Context context, Findings findings) {
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.([a-zA-Z_]\\w*)|\\.Labels\\.([a-zA-Z_]\\w*)");
    private static final Pattern VALUE = Pattern.compile("\\{\\{[^}]*(?:\\$value|\\.Value)\\b[^}]*}}");

    void look(Rule rule, Subject subject) {
        Shape shape = context.shapes().of(subject.query());
        names(rule.annotations(), shape, subject);
        names(rule.labels(), shape, subject);
        rule.labels().forEach((name, text) -> {
            if (VALUE.matcher(text).find()) {
                findings.add(Lint.VALUE_IN_LABEL, subject.place(), "the label " + name + " holds $value");
            }
        });
        if (VALUE.matcher(rule.annotations().getOrDefault("summary", "")).find()) {
            findings.add(Lint.VALUE_IN_SUMMARY, subject.place(), "the summary holds $value");
        }
        if (!rule.annotations().containsKey("runbook_url")) {
            findings.add(Lint.NO_RUNBOOK, subject.place(), "no annotation runbook_url");
        }
    }

    private void names(Map<String, String> texts, Shape shape, Subject subject) {
        texts.forEach((name, text) -> {
            for (Matcher matcher = LABEL.matcher(text); matcher.find(); ) {
                String label = String.valueOf(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                if (!shape.may(label)) {
                    findings.add(
                            Lint.TEMPLATE_LABEL,
                            subject.place(),
                            name + " asks for the label " + label + ", which the result does not have");
                }
            }
        });
    }
}
