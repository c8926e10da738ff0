package dev.agw.cli.sizing;

import dev.agw.cli.sizing.Finding.Severity;
import dev.agw.resource.Backend;
import dev.agw.resource.ResourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The decision tree of models: what those of a configuration cost, by a table that is an example and dated.
record ModelAdvice(ResourceSet resources) {
    private record Model(String name, String text) {
        /// `gpt-4o` fits `gpt-4o-2024-08-06`, `claude-haiku` fits `claude-3-5-haiku-20241022`.
        boolean fits(String asked) {
            return Stream.of(name.split("-", -1)).allMatch(asked::contains);
        }
    }

    List<Finding> findings() {
        List<Model> table = table();
        List<Finding> findings = new ArrayList<>();
        for (Backend backend : resources.all(Backend.class)) {
            backend.spec()
                    .ai()
                    .ifPresent(ai -> ai.groups().stream()
                            .flatMap(List::stream)
                            .flatMap(provider -> model(provider).stream())
                            .forEach(model -> find(table, model)
                                    .ifPresent(known -> findings.add(finding(backend, model, known)))));
        }
        return findings;
    }

    private static Finding finding(Backend backend, String asked, Model known) {
        return new Finding(
                "ADV501",
                Severity.info,
                backend.key().toString(),
                "model " + asked + ": " + known.text + " (example table of 2026-11-22, prices undated)",
                "take a cheaper one where its quality will do, a better one where it will not");
    }

    private static Optional<String> model(Backend.Provider provider) {
        return provider.openai()
                .flatMap(Backend.OpenAi::model)
                .or(() -> provider.anthropic().flatMap(Backend.HostedModel::model))
                .or(() -> provider.gemini().flatMap(Backend.HostedModel::model));
    }

    /// The longest name that fits: `gpt-4o-mini` before `gpt-4o`.
    private static Optional<Model> find(List<Model> table, String asked) {
        return table.stream()
                .filter(model -> model.fits(asked))
                .max(Comparator.comparingInt(model -> model.name.length()));
    }

    private static List<Model> table() {
        try (InputStream in = ModelAdvice.class.getResourceAsStream("models.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> model(List.of(line.split(",", -1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model model(List<String> cells) {
        String text = "$%s in, $%s out per million tokens, %s, quality %s, good for %s"
                .formatted(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
        return new Model(cells.get(0), text);
    }
}
