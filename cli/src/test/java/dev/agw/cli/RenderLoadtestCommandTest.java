package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderLoadtestCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theScriptHasTheValuesFilledIn() {
        Outcome script =
                Outcome.of("render-loadtest", "http://gw:8080/openai/v1", "--rate=20", "--slowest=10s", "--stream");

        assertThat(script.exitCode()).isZero();
        assertThat(script.out())
                .doesNotContain("__VALUES__", "sleep(")
                .contains("\"url\" : \"http://gw:8080/openai/v1/chat/completions\"")
                .contains("\"rate\" : 20,", "\"preAllocatedVUs\" : 240,", "\"stream\" : true")
                .contains("constant-arrival-rate", "'count==0'", "expected_response:true");
    }

    @Test
    void aRateWithAFractionIsKeptInWholeNumbers() {
        assertThat(Outcome.of("render-loadtest", "--rate=0.5").out())
                .contains("\"rate\" : 500,", "\"timeUnit\" : \"1000s\"");
    }

    @Test
    void aWrongUrlIsRefused() {
        assertThat(Outcome.of("render-loadtest", "nowhere").exitCode()).isEqualTo(2);
    }

    @Test
    void nodeFindsNothingWrongWithTheScript() throws IOException, InterruptedException {
        assumeThat(nodeIsThere())
                .as("node checks the script where it is installed")
                .isTrue();
        Path script = folder.resolve("loadtest.mjs");
        Files.writeString(script, Outcome.of("render-loadtest").out());

        Process node = new ProcessBuilder(List.of("node", "--check", script.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(node.waitFor()).as(said).isZero();
    }

    private static boolean nodeIsThere() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException missing) {
            return false;
        }
    }
}
