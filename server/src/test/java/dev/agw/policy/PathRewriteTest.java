package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.HttpRoute.PathModifier;
import dev.agw.resource.HttpRoute.PathModifierType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRewriteTest {
    /// The table of Gateway API's HTTPPathModifier, and what follows from it.
    @ParameterizedTest
    @CsvSource({
        "/foo/bar, 1, /xyz, /xyz/bar",
        "/foo/bar, 1, /xyz/, /xyz/bar",
        "/foo, 1, /xyz, /xyz",
        "/foo/, 1, /xyz, /xyz/",
        "/foo/bar, 1, '', /bar",
        "/foo/, 1, '', /",
        "/foo, 1, '', /",
        "/foo/, 1, /, /",
        "/foo, 1, /, /",
        "/foo/bar/baz, 2, /xyz, /xyz/baz",
        "/foo/bar, 2, /xyz, /xyz",
        "/bar, 0, /xyz, /xyz/bar",
        "/, 0, /xyz, /xyz/",
        "/%66oo/b%2Fr, 1, /xyz, /xyz/b%2Fr",
        "/foo//bar, 1, /xyz, /xyz//bar",
        "*, 0, /xyz, *"
    })
    void replacesThePrefix(String path, int segments, String replacement, String expected) {
        assertThat(prefix(replacement).apply(path, segments)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/foo/bar, /xyz", "/, /xyz"})
    void replacesTheFullPath(String path, String expected) {
        assertThat(full().apply(path, 1)).isEqualTo(expected);
    }

    @Test
    void leavesTheTargetOfTheServerAsSuchAlone() {
        assertThat(full().apply("*", 0)).isEqualTo("*");
    }

    private static PathRewrite prefix(String replacement) {
        return PathRewrite.of(
                new PathModifier(PathModifierType.ReplacePrefixMatch, Optional.empty(), Optional.of(replacement)));
    }

    private static PathRewrite full() {
        return PathRewrite.of(
                new PathModifier(PathModifierType.ReplaceFullPath, Optional.of("/xyz"), Optional.empty()));
    }
}
