package dev.agw.cli.upgrade;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `1.4.2` or `v1.5.0-rc.1`.
public record ReleaseNumber(int major, int minor, int patch, String before) implements Comparable<ReleaseNumber> {
    private static final Pattern SHAPE =
            Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-([0-9A-Za-z.-]+))?(?:\\+.*)?");
    private static final Comparator<ReleaseNumber> ORDER = Comparator.comparingInt(ReleaseNumber::major)
            .thenComparingInt(ReleaseNumber::minor)
            .thenComparingInt(ReleaseNumber::patch)
            .thenComparing(ReleaseNumber::released)
            .thenComparing(ReleaseNumber::before);

    /// Empty if it is no such number.
    public static Optional<ReleaseNumber> of(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new ReleaseNumber(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Optional.ofNullable(matcher.group(4)).orElse("")))
                : Optional.empty();
    }

    boolean released() {
        return before.isEmpty();
    }

    /// Whether a release that changes what one may rely on lies between.
    boolean skipsTo(ReleaseNumber to) {
        return to.major > major + 1 || (to.major == major && to.minor > minor + 1);
    }

    @Override
    public int compareTo(ReleaseNumber other) {
        return ORDER.compare(this, other);
    }
}
