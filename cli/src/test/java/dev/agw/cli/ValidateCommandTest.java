package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    private static final Map<String, String> KEY = Map.of("OPENAI_API_KEY", "sk-secret-value");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void writeTheStarterSet() {
        assertThat(Outcome.of("init", folder.toString()).exitCode()).isZero();
    }

    @Test
    void namesFileLineAndPathOfAMistakeAndWhatWasMeant() throws IOException {
        Path route = change("resources/route.yaml", "matches:", "matchs:");

        Outcome validate = Outcome.of(KEY, "validate", folder.toString());

        assertThat(validate.exitCode()).isEqualTo(1);
        assertThat(validate.out())
                .isEqualTo(route + ":10: spec.rules[0].matchs: unknown field; did you mean \"matches\"?\n");
        assertThat(validate.err()).endsWith(": 1 error, 0 warnings\n");
    }

    @Test
    void printsJsonWithTheSameExitCode() throws IOException {
        Path route = change("resources/route.yaml", "matches:", "matchs:");

        Outcome validate = Outcome.of(KEY, "validate", "-o", "json", folder.toString());

        assertThat(validate.exitCode()).isEqualTo(1);
        assertThat(validate.out()).isEqualTo("""
                [ {
                  "severity" : "error",
                  "file" : "%s",
                  "line" : 10,
                  "column" : 7,
                  "path" : "spec.rules[0].matchs",
                  "message" : "unknown field",
                  "hint" : "did you mean \\"matches\\"?"
                } ]
                """.formatted(route));
    }

    @Test
    void printsAnEmptyListWhereAllIsWell() {
        assertThat(Outcome.of(KEY, "validate", "-o", "json", folder.toString()).out())
                .isEqualTo("[ ]\n");
    }

    @Test
    void findsWhatCanBeReadButNotObeyed() throws IOException {
        change("resources/route.yaml", "    - matches:", """
                    - timeouts: {request: 1s, backendRequest: 2s}
                      matches:""".indent(4).stripTrailing());

        assertThat(Outcome.of(KEY, "validate", "--fail-on=warn", folder.toString()))
                .isEqualTo(new Outcome(
                        4,
                        "(the whole set): warning: HTTPRoute default/chat: spec.rules[0].timeouts.backendRequest:"
                                + " is longer than the whole request may take\n",
                        "6 resources: 0 errors, 1 warning\n"));
    }

    @Test
    void letsWarningsPassUnlessToldOtherwise() throws IOException {
        change("resources/route.yaml", "name: openai", "name: elsewhere");

        Outcome lenient = Outcome.of(KEY, "validate", folder.toString());
        Outcome strict = Outcome.of(KEY, "validate", "--fail-on=warn", folder.toString());

        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.out()).contains("warning: ");
        assertThat(strict.exitCode()).isEqualTo(4);
        assertThat(strict.out()).isEqualTo(lenient.out());
    }

    @Test
    void checksSettingsByTheirName() throws IOException {
        Path settings = change("agw.yaml", "headerBytes:", "headerByte:");

        Outcome validate = Outcome.of(KEY, "validate", settings.toString());

        assertThat(validate.exitCode()).isEqualTo(1);
        assertThat(validate.out()).contains("limits.headerByte: unknown").contains("did you mean \"headerBytes\"?");
    }

    @Test
    void checksSeveralPathsAndASingleFile() throws IOException {
        change("resources/gateway.yaml", "port: 8080", "port: 80800");

        Outcome validate = Outcome.of(
                KEY,
                "validate",
                folder.resolve("agw.yaml").toString(),
                folder.resolve("resources/gateway.yaml").toString());

        assertThat(validate.exitCode()).isEqualTo(1);
        assertThat(validate.out()).contains("gateway.yaml:10: spec.listeners[0].port: ");
    }

    @Test
    void asksForTheKeyByItsNameAndNeverPrintsIt() throws IOException {
        change("resources/backend.yaml", "kind: SecretRef", "kind: SecretReff");

        assertThat(Outcome.of("validate", folder.toString()).out())
                .contains("the environment variable OPENAI_API_KEY is not set");
        Outcome withKey = Outcome.of(KEY, "validate", folder.toString());
        assertThat(withKey.exitCode()).isEqualTo(1);
        assertThat(withKey.out() + withKey.err()).doesNotContain("sk-secret-value");
    }

    @Test
    void isAWrongUsageWithoutAnythingToRead() {
        assertThat(Outcome.of("validate", "nowhere"))
                .isEqualTo(new Outcome(2, "", "agw: there is no file or folder nowhere\n"));
        assertThat(Outcome.of("validate").exitCode()).isEqualTo(2);
    }

    private Path change(String name, String from, String to) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        return Files.writeString(file, text.replace(from, to));
    }
}
