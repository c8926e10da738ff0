package dev.agw.simulator;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Works out the [Script] of a request: its `x-sim-*` fields win over its model's name, that over the settings.
final class ScriptReader {
    private static final HeaderName STATUS = HeaderName.of("x-sim-status");
    private static final HeaderName RETRY_AFTER = HeaderName.of("x-sim-retry-after");
    private static final HeaderName HEAD_DELAY = HeaderName.of("x-sim-head-delay");
    private static final HeaderName FIRST_TOKEN_DELAY = HeaderName.of("x-sim-first-token-delay");
    private static final HeaderName TOKEN_GAP = HeaderName.of("x-sim-token-gap");
    private static final HeaderName TOKENS = HeaderName.of("x-sim-tokens");
    private static final HeaderName FAULT = HeaderName.of("x-sim-fault");
    private static final HeaderName FAULT_AFTER = HeaderName.of("x-sim-fault-after");
    private static final HeaderName ENCODING = HeaderName.of("x-sim-encoding");

    private static final int[] STATUSES = {429, 500, 503};
    private static final Fault[] FAULTS = {Fault.NONE, Fault.RESET, Fault.HANG, Fault.TRUNCATE, Fault.SLOW_HEAD};

    private static final String MODEL_PREFIX = "sim-";
    private static final String SLOW = "sim-slow";
    private static final long SLOW_NANOS = 2_000_000_000L;
    private static final String IDLE = "sim-idle";
    private static final long IDLE_NANOS = 60_000_000_000L;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(us|ms|s|m)");

    private final SimulatorSettings settings;

    ScriptReader(SimulatorSettings settings) {
        this.settings = settings;
    }

    /// @param luck bits that decide whether this request is one of those that fail
    /// @throws ApiErrorException 400: a field of ours has a value that is none
    Script read(Headers fields, String model, double luck) {
        String name = model.startsWith(MODEL_PREFIX) ? model.substring(MODEL_PREFIX.length()) : "";
        SimulatorSettings.Pace pace = settings.pace();
        long firstToken = model.equals(SLOW) ? SLOW_NANOS : pace.firstToken().toNanos();
        long tokenGap = model.equals(IDLE) ? IDLE_NANOS : pace.tokenGap().toNanos();
        int status =
                (int) number(fields, STATUS, name.matches("[2-5]\\d\\d") ? Integer.parseInt(name) : statusByLuck(luck));
        return new Script(
                status,
                fault(fields, name, luck),
                (int) number(fields, FAULT_AFTER, -1),
                duration(fields, HEAD_DELAY, pace.head().toNanos()),
                duration(fields, FIRST_TOKEN_DELAY, firstToken),
                duration(fields, TOKEN_GAP, tokenGap),
                Math.max(1, (int) number(fields, TOKENS, settings.length().tokens())),
                gzip(fields),
                fields.first(RETRY_AFTER).orElse(status == 429 ? "1" : ""));
    }

    /// Each share is one slice of the range 0 to 1, in the order of [SimulatorSettings.FaultRates].
    private int statusByLuck(double luck) {
        SimulatorSettings.FaultRates rates = settings.faults();
        double[] shares = {rates.tooManyRequests(), rates.serverError(), rates.unavailable()};
        int slice = slice(shares, luck);
        return slice < shares.length ? STATUSES[slice] : 200;
    }

    private Fault fault(Headers fields, String name, double luck) {
        Optional<String> wanted = fields.first(FAULT);
        if (wanted.isPresent()) {
            return Fault.named(wanted.get()).orElseThrow(() -> wrong(FAULT, wanted.get()));
        }
        return Fault.named(name).orElseGet(() -> faultByLuck(luck));
    }

    /// The slices of the statuses come first: an error by luck has an unbroken body.
    private Fault faultByLuck(double luck) {
        SimulatorSettings.FaultRates rates = settings.faults();
        double[] shares = {
            rates.tooManyRequests() + rates.serverError() + rates.unavailable(),
            rates.reset(),
            rates.hang(),
            rates.truncate(),
            rates.slowHead()
        };
        int slice = slice(shares, luck);
        return slice < shares.length ? FAULTS[slice] : Fault.NONE;
    }

    /// In which of the shares `luck` falls; their number if behind all.
    private static int slice(double[] shares, double luck) {
        double edge = 0;
        for (int i = 0; i < shares.length; i++) {
            edge += shares[i];
            if (luck < edge) {
                return i;
            }
        }
        return shares.length;
    }

    private boolean gzip(Headers fields) {
        return fields.hasToken(ENCODING, "gzip")
                || (settings.gzip() && fields.hasToken(HeaderName.ACCEPT_ENCODING, "gzip"));
    }

    private static long number(Headers fields, HeaderName name, long otherwise) {
        return read(fields, name, otherwise, value -> {
            if (!value.matches("\\d{1,9}")) {
                throw wrong(name, value);
            }
            return Long.parseLong(value);
        });
    }

    private static long duration(Headers fields, HeaderName name, long otherwise) {
        return read(fields, name, otherwise, value -> {
            Matcher duration = DURATION.matcher(value);
            if (!duration.matches()) {
                throw wrong(name, value);
            }
            return Long.parseLong(duration.group(1)) * unitNanos(duration.group(2));
        });
    }

    private static long read(Headers fields, HeaderName name, long otherwise, ToLongFunction<String> parse) {
        Optional<String> value = fields.first(name);
        return value.isEmpty() ? otherwise : parse.applyAsLong(value.get());
    }

    private static long unitNanos(String unit) {
        return switch (unit) {
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            default -> 60_000_000_000L;
        };
    }

    private static ApiErrorException wrong(HeaderName name, String value) {
        return ApiErrorException.invalid("the field " + name.text() + " can't be '" + value + "'", name.text());
    }
}
