package dev.agw.cli;

import dev.agw.cli.load.LoadException;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.sizing.BenchInputs;
import dev.agw.cli.sizing.Durations;
import dev.agw.cli.sizing.Input;
import dev.agw.cli.sizing.Inputs;
import dev.agw.cli.sizing.PrometheusInputs;
import dev.agw.cli.sizing.Sizing;
import dev.agw.cli.sizing.SizingException;
import dev.agw.cli.sizing.SizingText;
import dev.agw.cli.sizing.ValuesInputs;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `agw size`: how many replicas a load needs, and why.
@Command(
        name = "size",
        abbreviateSynopsis = true,
        sortOptions = false,
        header = "Tells how many replicas a load needs, and which constraint says so.",
        description = {
            "A number that is given wins over Prometheus's, that over the bench's, that over the values', and that over a"
                    + " default, which is flagged. The form yaml is a file for --values. Times: 6ms, 12s. Sizes: 64Ki, 768Mi. Shares: from 0 to 1."
        },
        footer = {"", "Example:  agw size --rate 20 --time 12s --provider-tpm 2000000"})
final class SizeCommand implements Callable<Integer> {
    /// How the result is printed.
    enum Format {
        table,
        json,
        yaml,
        hpa
    }

    @Mixin
    private final Console console = new Console();

    @Option(names = "--bench", paramLabel = "FILE", description = "A result of agw bench -o json.")
    private Optional<Path> bench = Optional.empty();

    @Option(names = "--prometheus-url", paramLabel = "URL", description = "A Prometheus that scrapes the gateways.")
    private Optional<URI> prometheus = Optional.empty();

    @Option(
            names = "--window",
            defaultValue = "7d",
            paramLabel = "TIME",
            description = "How far back Prometheus is asked. Default: ${DEFAULT-VALUE}.")
    private String window = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    @Mixin
    private final ValuesOption file = new ValuesOption();

    @Mixin
    private final SizeOptions given = new SizeOptions();

    @Override
    public Integer call() throws InterruptedException {
        try {
            Operations values = file.operations(console);
            Sizing sizing = Sizing.of(inputs(values), values.deployment().autoscaling());
            SizingText text = new SizingText(sizing, values);
            console.out()
                    .print(
                            switch (format) {
                                case table -> text.table();
                                case json -> text.json();
                                case yaml -> text.yaml();
                                case hpa -> text.autoscaler();
                            });
            console.out().flush();
            return ExitCode.OK.number();
        } catch (SizingException wrong) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
        } catch (LoadException unanswered) {
            throw LoadFailure.of(unanswered);
        }
    }

    private Inputs inputs(Operations values) throws InterruptedException {
        Map<Input, Inputs.Reading> known = new EnumMap<>(Input.class);
        Durations durations = Durations.unknown();
        if (file.given()) {
            ValuesInputs read = new ValuesInputs(values.deployment());
            put(known, read.values(), Inputs.Source.VALUES);
        }
        if (bench.isPresent()) {
            BenchInputs read = BenchInputs.read(bench.get());
            put(known, read.values(), Inputs.Source.BENCH);
            durations = read.durations();
        }
        if (prometheus.isPresent()) {
            PrometheusInputs asked = new PrometheusInputs(prometheus.get(), window());
            put(known, asked.values(), Inputs.Source.PROMETHEUS);
            Durations measured = asked.durations();
            durations = measured.known() ? measured : durations;
        }
        put(known, given.values(), Inputs.Source.GIVEN);
        return Inputs.complete(known, durations);
    }

    private static void put(Map<Input, Inputs.Reading> known, Map<Input, Double> values, Inputs.Source source) {
        values.forEach((input, value) -> known.put(input, new Inputs.Reading(value, source)));
    }

    private String window() {
        if (!window.matches("\\d{1,6}[smhdw]")) {
            throw new CommandException(
                    ExitCode.USAGE, "--window: expected a time such as 6h or 7d, found \"" + window + "\"");
        }
        return window;
    }
}
