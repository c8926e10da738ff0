package dev.agw.telemetry;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/// The upper bounds of a histogram, ascending, without the infinite one, and how they are spelled as `le`.
public final class Buckets {
    /// For metrics that are no histograms.
    public static final Buckets NONE = of();

    private final double[] bounds;
    private final String[] spelled;

    private Buckets(double[] bounds) {
        this.bounds = bounds;
        this.spelled = Arrays.stream(bounds).mapToObj(Buckets::spell).toArray(String[]::new);
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

    String spelled(int i) {
        return i == spelled.length ? "+Inf" : spelled[i];
    }

    /// The canonical spelling of OpenMetrics 1.0, which Prometheus 3 stores whatever it scrapes: `0.5`, `10.0`,
    /// `1.048576e+06`, `5e-05`. One spelling in both formats, so that no series changes its name with the format.
    private static String spell(double bound) {
        BigDecimal decimal = new BigDecimal(Double.toString(bound)).stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return decimal.scale() <= 0 ? decimal.toPlainString() + ".0" : decimal.toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = exponent < 0 ? "e-" : "e+";
        return digits.charAt(0) + fraction + sign + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
