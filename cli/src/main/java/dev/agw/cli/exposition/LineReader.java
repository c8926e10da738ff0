package dev.agw.cli.exposition;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one sample: `name{label="value",...} 1.5 [timestamp] [# exemplar]`.
final class LineReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:NaN|Inf|(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)");
    private static final Pattern REST = Pattern.compile("(?: +-?\\d+(?:\\.\\d+)?)?(?: +# \\{.*)? *");

    private final String line;
    private final int number;
    private int at;

    LineReader(String line, int number) {
        this.line = line;
        this.number = number;
    }

    Sample sample() {
        String name = take(NAME, "the name of a metric");
        Map<String, String> labels = next('{') ? labels() : Map.of();
        skipSpaces();
        double value = value(take(NUMBER, "a number"));
        take(REST, "nothing, a timestamp or an exemplar");
        if (at != line.length()) {
            throw wrong("nothing, a timestamp or an exemplar");
        }
        return new Sample(name, labels, value);
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        skipSpaces();
        while (!next('}')) {
            String label = take(LABEL, "the name of a label");
            expect('=');
            expect('"');
            if (labels.put(label, quoted()) != null) {
                throw wrong("each label once, found a second " + label);
            }
            skipSpaces();
            if (!next(',') && (at == line.length() || line.charAt(at) != '}')) {
                throw wrong("a comma or }");
            }
            skipSpaces();
        }
        return labels;
    }

    /// Up to the closing quote; `\\`, `\"` and `\n` are the only escapes.
    private String quoted() {
        StringBuilder text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return text.toString();
    }

    private char escaped() {
        char c = at < line.length() ? line.charAt(at++) : ' ';
        return switch (c) {
            case 'n' -> '\n';
            case '\\', '"' -> c;
            default -> throw wrong("one of the escapes \\\\, \\\" and \\n");
        };
    }

    static double value(String text) {
        return switch (text) {
            case "Inf", "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN", "+NaN", "-NaN" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private String take(Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(line).region(at, line.length());
        if (!matcher.lookingAt()) {
            throw wrong(what);
        }
        at = matcher.end();
        return matcher.group();
    }

    private void expect(char c) {
        if (!next(c)) {
            throw wrong("the character " + c);
        }
    }

    private boolean next(char c) {
        if (at < line.length() && line.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (next(' ') || next('\t')) {
            // goes on
        }
    }

    private BadPageException wrong(String expected) {
        return new BadPageException(number, "expected " + expected + " in column " + (at + 1));
    }
}
