package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgwTest {
    @Test
    void helpNamesEveryCommand() {
        Outcome help = Outcome.of("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).isEqualTo("""
                Usage: agw [-hV] [--verbose] COMMAND
                An AI gateway: routes, streams, protects and meters traffic to models.
                  -h, --help      Shows this help.
                  -V, --version   Prints the version.
                      --verbose   Shows the stack trace of an error; so does AGW_DEBUG=1.

                Commands:
                  serve              Runs the gateway.
                  simulate           Runs a stand-in for a provider with OpenAI's API, for drills, tests and
                                       benchmarks.
                  init               Writes settings and manifests to start from; never over files that are there.
                  validate           Tells all that is wrong with manifests and settings.
                  explain            Tells what a kind of manifest, a setting or a field means.
                  render             Prints the values that everything is rendered from, with defaults and meaning.
                  render-alerts      Writes alerting rules for Prometheus, with a test and a runbook for each.
                  render-dashboards  Writes dashboards for Grafana, whose lines are the thresholds of the alerts.
                  render-manifests   Writes manifests for Kubernetes, or a Helm chart.
                  check-rules        Tells what is wrong with rules, dashboards and autoscalers, without data.
                  bench              Sends chats or MCP sessions at a constant rate, and tells how it went.
                  render-loadtest    Prints a k6 script that sends the load of agw bench.
                  size               Tells how many replicas a load needs, and which constraint says so.
                  advise             Tells what in a configuration, and in its gateway's metrics, could be better.
                  check-upgrade      Tells whether gateways are ready for an upgrade, and whether it went well.
                  dump               Keeps what check-upgrade looks at in a folder.
                  version            Prints the version, and what it runs on.
                  help               Display help information about the specified command.

                Start here:   agw serve --demo
                Exit codes:   0 done, 1 findings, 2 wrong usage or configuration, 3 could not tell,
                              4 warnings with --fail-on=warn, 130 interrupted
                """);
    }

    @Test
    void helpOfEachCommandComesTwoWays() {
        for (String command : new String[] {
            "serve",
            "simulate",
            "init",
            "validate",
            "explain",
            "render",
            "render-alerts",
            "check-rules",
            "bench",
            "render-loadtest",
            "size",
            "advise",
            "check-upgrade",
            "dump",
            "version"
        }) {
            Outcome option = Outcome.of(command, "--help");
            assertThat(option.exitCode()).isZero();
            assertThat(option.out()).contains("Usage: agw " + command);
            assertThat(Outcome.of("help", command)).isEqualTo(option);
        }
    }

    @Test
    void tellsItsVersion() {
        String version = Outcome.of("--version").out();

        assertThat(version).matches("agw \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(Outcome.of("version").out()).startsWith(version).contains("\njava ");
    }

    @Test
    void aWrongCommandLineIsOneSentenceOnStandardError() {
        assertThat(Outcome.of("serv"))
                .isEqualTo(new Outcome(
                        2, "", "agw: Unmatched argument at index 0: 'serv'; did you mean serve?\nTry 'agw --help'.\n"));
        assertThat(Outcome.of("serve", "--bogus"))
                .isEqualTo(new Outcome(2, "", "agw: Unknown option: '--bogus'\nTry 'agw serve --help'.\n"));
        assertThat(Outcome.of())
                .matches(nothing -> nothing.exitCode() == 2 && nothing.out().isEmpty());
    }

    @Test
    void stackTracesAreForThoseWhoAsk() {
        String trace = "\tat dev.agw.cli.ConfigPaths";

        assertThat(Outcome.of("validate", "nowhere").err()).doesNotContain(trace);
        assertThat(Outcome.of("validate", "--verbose", "nowhere").err()).contains(trace);
        assertThat(Outcome.of(Map.of("AGW_DEBUG", "1"), "validate", "nowhere").err())
                .contains(trace);
    }
}
