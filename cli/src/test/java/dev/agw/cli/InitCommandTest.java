package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    Path temp = Path.of("");

    @Test
    void writesASetThatIsValidOnceTheKeyIsThere() {
        Path folder = temp.resolve("new/conf");

        Outcome init = Outcome.of("init", folder.toString());
        Outcome validate =
                Outcome.of(Map.of("OPENAI_API_KEY", "sk-secret"), "validate", "--fail-on=warn", folder.toString());

        assertThat(init.exitCode()).isZero();
        assertThat(init.out().lines())
                .containsExactly(
                        folder + "/agw.yaml",
                        folder + "/resources/backend.yaml",
                        folder + "/resources/gateway.yaml",
                        folder + "/resources/policies.yaml",
                        folder + "/resources/route.yaml");
        assertThat(validate).isEqualTo(new Outcome(0, "", "6 resources: 0 errors, 0 warnings\n"));
    }

    @Test
    void tellsTheNextTwoCommands() {
        assertThat(Outcome.of("init", temp.resolve("c").toString()).err())
                .contains("agw validate " + temp.resolve("c") + "\n", "agw serve --config " + temp.resolve("c") + "\n");
    }

    @Test
    void pointsTheSettingsAtItsManifests() throws IOException {
        Outcome.of("init", temp.toString());

        assertThat(temp.resolve("agw.yaml")).content().contains("path: " + temp.resolve("resources") + "\n");
    }

    @Test
    void overwritesNothing() throws IOException {
        Path mine = Files.createDirectories(temp.resolve("resources")).resolve("route.yaml");
        Files.writeString(mine, "mine");

        Outcome again = Outcome.of("init", temp.toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).startsWith(mine + " exists\n");
        assertThat(mine).hasContent("mine");
        assertThat(temp.resolve("agw.yaml")).doesNotExist();
    }

    @Test
    void saysWhatKeepsItFromWriting() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        Outcome init = Outcome.of("init", file.resolve("conf").toString());

        assertThat(init.exitCode()).isEqualTo(2);
        assertThat(init.err()).startsWith("agw: cannot write to " + file.resolve("conf") + ": ");
    }
}
