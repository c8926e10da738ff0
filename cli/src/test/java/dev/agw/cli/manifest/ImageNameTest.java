package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "agw, '', agw, '', true",
        "agw:1.2.3, '', agw, 1.2.3, false",
        "agw:latest, '', agw, latest, true",
        "team/agw:1, '', team/agw, 1, false",
        "registry.example/agw:1, registry.example, agw, 1, false",
        "localhost:5000/a/b:v1, localhost:5000, a/b, v1, false",
        "localhost/agw:v1, localhost, agw, v1, false",
    })
    void isTakenApart(String text, String registry, String repository, String tag, boolean moves) {
        ImageName image = ImageName.of(text);

        assertThat(image.registry()).isEqualTo(registry);
        assertThat(image.repository()).isEqualTo(repository);
        assertThat(image.tag().orElse("")).isEqualTo(tag);
        assertThat(image.moves()).isEqualTo(moves);
    }

    @Test
    void aDigestStaysWhateverTheTag() {
        ImageName image = ImageName.of("registry.example/agw:latest@" + DIGEST);

        assertThat(image.digest()).contains(DIGEST);
        assertThat(image.moves()).isFalse();
    }

    @Test
    void tellsWhatIsNone() {
        assertThat(ImageName.of("Agw 1.2").valid()).isFalse();
        assertThat(ImageName.of("agw@sha256:12").valid()).isFalse();
        assertThat(ImageName.of("agw:1").valid()).isTrue();
    }
}
