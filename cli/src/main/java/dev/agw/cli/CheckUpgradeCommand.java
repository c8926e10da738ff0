package dev.agw.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.load.Progress;
import dev.agw.cli.upgrade.Aim;
import dev.agw.cli.upgrade.Baseline;
import dev.agw.cli.upgrade.Checks;
import dev.agw.cli.upgrade.Choice;
import dev.agw.cli.upgrade.Dump;
import dev.agw.cli.upgrade.Part;
import dev.agw.cli.upgrade.Phase;
import dev.agw.cli.upgrade.Report;
import dev.agw.cli.upgrade.ReportFormat;
import dev.agw.cli.upgrade.Rollout;
import dev.agw.cli.upgrade.Snapshot;
import dev.agw.cli.upgrade.Status;
import dev.agw.cli.upgrade.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `agw check-upgrade`: whether gateways may be upgraded, are being upgraded well, and have been.
@Command(
        name = "check-upgrade",
        header = "Tells whether gateways are ready for an upgrade, and whether it went well.",
        description = "Looks at a cluster, at running gateways, their configuration and the rules that watch them, and"
                + " changes nothing. What cannot be read is unknown, which is never a pass. The phase watch looks"
                + " again and again until every gateway runs the target, or a check fails.",
        footer = {
            "",
            "Examples:",
            "  agw check-upgrade --to 1.4.0 -n ai --deployment agw --baseline before.json",
            "  agw check-upgrade --to 1.4.0 -n ai --deployment agw --phase watch --wait 20m",
            "  agw check-upgrade --to 1.4.0 --metrics-url http://localhost:15020/metrics --baseline before.json",
            "  agw check-upgrade --phase post --to 1.4.0 --from-dump seen --baseline before.json",
            "  agw check-upgrade --explain AGW1208",
            "",
            "Exit codes: 0 no failure, 1 a check failed, 2 wrong usage, 3 something is unknown, or a watch not done,",
            "            4 warnings with --fail-on=warn, 130 interrupted"
        })
final class CheckUpgradeCommand implements Callable<Integer> {
    /// What makes the exit code tell.
    enum Severity {
        fail,
        warn
    }

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final UpgradeSources sources = new UpgradeSources();

    @Mixin
    private final WatchOptions watch = new WatchOptions();

    @Option(
            names = "--phase",
            defaultValue = "pre",
            description =
                    "Before, while or after pods are replaced: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Phase phase = Phase.pre;

    @Option(
            names = "--to",
            converter = ReleaseText.class,
            paramLabel = "VERSION",
            description = "The version that shall run. Default: that of this agw.")
    private String target = Version.number();

    @Option(names = "--from-dump", paramLabel = "FOLDER", description = "Looks at what agw dump kept.")
    private Optional<Path> dump = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Compares with it; the phase pre writes it where it is not there.")
    private Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--max-streams",
            paramLabel = "N",
            description = "How many streams may be in flight. Default: that of the values.")
    private Optional<Integer> maxStreams = Optional.empty();

    @Option(
            names = "--lb-deregistration",
            paramLabel = "TIME",
            description = "How long the load balancer goes on sending to a gateway that it was told to leave out.")
    private Optional<Duration> deregistration = Optional.empty();

    @Option(names = "--only", split = ",", paramLabel = "ID", description = "Runs these checks alone; ids or titles.")
    private List<String> only = List.of();

    @Option(names = "--skip", split = ",", paramLabel = "ID", description = "Leaves these checks out.")
    private List<String> skip = List.of();

    @Option(
            names = "--fail-on",
            defaultValue = "fail",
            paramLabel = "SEVERITY",
            description = "fail, or warn to tell warnings by the exit code, too. Default: ${DEFAULT-VALUE}.")
    private Severity failOn = Severity.fail;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ReportFormat format = ReportFormat.table;

    @Option(names = "--no-color", description = "Prints marks without colours; so does NO_COLOR=1.")
    private boolean plain;

    @Option(names = "--list", description = "Lists all checks.")
    private boolean list;

    @Option(names = "--explain", paramLabel = "ID", description = "Tells what a check looks at and what to do.")
    private Optional<String> explain = Optional.empty();

    CheckUpgradeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list || explain.isPresent()) {
            console.out().print(explain.map(CheckUpgradeCommand::explained).orElseGet(Checks::list));
            console.out().flush();
            return ExitCode.OK.number();
        }
        Choice choice = choice();
        Aim aim = new Aim(target, limits());
        if (phase == Phase.watch && dump.isEmpty() && watch.again()) {
            return watched(aim, choice).number();
        }
        Snapshot snapshot = compared(snapshot());
        if (snapshot.window().isZero() && !snapshot.pods().isEmpty()) {
            console.err().println("agw: one look: judged is what was counted since each gateway started");
        }
        Report report = Checks.run(snapshot, aim, choice);
        console.out().print(format.print(report, ansi()));
        console.out().flush();
        return exitCode(report).number();
    }

    private ExitCode watched(Aim aim, Choice choice) throws InterruptedException {
        try (Viewer viewer = sources.viewer(surroundings)) {
            WatchView view = new WatchView(console.err(), Progress.onTerminal(), ansi());
            Watch.End end = new Watch(viewer, view, watch.interval())
                    .run(watch.span(), target, seen -> Checks.run(compared(seen), aim, choice));
            console.out().print(format.print(end.report(), ansi()));
            console.out().flush();
            return told(end);
        }
    }

    private ExitCode told(Watch.End end) {
        return switch (end.verdict()) {
            case DONE -> {
                console.err()
                        .println("agw: done: " + Rollout.of(end.seen(), target).state());
                yield exitCode(end.report());
            }
            case BREACHED -> {
                console.err().println("agw: a check failed; back to the version before: " + Rollout.undo(end.seen()));
                yield ExitCode.FINDINGS;
            }
            case LATE -> {
                console.err()
                        .println("agw: not done within " + watch.span().toSeconds() + " s: "
                                + Rollout.of(end.seen(), target).state());
                yield ExitCode.UNDETERMINED;
            }
        };
    }

    private static String explained(String word) {
        return Checks.explain(word)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "there is no check " + word + "; agw check-upgrade --list has all"));
    }

    private Choice choice() {
        Choice choice = new Choice(phase, only, skip);
        choice.unknown().forEach(CheckUpgradeCommand::explained);
        return choice;
    }

    private Thresholds limits() {
        return sources.values().map(Thresholds::of).orElse(Thresholds.DEFAULTS).with(maxStreams, deregistration);
    }

    private Snapshot snapshot() throws InterruptedException {
        if (dump.isPresent() && !sources.none()) {
            throw new CommandException(
                    ExitCode.USAGE, "--from-dump looks at nothing else: leave the other sources out");
        }
        if (dump.isPresent()) {
            return read(dump.get());
        }
        try (Viewer viewer = sources.viewer(surroundings)) {
            viewer.lookOver(sources.window());
            return viewer.snapshot();
        }
    }

    private static Snapshot read(Path folder) {
        try {
            return Dump.read(folder);
        } catch (IOException | RuntimeException e) {
            throw new CommandException(ExitCode.USAGE, folder + " is no folder that agw dump wrote", e);
        }
    }

    private Snapshot compared(Snapshot snapshot) {
        try {
            if (baseline.isEmpty()) {
                return snapshot;
            }
            Path file = baseline.get();
            if (Files.exists(file) || phase == Phase.watch || phase == Phase.post) {
                return snapshot.with(earlier(file));
            }
            write(file, snapshot);
            return snapshot;
        } catch (IOException | DateTimeException e) {
            throw new CommandException(ExitCode.USAGE, "cannot use the baseline " + baseline.get(), e);
        }
    }

    /// One of an earlier upgrade is easily left where the next one looks for its own.
    private Part<Baseline> earlier(Path file) throws IOException {
        Part<Baseline> read = Baseline.read(new ObjectMapper().readTree(Files.readString(file)));
        if (phase == Phase.pre && read instanceof Part.Read<Baseline>(Baseline old)) {
            console.err()
                    .println("agw: compares with the baseline " + file + " of " + old.taken()
                            + "; remove it to have one of now written");
        }
        return read;
    }

    private void write(Path file, Snapshot snapshot) throws IOException {
        Optional<Baseline> now = Baseline.of(snapshot);
        if (now.isEmpty()) {
            console.err().println("agw: wrote no baseline: it takes the metrics of all gateways");
            return;
        }
        Files.writeString(file, now.get().json().toPrettyString() + "\n");
        console.err().println("agw: wrote the baseline " + file);
    }

    private Ansi ansi() {
        boolean wanted = !plain && !surroundings.environment().containsKey("NO_COLOR");
        return wanted ? spec.commandLine().getColorScheme().ansi() : Ansi.OFF;
    }

    private ExitCode exitCode(Report report) {
        if (report.count(Status.FAIL) > 0) {
            return ExitCode.FINDINGS;
        }
        if (report.count(Status.UNKNOWN) > 0 || report.judged() == 0) {
            return ExitCode.UNDETERMINED;
        }
        return report.count(Status.WARN) > 0 && failOn == Severity.warn ? ExitCode.WARNINGS : ExitCode.OK;
    }
}
