package dev.agw.cli.promql;

import dev.agw.schema.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes an expression apart. Spaces and comments are left out.
///
/// https://prometheus.io/docs/prometheus/latest/querying/basics/
final class Tokens {
    private static final Pattern BLANK = Pattern.compile("(?:\\s+|#[^\\n]*)+");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern NUMBER =
            Pattern.compile("0x[0-9a-fA-F]+|(?:\\d+(?:ms|[smhdwy]))+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
    private static final Pattern STRING =
            Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'|`([^`]*)`");
    private static final Pattern RANGE = Pattern.compile("\\[([^\\]\\[]*)]");
    private static final Pattern SIGN = Pattern.compile("==|!=|=~|!~|>=|<=|[-+*/%^=<>(){},@]");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /// The pieces of `text`, the last one of kind [Token.Kind#END].
    ///
    /// @throws InvalidValueException if something in it is no PromQL
    static List<Token> of(String text) {
        Tokens reading = new Tokens(text);
        reading.read();
        return reading.tokens;
    }

    private void read() {
        while (at < text.length()) {
            if (!skip() && !take(Token.Kind.STRING, STRING) && !take(Token.Kind.RANGE, RANGE)) {
                takeRest();
            }
        }
        tokens.add(new Token(Token.Kind.END, "", text.length()));
    }

    private void takeRest() {
        if (!take(Token.Kind.NUMBER, NUMBER) && !take(Token.Kind.WORD, WORD) && !take(Token.Kind.SIGN, SIGN)) {
            throw new InvalidValueException("no valid PromQL at \"" + excerpt() + "\"");
        }
    }

    private String excerpt() {
        return text.substring(at, Math.min(text.length(), at + 20)).strip();
    }

    private boolean skip() {
        Matcher matcher = BLANK.matcher(text).region(at, text.length());
        boolean found = matcher.lookingAt();
        at = found ? matcher.end() : at;
        return found;
    }

    private boolean take(Token.Kind kind, Pattern shape) {
        Matcher matcher = shape.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new Token(kind, content(matcher), matcher.end()));
        at = matcher.end();
        return true;
    }

    private static String content(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String inner = matcher.group(group);
            if (inner != null) {
                return inner.indexOf('\\') < 0 ? inner : ESCAPED.matcher(inner).replaceAll("$1");
            }
        }
        return matcher.group();
    }
}
