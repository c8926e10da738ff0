package dev.agw.schema;

/*
 * Thousands of routes name the same Gateway, the same Backend and the same kinds. Entries are overwritten by others with
 * the same slot, so the table never grows; that threads may overwrite each other costs a copy and nothing else.
 */
/// Keeps one copy of words that occur again and again. Safe for use by many threads.
final class Words {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 32;

    private static final String[] KNOWN = new String[SLOTS];

    private Words() {}

    /// The same text, as an instance that others may have, too.
    static String shared(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int slot = text.hashCode() & (SLOTS - 1);
        String known = KNOWN[slot];
        if (text.equals(known)) {
            return known;
        }
        KNOWN[slot] = text;
        return text;
    }
}
