package dev.agw.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunbooksTest {
    private static final Path FOLDER = Path.of("../docs/runbooks");
    private static final Pattern QUERY = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static List<String> alerts() {
        return RuleSources.shipped().names();
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(alerts());
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void saysWhatItMeansWhomItHurtsWhereToLookAndWhatToDo(String alert) {
        assertThat(HEADING.matcher(text(alert)).results().map(heading -> heading.group(1)))
                .containsExactly(alert, "Meaning", "Impact", "Diagnosis", "Mitigation");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void asksOnlyForWhatThereIs(String alert) {
        ExpressionCheck check = ExpressionCheck.of(Catalogue.known(), "cluster", Set.of());
        Matcher query = QUERY.matcher(text(alert));

        assertThat(query.results().map(found -> found.group(1)).toList())
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(check.findings(expression)).isEmpty());
    }

    private static String text(String alert) {
        return Runbooks.find(alert).orElseThrow();
    }
}
