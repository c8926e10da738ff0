package dev.agw.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalPathTest {
    @Test
    void isTheSameStringWhereNothingChanges() {
        String path = "/v1/chat/completions";
        assertThat(NormalPath.of(path).orElseThrow()).isSameAs(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2d%2E%5f%7e%41%7A%39, /a-._~Az9",
        "/a%2fb%3a%C3%a9, /a%2Fb%3A%C3%A9",
        "/%252e%252e/x, /%252e%252e/x",
        "/.well-known/x, /.well-known/x",
        "/..a/a../.a./..., /..a/a../.a./...",
        "/a//b/, /a//b/",
        "/meta%2Fllama.3, /meta%2Fllama.3",
        "/a;b=../c, /a;b=../c",
        "*, *",
    })
    void decodesWhatIsEquivalentAndNothingElse(String raw, String expected) {
        assertThat(NormalPath.of(raw)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.",
                "/..",
                "/./a",
                "/../a",
                "/a/./b",
                "/a/../b",
                "/a/.",
                "/a/..",
                "/%2e",
                "/%2E%2e/a",
                "/.%2e/a",
                "/a/%2e./b",
                "/a%2f..%2fb",
                "/a/..%2Fb",
                "/a%2F.",
                "/a\\..\\b",
                "/a/..\\b",
                "/a%5c..%5Cb",
                "/..;/a",
                "/a/..;x=1/b",
                "/a/.;/b",
                "/a/..%3b/b"
            })
    void isNotForDotSegmentsOpenOrDisguised(String raw) {
        assertThat(NormalPath.of(raw)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%2", "/a%zz", "/a%2g", "/a%g2", "/%00", "/a%-1", "/%\uff11\uff11"})
    void isNotForBrokenEncoding(String raw) {
        assertThat(NormalPath.of(raw)).isEmpty();
    }
}
