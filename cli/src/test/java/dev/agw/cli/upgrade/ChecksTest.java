package dev.agw.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

class ChecksTest {
    private static final Aim TO_1_2 =
            new Aim("1.2.0", Thresholds.DEFAULTS.with(Optional.empty(), Optional.of(Duration.ofSeconds(5))));
    private static final String OLD = build("1.1.0");
    private static final String NEW = build("1.2.0");

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> fixtures() {
        return Stream.of(
                        versions(),
                        drains(),
                        configurations(),
                        rules(),
                        errors(),
                        latencies(),
                        streams(),
                        loads(),
                        links(),
                        alerts(),
                        providers(),
                        comparisons(),
                        aborts(),
                        disconnects(),
                        targets(),
                        ages(),
                        baselines(),
                        sets(),
                        ClusterFixtures.rows(),
                        AccessFixtures.rows(),
                        TemplateFixtures.rows(),
                        ScalingFixtures.rows(),
                        MonitoringFixtures.rows(),
                        AfterwardsFixtures.rows())
                .flatMap(fixtures -> fixtures);
    }

    @ParameterizedTest(name = "{0} {1} [{index}]")
    @MethodSource("fixtures")
    void endsAsItsFixtureAsks(String id, Status status, Snapshot seen) {
        assertThat(finding(id, seen)).extracting(Finding::status).isEqualTo(status);
    }

    @Test
    void everyCheckHasFixturesForAPassAndItsWorstAndWithoutSources() {
        Map<String, Set<Status>> shown = fixtures()
                .collect(Collectors.groupingBy(
                        row -> (String) row.get()[0],
                        TreeMap::new,
                        Collectors.mapping(row -> (Status) row.get()[1], Collectors.toSet())));
        for (Report.Result result : all(Seen.NOTHING).results()) {
            String id = result.check().about().id();
            assertThat(shown).as("fixtures").containsKey(id);
            assertThat(shown.getOrDefault(id, Set.of()))
                    .as(id)
                    .contains(Status.PASS, result.check().about().severity());
            assertThat(result.finding().status()).as(id + " without sources").isEqualTo(Status.SKIP);
        }
    }

    @Test
    void aPodThatCannotBeReadIsNeverAPass() {
        fixtures()
                .filter(row -> row.get()[1] == Status.PASS || row.get()[1] == Status.WARN)
                .filter(row -> !((Snapshot) row.get()[2]).pods().isEmpty())
                .filter(row -> !((String) row.get()[0]).startsWith("AGW16"))
                .forEach(row -> assertThat(
                                finding((String) row.get()[0], Seen.andOneThatIsGone((Snapshot) row.get()[2])))
                        .as((String) row.get()[0])
                        .extracting(Finding::status)
                        .isEqualTo(Status.UNKNOWN));
    }

