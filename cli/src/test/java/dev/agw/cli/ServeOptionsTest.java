package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

class ServeOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "serve --demo",
                "serve --demo --port 0",
                "serve --port=65535 --demo --verbose",
                "serve --config /etc/agw",
                "serve --config=conf/a=b --settings ../agw.yaml",
                "serve --verbose --settings=agw.yaml --config .",
                "serve --demo --config both"
            })
    void aPlainLineIsReadAsPicocliReadsIt(String line) {
        String[] arguments = line.split(" ", -1);

        assertThat(ServeOptions.plain(arguments)).contains(byPicocli(arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version",
                "--verbose serve",
                "serve --help",
                "serve -h",
                "serve conf",
                "serve --demo=true",
                "serve --demo --demo",
                "serve --verbose --demo --verbose",
                "serve --port eighty",
                "serve --port=-1",
                "serve --port 123456",
                "serve --port",
                "serve --port=",
                "serve --config a --config=b",
                "serve --config",
                "serve --config=",
                "serve --config --demo",
                "serve --config @file",
                "serve @file",
                "serve --config 'a'",
                "serve --settings=\"a\"",
                "serve --conf a",
                "serve -- --demo",
                "serve --bogus"
            })
    void whatLeavesRoomForDoubtIsLeftToPicocli(String line) {
        assertThat(ServeOptions.plain(line.split(" ", -1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", " "})
    void aPathWithSpacesInItIsLeftToPicocli(String path) {
        assertThat(ServeOptions.plain("serve", "--config", path)).isEmpty();
    }

    private static ServeOptions byPicocli(String... arguments) {
        ParseResult parsed = Outcome.commandLine(Map.of(), new StringWriter(), new StringWriter())
                .parseArgs(arguments);
        return ((ServeCommand) parsed.subcommand().commandSpec().userObject()).options();
    }
}
