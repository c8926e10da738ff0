package dev.agw.simulator;

import java.util.StringTokenizer;

/// The words of an answer, one token each: it repeats the start of the last message, then goes on with filler for
/// as long as it must.
final class Speech {
    private static final String CLOCK = "sim-clock";
    private static final int REPEATED = 12;
    private static final String[] FILLER = words("""
            This answer comes from a simulator and not from a model. It costs nothing, it thinks nothing, and it \
            arrives one word at a time, so that you can watch how a stream passes through the gateway. Every word \
            counts as one token. When the words run out, the simulator starts again from the beginning.""");
    private static final String PADDING = ("." + String.join("", FILLER)).repeat(16);

    private final String[] opening;
    private final int tokens;
    private final boolean cut;
    private final boolean clock;

    private Speech(String[] opening, int tokens, boolean cut, boolean clock) {
        this.opening = opening;
        this.tokens = tokens;
        this.cut = cut;
        this.clock = clock;
    }

    /// @param tokens how long an answer is by itself; the request may allow less
    static Speech answering(Ask ask, int tokens) {
        int allowed = ask.allowed(tokens);
        return new Speech(
                repeating(ask.lastText()),
                allowed,
                allowed < tokens,
                ask.model().equals(CLOCK));
    }

    private static String[] repeating(String text) {
        int end = Math.min(text.length(), 40 * REPEATED); // a prompt may be megabytes long
        String[] words = words(text.substring(0, end));
        int taken = Math.min(words.length, REPEATED);
        String[] opening = new String[taken == 0 ? 0 : taken + 2];
        if (taken > 0) {
            opening[0] = " You";
            opening[1] = " said:";
            System.arraycopy(words, 0, opening, 2, taken);
            opening[taken + 1] += taken < words.length || end < text.length() ? "..." : ".";
        }
        return opening;
    }

    /// Cuts at white space; every word keeps one blank before it.
    private static String[] words(String text) {
        StringTokenizer tokenizer = new StringTokenizer(text);
        String[] words = new String[tokenizer.countTokens()];
        for (int i = 0; i < words.length; i++) {
            words[i] = " ".concat(tokenizer.nextToken());
        }
        return words;
    }

    /// Completion tokens.
    int tokens() {
        return tokens;
    }

    /// Whether the request's bound ended the answer: finish reason `length`.
    boolean cut() {
        return cut;
    }

    /// Token `i`; all but the first start with a blank. Those of a clock are the time.
    String token(int i) {
        if (clock) {
            return Long.toString(System.nanoTime());
        }
        String word = i < opening.length ? opening[i] : FILLER[(i - opening.length) % FILLER.length];
        return i == 0 ? word.substring(1) : word;
    }

    /// All tokens in a row.
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append(token(i));
        }
        return text.toString();
    }

    /// Text of exactly so many characters, all ASCII, none of them escaped in JSON.
    static String padding(int length) {
        int wanted = Math.max(0, length);
        return wanted <= PADDING.length()
                ? PADDING.substring(0, wanted)
                : PADDING.repeat(wanted / PADDING.length() + 1).substring(0, wanted);
    }
}