    @Test
    void aFailureOfOnePodCountsThoughOthersCannotBeRead() {
        assertThat(finding("AGW1106", Seen.andOneThatIsGone(Seen.pods(OLD, NEW)))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void aStrangerToTheClusterIsToldToLogInAndWhatCouldNotBeRead() {
        Part<JsonNode> stranger = new Part.Unreadable<>("the API does not know who asks (401)", "log in anew");
        JsonNode access = Seen.tree("{\"denied\": []}");
        Snapshot seen = Seen.NOTHING.withKubernetes(
                new TreeMap<>(Map.of("version", stranger, "pods", stranger, "access", new Part.Read<>(access))));
        Report report = all(seen);

        assertThat(ReportJson.print(report)).contains("\"remediation\" : \"log in anew\"");
        assertThat(new TableText(Ansi.OFF, true).print(report)).contains("remedy:   log in anew");
        assertThat(finding("AGW1003", seen).evidence())
                .contains("pods: the API does not know who asks (401); log in anew");
    }

    @Test
    void idsAreUniqueAndExplained() {
        Set<String> ids = new TreeSet<>();
        for (Report.Result result : all(Seen.NOTHING).results()) {
            Check.About about = result.check().about();
            assertThat(ids.add(about.id())).as(about.id()).isTrue();
            assertThat(Checks.explain(about.id()).orElseThrow()).contains(about.docs(), about.remedy());
        }
    }

    /// The list of the specification, in full: a check is never dropped or renumbered.
    @Test
    void everyIdThereIsHasItsCheck() {
        List<String> ids = Stream.of(
                        "1001-1006",
                        "1101-1113",
                        "1201-1210",
                        "1301-1306",
                        "1401-1402",
                        "1501-1504",
                        "1601-1606",
                        "1701-1708",
                        "2001-2008",
                        "3001-3008")
                .flatMap(range -> IntStream.rangeClosed(
                                Integer.parseInt(range.substring(0, 4)), Integer.parseInt(range.substring(5)))
                        .mapToObj(number -> "AGW" + number))
                .toList();

        assertThat(all(Seen.NOTHING).results())
                .extracting(result -> result.check().about().id())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void phasesAndChoicesLeaveChecksOut() {
        Choice post = new Choice(Phase.post, List.of(), List.of("stable"));

        assertThat(Checks.run(Seen.NOTHING, TO_1_2, post).results())
                .extracting(result -> result.check().about().id())
                .containsExactly("AGW3001", "AGW3003", "AGW3004", "AGW3005", "AGW3006", "AGW3007", "AGW3008");
    }

    private static Stream<Arguments> versions() {
        return Stream.of(
                row("AGW1106", Status.PASS, Seen.pods(OLD, OLD)),
                row("AGW1106", Status.FAIL, Seen.pods(OLD, NEW)),
                row("AGW1106", Status.UNKNOWN, Seen.pods("up 1")),
                row("AGW1107", Status.PASS, Seen.pods(OLD)),
                row("AGW1107", Status.WARN, Seen.pods(NEW)),
                row("AGW1107", Status.FAIL, Seen.pods(build("1.3.0"))),
                row("AGW1107", Status.FAIL, Seen.pods(build("1.0.5"))),
                row("AGW1107", Status.UNKNOWN, Seen.pods(build("unknown"))),
                row("AGW1107", Status.UNKNOWN, Seen.pods(OLD, NEW)));
    }

    private static Stream<Arguments> drains() {
        return Stream.of(
                row("AGW1208", Status.PASS, Seen.pods(durations("10", 100, 500))),
                row("AGW1208", Status.WARN, Seen.pods(durations("100", 100, 5000))),
                row("AGW1208", Status.FAIL, Seen.pods(durations("300", 100, 15_000))),
                row("AGW1208", Status.UNKNOWN, Seen.pods("up 1")));
    }

    private static Stream<Arguments> configurations() {
        return Stream.of(
                row("AGW1501", Status.PASS, Seen.config("1.2.0", List.of(), List.of())),
                row("AGW1501", Status.WARN, Seen.config("1.1.0", List.of(), List.of())),
                row("AGW1501", Status.FAIL, Seen.config("1.2.0", List.of("a.yaml:1: no"), List.of())),
                row("AGW1502", Status.PASS, Seen.config("1.2.0", List.of("a.yaml:1: no"), List.of())),
                row("AGW1502", Status.WARN, Seen.config("1.2.0", List.of(), List.of("a.yaml:1: hm"))),
                row("AGW1503", Status.PASS, Seen.pods(hash("a"), hash("a"))),
                row("AGW1503", Status.WARN, Seen.pods(hash("a"), hash("b"))),
                row("AGW1503", Status.UNKNOWN, Seen.pods(hash("a"), "up 1")));
    }

    private static Stream<Arguments> rules() {
        String requests = "rate(agentgateway_requests_total{status=\"500\"}[5m]) > 1";
        String gone = "agentgateway_gone > 1";
        String slow = "histogram_quantile(0.9, rate(agentgateway_request_duration_seconds_bucket[5m])) > ";
        Snapshot live = Seen.pods("agentgateway_gone 1\nagentgateway_draining{color=\"red\"} 0\n");
        return Stream.of(
                row("AGW1601", Status.PASS, live.with(Seen.alert(requests))),
                row("AGW1601", Status.WARN, live.with(Seen.panel(gone))),
                row("AGW1601", Status.WARN, live.with(Seen.alert("agentgateway_draining{size=\"1\"} > 0"))),
                row("AGW1601", Status.FAIL, live.with(Seen.alert(gone))),
                row("AGW1601", Status.FAIL, live.with(Seen.alert("agentgateway_draining{color=\"red\"} > 0"))),
                row("AGW1601", Status.UNKNOWN, live.with(List.of(new RulesFile("a", "a: [")))),
                row("AGW1601", Status.UNKNOWN, live.with(Seen.alert("rate(agentgateway_requests_total[5m]"))),
                row("AGW1602", Status.PASS, live.with(Seen.alert(gone))),
                row("AGW1602", Status.WARN, Seen.NOTHING.with(Seen.alert(gone))),
                row("AGW1602", Status.WARN, live.with(Seen.panel("agentgateway_never"))),
                row("AGW1602", Status.FAIL, live.with(Seen.alert("agentgateway_never > 1"))),
                row("AGW1602", Status.UNKNOWN, live.with(List.of(new RulesFile("a", "a: 1")))),
                row("AGW1603", Status.PASS, Seen.NOTHING.with(Seen.alert(slow + "30"))),
                row("AGW1603", Status.WARN, Seen.NOTHING.with(Seen.alert(slow + "31"))),
                row("AGW1603", Status.FAIL, Seen.NOTHING.with(Seen.alert(slow + "80"))),
                row("AGW1603", Status.UNKNOWN, Seen.NOTHING.with(List.of(new RulesFile("a", "")))));
    }

    private static Stream<Arguments> errors() {
        return Stream.of(
                row("AGW1701", Status.PASS, Seen.grown(requests("1", 0, 50), requests("1", 0, 150))),
                row("AGW1701", Status.PASS, Seen.grown(requests("1", 90, 50), requests("1", 90, 150))),
                row("AGW1701", Status.FAIL, Seen.grown(requests("1", 0, 50), requests("1", 5, 150))),
                row("AGW1701", Status.UNKNOWN, Seen.grown(requests("1", 0, 150), requests("1", 1, 151))));
    }

    private static Stream<Arguments> latencies() {
        return Stream.of(
                row("AGW1702", Status.PASS, Seen.pods(overhead("0.005", 100)).with(before(0.004))),
                row("AGW1702", Status.WARN, Seen.pods(overhead("0.005", 100)).with(before(0.001))),
                row("AGW1702", Status.SKIP, Seen.pods(overhead("0.005", 100))),
                row("AGW1702", Status.UNKNOWN, Seen.pods("up 1").with(before(0.001))),
                row("AGW1702", Status.UNKNOWN, Seen.pods("up 1").with(new Part.Unreadable<>("no", ""))));
    }

    private static Stream<Arguments> streams() {
        return Stream.of(
                row("AGW1703", Status.PASS, Seen.pods("agentgateway_streams_in_flight 5000")),
                row("AGW1703", Status.WARN, Seen.pods("agentgateway_streams_in_flight 5001")),
                row("AGW1703", Status.UNKNOWN, Seen.pods("up 1")));
    }

    private static Stream<Arguments> loads() {
        return Stream.of(
                row("AGW1704", Status.PASS, Seen.grown(loads(1, 7), loads(1, 7))),
                row("AGW1704", Status.FAIL, Seen.grown(loads(1, 7), loads(1, 8))),
                row("AGW1704", Status.FAIL, Seen.pods(loads(0, 8))),
                row("AGW1704", Status.UNKNOWN, Seen.pods("up 1")));
    }

    private static Stream<Arguments> links() {
        return Stream.of(
                row("AGW1705", Status.PASS, Seen.grown(xds(5, 1, "Error"), xds(6, 1, "Error"))),
                row("AGW1705", Status.WARN, Seen.grown(xds(5, 1, "Error"), xds(6, 2, "Error"))),
                row("AGW1705", Status.FAIL, Seen.grown(xds(5, 1, "Error"), xds(5, 2, "Error"))),
                row("AGW1705", Status.SKIP, Seen.pods("up 1")));
    }

    private static Stream<Arguments> alerts() {
        Snapshot unreadable =
                Seen.NOTHING.withPrometheus(new TreeMap<>(Map.of("alerts", new Part.Unreadable<>("no", ""))));
        return Stream.of(
                row("AGW1706", Status.PASS, firing("Watchdog", "firing", "critical")),
                row("AGW1706", Status.PASS, firing("AgwHighErrorRatio", "pending", "critical")),
                row("AGW1706", Status.WARN, firing("AgwHighErrorRatio", "firing", "warning")),
                row("AGW1706", Status.WARN, firing("HighHourlyCost", "firing", "warning")),
                row("AGW1706", Status.FAIL, firing("AgentGatewayHighErrorRate", "firing", "critical")),
                row("AGW1706", Status.FAIL, firing("UnexpectedModelUsage", "firing", "critical")),
                row("AGW1706", Status.UNKNOWN, Seen.alerts(alert("Watchdog", "firing", "critical"), "Watchdog")),
                row("AGW1706", Status.UNKNOWN, unreadable));
    }

    private static Stream<Arguments> providers() {
        return Stream.of(
                row("AGW1707", Status.PASS, Seen.pods(endpoints(2, 0))),
                row("AGW1707", Status.WARN, Seen.pods(endpoints(1, 1))),
                row("AGW1707", Status.FAIL, Seen.pods(endpoints(2, 0), endpoints(0, 2))),
                row("AGW1707", Status.SKIP, Seen.pods("up 1")));
    }

    private static Stream<Arguments> comparisons() {
        return Stream.of(
                row("AGW2003", Status.PASS, Seen.pods(OLD + requests("1", 1, 100), NEW + requests("1", 2, 100))),
                row("AGW2003", Status.FAIL, Seen.pods(OLD + requests("1", 1, 100), NEW + requests("1", 9, 100))),
                row("AGW2003", Status.UNKNOWN, Seen.pods(OLD + requests("1", 0, 100), NEW + requests("1", 0, 9))),
                row("AGW2003", Status.SKIP, Seen.pods(OLD + requests("1", 0, 100))),
                row("AGW2004", Status.PASS, Seen.pods(OLD + overhead("0.005", 9), NEW + overhead("0.005", 9))),
                row("AGW2004", Status.FAIL, Seen.pods(OLD + overhead("0.001", 9), NEW + overhead("0.005", 9))),
                row("AGW2004", Status.UNKNOWN, Seen.pods(OLD + overhead("0.001", 9), NEW)),
                row(
                        "AGW2004",
                        Status.UNKNOWN,
                        Seen.pods(OLD + overhead("0.001", 9), NEW + overhead("0.005", 9) + started(9999))),
                row("AGW2004", Status.SKIP, Seen.pods(NEW)));
    }

    private static Stream<Arguments> aborts() {
        String many = durations("120", 100, 9000) + "agentgateway_streams_in_flight 10\n";
        return Stream.of(
                row("AGW2005", Status.PASS, Seen.grown(cut(3), cut(3))),
                row("AGW2005", Status.PASS, Seen.grown(cut(0), cut(2) + many)),
                row("AGW2005", Status.FAIL, Seen.grown(cut(0), cut(50) + many)),
                row("AGW2005", Status.UNKNOWN, Seen.grown(cut(0), cut(1))),
                row("AGW2005", Status.UNKNOWN, Seen.pods("up 1")));
    }

    private static Stream<Arguments> disconnects() {
        return Stream.of(
                row("AGW2006", Status.PASS, Seen.grown(xds(1, 1, "Reconnect"), xds(1, 9, "Reconnect"))),
                row(
                        "AGW2006",
                        Status.PASS,
                        Seen.grown(started(1) + xds(1, 0, "Error"), started(2) + xds(1, 1, "Error"))),
                row("AGW2006", Status.FAIL, Seen.grown(xds(1, 1, "ConnectionError"), xds(1, 2, "ConnectionError"))),
                row("AGW2006", Status.SKIP, Seen.pods("up 1")));
    }

    private static Stream<Arguments> targets() {
        return Stream.of(
                row("AGW3001", Status.PASS, Seen.pods(NEW, NEW)),
                row("AGW3001", Status.FAIL, Seen.pods(NEW, OLD)),
                row("AGW3001", Status.UNKNOWN, Seen.pods(NEW, "up 1")));
    }

    private static Stream<Arguments> ages() {
        return Stream.of(
                row("AGW3002", Status.PASS, Seen.pods(started(1000), started(9000))),
                row("AGW3002", Status.WARN, Seen.pods(started(1000), started(9500))),
                row("AGW3002", Status.FAIL, Seen.grown(started(1000), started(2000))),
                row("AGW3002", Status.UNKNOWN, Seen.pods(started(1000), "up 1")));
    }

    private static Stream<Arguments> baselines() {
        String traffic = requests("1", 0, 100) + overhead("0.005", 100);
        return Stream.of(
                row("AGW3003", Status.PASS, Seen.pods(traffic).with(before(0.005))),
                row("AGW3003", Status.FAIL, Seen.pods(traffic).with(before(0.001))),
                row("AGW3003", Status.FAIL, Seen.pods(requests("1", 9, 100)).with(before(0.001))),
                row("AGW3003", Status.UNKNOWN, Seen.pods(requests("1", 0, 9)).with(before(0.001))),
                row("AGW3003", Status.SKIP, Seen.pods(traffic)));
    }

    private static Stream<Arguments> sets() {
        String whole = KnownMetrics.always().stream().collect(Collectors.joining(" 1\n", "", " 1\n"));
        return Stream.of(
                row("AGW3004", Status.PASS, Seen.pods(whole)),
                row("AGW3004", Status.PASS, Seen.pods(whole + "x 1\n").with(before(0.001))),
                row(
                        "AGW3004",
                        Status.PASS,
                        Seen.pods(whole + "x 1\n", whole + "x 1\n", whole + "x 1\n")
                                .with(before(0.001))),
                row(
                        "AGW3004",
                        Status.WARN,
                        Seen.pods(whole + "x{a=\"1\"} 1\nx{a=\"2\"} 1\nx{a=\"3\"} 1")
                                .with(before(1))),
                row("AGW3004", Status.WARN, Seen.pods(whole).with(before(0.001))),
                row("AGW3004", Status.FAIL, Seen.pods("x 1")));
    }

    private static Arguments row(String id, Status status, Snapshot seen) {
        return Arguments.of(id, status, seen);
    }

    private static Finding finding(String id, Snapshot seen) {
        Choice one = new Choice(Phase.all, List.of(id), List.of());
        return Checks.run(seen, TO_1_2, one).results().getFirst().finding();
    }

    private static Report all(Snapshot seen) {
        return Checks.run(seen, TO_1_2, new Choice(Phase.all, List.of(), List.of()));
    }

    private static Part<Baseline> before(double overhead) {
        return new Part.Read<>(new Baseline(
                new Baseline.Taken(Seen.AT, 1), new Errors(0, 100), Optional.of(overhead), Map.of("x", 1), Map.of()));
    }

    private static String build(String version) {
        return "agentgateway_build_info{tag=\"" + version + "\"} 1\n";
    }

    private static String hash(String hash) {
        return "agentgateway_config_info{hash=\"" + hash + "\"} 1\n";
    }

    private static String requests(String route, int failed, int served) {
        String labels = "route=\"" + route + "\"";
        return "agentgateway_requests_total{status=\"503\",reason=\"Internal\"," + labels + "} " + failed + "\n"
                + "agentgateway_requests_total{status=\"500\",reason=\"Upstream\"," + labels + "} " + served + "\n";
    }

    private static String histogram(String name, String bound, int count, double sum) {
        return name + "_bucket{le=\"" + bound + "\"} " + count + "\n" + name + "_bucket{le=\"+Inf\"} " + count + "\n"
                + name + "_sum " + sum + "\n" + name + "_count " + count + "\n";
    }

    private static String durations(String bound, int count, double sum) {
        return histogram("agentgateway_request_duration_seconds", bound, count, sum);
    }

    private static String overhead(String bound, int count) {
        return histogram("agentgateway_overhead_duration_seconds", bound, count, 1);
    }

    private static String loads(int last, int failures) {
        return "agentgateway_config_last_load_success " + last
                + "\nagentgateway_config_loads_total{result=\"failure\"} " + failures + "\n";
    }

    private static String xds(int messages, int ends, String reason) {
        return "agentgateway_xds_message_total{url=\"u\"} " + messages
                + "\nagentgateway_xds_connection_terminations_total{reason=\"" + reason + "\"} " + ends + "\n";
    }

    private static String alert(String name, String state, String severity) {
        return "{\"status\": \"success\", \"data\": {\"alerts\": [{\"state\": \"" + state
                + "\", \"labels\": {\"alertname\": \"" + name + "\", \"severity\": \"" + severity
                + "\"}, \"annotations\": {\"summary\": \"S.\"}}]}}";
    }

    private static Snapshot firing(String name, String state, String severity) {
        return Seen.alerts(alert(name, state, severity), "HighHourlyCost");
    }

    private static String endpoints(int healthy, int ejected) {
        return "agentgateway_backend_endpoints{state=\"healthy\",backend=\"b\"} " + healthy
                + "\nagentgateway_backend_endpoints{state=\"ejected\",backend=\"b\"} " + ejected + "\n";
    }

    private static String cut(int requests) {
        return "agentgateway_drain_cut_requests_total " + requests + "\n";
    }

    private static String started(int second) {
        return "process_start_time_seconds " + second + "\n";
    }
}
