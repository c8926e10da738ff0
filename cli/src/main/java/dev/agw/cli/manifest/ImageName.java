package dev.agw.cli.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an image in its parts: `registry:5000/agw:1.2.3@sha256:...`.
record ImageName(String text, String registry, String repository, Optional<String> tag, Optional<String> digest) {
    /// https://github.com/distribution/reference: the first part is a registry if it has a dot or a port.
    private static final Pattern SHAPE = Pattern.compile(
            "(?:([^/@]*[.:][^/@]*|localhost)/)?([a-z0-9._/-]+)(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");

    private static final String LABEL = "[A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?";

    /// Reads one; a text that is none is all repository.
    static ImageName of(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return new ImageName(text, "", "", Optional.empty(), Optional.empty());
        }
        return new ImageName(
                text,
                Optional.ofNullable(matcher.group(1)).orElse(""),
                matcher.group(2),
                Optional.ofNullable(matcher.group(3)),
                Optional.ofNullable(matcher.group(4)));
    }

    boolean valid() {
        return !repository.isEmpty();
    }

    /// Whether another image may stand behind that name tomorrow.
    boolean moves() {
        return digest.isEmpty() && tag.orElse("latest").equals("latest");
    }

    /// The version as a label, if the tag can be one.
    Optional<Mark.Slot> label() {
        return tag.filter(version -> version.matches(LABEL))
                .map(version ->
                        Mark.Slot.text("version", "Value of the label for the version: the image's tag.", version));
    }
}
