package dev.agw.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ThroughputTest {
    @Test
    void countsWhatWasAnsweredBetweenTwoMoments() {
        Throughput.Moment start = new Throughput.Moment(1_000_000_000L, 5, 50);
        Throughput.Moment end = new Throughput.Moment(3_000_000_000L, 25, 90);

        assertThat(end.since(start)).isEqualTo(new Rates(2, 10, 20));
    }

    @Test
    void answersOfAllPhasesCount() {
        Throughput throughput = new Throughput();
        Throughput.Moment start = throughput.now();
        new Tally(throughput).answered(1, 3);
        new Tally(throughput).answered(1, 4);

        Rates rates = throughput.now().since(start);

        assertThat(rates.answers() * rates.seconds()).isCloseTo(2, within(1e-6));
        assertThat(rates.tokens() * rates.seconds()).isCloseTo(7, within(1e-6));
    }
}
