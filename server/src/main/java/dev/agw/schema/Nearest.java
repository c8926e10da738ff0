package dev.agw.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name somebody probably meant.
public final class Nearest {
    private static final int MOST_NAMES = 12;

    private Nearest() {}

    /// The known name nearest to `written`: at most 2 letters apart (1 for names of up to 4 letters), case aside.
    public static Optional<String> name(String written, Collection<String> known) {
        int limit = written.length() <= 4 ? 1 : 2;
        return known.stream()
                .filter(name -> distance(written, name) <= limit)
                .min(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// `did you mean "x"?`, or else what there is.
    public static String hint(String written, Collection<String> known) {
        return name(written, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElseGet(() -> listed(known));
    }

    private static String listed(Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String names = String.join(", ", known.stream().limit(MOST_NAMES).toList());
        return "known here: " + names + (known.size() > MOST_NAMES ? ", ..." : "");
    }

    /// Letters to put in, take out, replace, or swap with their neighbour, to make one name of the other.
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        int[] last = row(b.length());
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(last[j], now[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    now[j] = Math.min(now[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = now;
        }
        return last[b.length()];
    }

    private static int[] row(int length) {
        int[] row = new int[length + 1];
        for (int i = 0; i <= length; i++) {
            row[i] = i;
        }
        return row;
    }
}
