package dev.agw.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The upper bounds of a histogram, ascending, without the infinite one, and how they are spelled as `le`.
public final class Buckets {
    /// For metrics that are no histograms.
    public static final Buckets NONE = of();

    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");
    private static final Pattern TRAILING_ZEROS = Pattern.compile("0+$");

    private static final byte[] INFINITE = line("+Inf");

    private final double[] bounds;
    private final byte[][] spelled;

    private Buckets(double[] bounds) {
        this.bounds = bounds;
        this.spelled =
                Arrays.stream(bounds).mapToObj(bound -> line(spell(bound))).toArray(byte[][]::new);
    }

    /// These bounds.
    public static Buckets of(double... bounds) {
        return new Buckets(bounds.clone());
    }

    /// These bounds and wider ones behind them.
    public Buckets and(double... wider) {
        double[] all = Arrays.copyOf(bounds, bounds.length + wider.length);
        System.arraycopy(wider, 0, all, bounds.length, wider.length);
        return new Buckets(all);
    }

    /// `factor` to the powers from 0 to `count - 1`.
    static Buckets powers(double factor, int count) {
        double[] bounds = new double[count];
        for (int i = 0; i < count; i++) {
            bounds[i] = Math.pow(factor, i);
        }
        return new Buckets(bounds);
    }

    /// The bounds as numbers.
    public List<Double> bounds() {
        return Arrays.stream(bounds).boxed().toList();
    }

    /// How the bounds are spelled as `le`, without the infinite one.
    public List<String> spellings() {
        return Arrays.stream(bounds).mapToObj(Buckets::spell).toList();
    }

    int count() {
        return bounds.length;
    }

    /// Which bucket `value` falls into; [#count] for the infinite one.
    int indexOf(double value) {
        int i = 0;
        while (i < bounds.length && value > bounds[i]) {
            i++;
        }
        return i;
    }

    /// What stands between `le="` and the value in a sample line of bucket `i`.
    byte[] spelled(int i) {
        return i == spelled.length ? INFINITE : spelled[i];
    }

    private static byte[] line(String spelled) {
        return (spelled + "\"} ").getBytes(StandardCharsets.US_ASCII);
    }

    /// The canonical spelling of OpenMetrics 1.0, which Prometheus 3 stores whatever it scrapes: `0.5`, `10.0`,
    /// `1.048576e+06`, `5e-05`. One spelling in both formats, so that no series changes its name with the format.
    private static String spell(double bound) {
        // Not by BigDecimal: the first one of a process works out powers for 20 ms.
        String shortest = Double.toString(bound);
        int e = shortest.contains("E") ? shortest.indexOf('E') : shortest.length();
        int power = e == shortest.length() ? 0 : Integer.parseInt(shortest.substring(e + 1));
        int point = shortest.indexOf('.');
        String padded = shortest.substring(0, point) + shortest.substring(point + 1, e);
        String digits = LEADING_ZEROS.matcher(padded).replaceFirst("");
        int exponent = power + point - 1 - (padded.length() - digits.length());
        return spell(TRAILING_ZEROS.matcher(digits).replaceFirst(""), exponent);
    }

    /// @param digits without zeros around them
    /// @param exponent of ten, of the first digit
    private static String spell(String digits, int exponent) {
        if (exponent < -4 || exponent >= 6) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            String sign = exponent < 0 ? "e-" : "e+";
            return digits.charAt(0) + fraction + sign + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        String whole = digits + "0".repeat(Math.max(0, exponent + 2 - digits.length()));
        return whole.substring(0, exponent + 1) + "." + whole.substring(exponent + 1);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
