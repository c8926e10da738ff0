package dev.agw.cli.operations;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.Optional;

/// Where `agw check-upgrade` draws its lines.
@Doc("Where agw check-upgrade draws its lines.")
public record Upgrade(
        @Doc("What traffic has to look like.") Traffic traffic,
        @Doc("What the end of a gateway may cost.") Drain drain,
        @Doc("What a gateway can take.") Capacity capacity,
        @Doc("Times.") Times times,

        @Doc(value = "How many times the series of before a metric may have afterwards.", byDefault = "2")
        Amount series) {
    public Upgrade {
        expect(series, Amount.Unit.NUMBER, "series");
    }

    @Doc("What traffic has to look like.")
    public record Traffic(
            @Doc(value = "Fewer requests within the window tell nothing of errors.", byDefault = "20")
            @Range(min = 1, max = 1_000_000)
            int minRequests,

            @Doc(value = "Fewer requests of a version cannot be compared with those of another.", byDefault = "50")
            @Range(min = 1, max = 1_000_000)
            int minRequestsPerVersion,

            @Doc(value = "The share of requests that may fail by the gateway's own fault.", byDefault = "1%")
            Amount errors,

            @Doc(value = "By how much that share may be larger in the new version.", byDefault = "1%")
            Amount moreErrors,

            @Doc(
                    value = "How many times the gateway's own time of before it may take afterwards, at p95.",
                    byDefault = "2")
            Amount slowerThanBaseline,

            @Doc(value = "How many times the old version's own time the new one may take, at p95.", byDefault = "1.5")
            Amount slowerThanOld,

            @Doc(
                    value = "How long a process runs before its times are compared: a JVM begins slowly.",
                    byDefault = "60s")
            Duration warmUp,

            @Doc(value = "The share of the week's peak of requests at which it is no good time.", byDefault = "80%")
            Amount peak) {
        public Traffic {
            expect(errors, Amount.Unit.SHARE, "errors");
            expect(moreErrors, Amount.Unit.SHARE, "moreErrors");
            expect(slowerThanBaseline, Amount.Unit.NUMBER, "slowerThanBaseline");
            expect(slowerThanOld, Amount.Unit.NUMBER, "slowerThanOld");
            expect(peak, Amount.Unit.SHARE, "peak");
        }
    }

    @Doc("What the end of a gateway may cost.")
    public record Drain(
            @Doc(value = "How many streams may be in flight.", byDefault = "5000") @Range(min = 0, max = 100_000_000)
            int maxStreams,

            @Doc(value = "The share of what is under way that may be cut without a warning.", byDefault = "1%")
            Amount warnLost,

            @Doc(value = "The share of what is under way that may be cut at all.", byDefault = "10%")
            Amount maxLost,

            @Doc("How long the load balancer goes on sending to a gateway that it was told to leave out.")
            Optional<Duration> lbDeregistration) {
        public Drain {
            expect(warnLost, Amount.Unit.SHARE, "warnLost");
            expect(maxLost, Amount.Unit.SHARE, "maxLost");
        }
    }

    @Doc("What a gateway can take.")
    public record Capacity(
            @Doc(value = "The share of its CPU that a gateway may use while another one is away.", byDefault = "85%")
            Amount cpu,

            @Doc(value = "How many streams a gateway carries; agw size works it out.", byDefault = "400")
            @Range(min = 1, max = 10_000_000)
            int streams) {
        public Capacity {
            expect(cpu, Amount.Unit.SHARE, "cpu");
        }
    }

    @Doc("Times.")
    public record Times(
            @Doc(value = "How long a gateway runs before it counts as stable.", byDefault = "10m")
            Duration observed,

            @Doc(value = "How long a new gateway may take until it is ready.", byDefault = "2m")
            Duration readyWithin,

            @Doc(value = "How far clocks may be apart.", byDefault = "30s")
            Duration clockSkew,

            @Doc(value = "How long a certificate is still to hold.", byDefault = "30d")
            Amount certificate,

            @Doc(value = "How long a certificate must still hold.", byDefault = "7d")
            Amount certificateAtLeast) {
        public Times {
            expect(certificate, Amount.Unit.TIME, "certificate");
            expect(certificateAtLeast, Amount.Unit.TIME, "certificateAtLeast");
        }
    }

    private static void expect(Amount amount, Amount.Unit unit, String field) {
        if (amount.unit() != unit || amount.value() < 0) {
            throw new InvalidValueException(
                    "expected of " + field + " " + unit.example() + ", found \"" + amount.text() + "\"");
        }
    }
}
