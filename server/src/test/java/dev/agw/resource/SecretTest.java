package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path folder;

    @Test
    void valuesComeFromBase64TextEnvironmentAndFiles() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "from-file\n");
        Path file = manifest("""
                data: {a: ZnJvbS1kYXRh, b: over}
                stringData:
                  b: plain
                  c: Bearer ${KEY}
                  d: ${file:key.txt}
                  e: $${KEY}
                """.replace("b: over}", "b: b3Zlcg==}"));

        Secret secret = read(file, Map.of("KEY", "from$env"));

        assertThat(secret.values())
                .extractingByKeys("a", "b", "c", "d", "e")
                .extracting(SecretValue::reveal)
                .containsExactly("from-data", "plain", "Bearer from$env", "from-file", "${KEY}");
    }

    @Test
    void aReferenceInDataIsFilledInBeforeItIsDecoded() throws IOException {
        Secret secret = read(manifest("data: {a: \"${KEY}\"}"), Map.of("KEY", "c2s="));

        assertThat(secret.values().get("a")).isEqualTo(SecretValue.of("sk"));
    }

    @Test
    void theCredentialIsTheValueOfAuthorizationWithoutItsScheme() throws IOException {
        Secret secret = read(manifest("stringData: {Authorization: Bearer sk-1, other: x}"), Map.of());

        assertThat(secret.credential()).contains(SecretValue.of("sk-1"));
    }

    @Test
    void theCredentialIsTheOnlyValueWhateverItsName() throws IOException {
        assertThat(read(manifest("stringData: {api-key: sk-2}"), Map.of()).credential())
                .contains(SecretValue.of("sk-2"));
        assertThat(read(manifest("stringData: {one: a, two: b}"), Map.of()).credential())
                .isEmpty();
    }

    @Test
    void aMissingVariableSaysWhereAndWhatToDo() throws IOException {
        Path file = manifest("stringData:\n  a: ${OPENAI_KEY}");

        assertThat(new ManifestReader(Map.of("OPENAI_KEY", "")).read(file).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        file + ":5: stringData.a: the environment variable OPENAI_KEY is not set; set it where agw is"
                                + " started: OPENAI_KEY=...");
    }

    @Test
    void aValueIsNeverPrinted() throws IOException {
        Secret secret = read(manifest("data: {a: c2stc2VjcmV0}\nstringData: {b: sk-secret}"), Map.of());

        assertThat(secret.toString())
                .doesNotContain("sk-secret")
                .doesNotContain("c2stc2VjcmV0")
                .contains("***");
        assertThat(SecretValue.of("x")).hasSameHashCodeAs(SecretValue.of("x")).isNotEqualTo(SecretValue.of("y"));
    }

    private Path manifest(String body) throws IOException {
        String head = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\n";
        return Files.writeString(folder.resolve("secret.yaml"), head + body);
    }

    private static Secret read(Path file, Map<String, String> environment) {
        return new ManifestReader(environment)
                .read(file)
                .resources()
                .find(Secret.class, "default", "keys")
                .orElseThrow();
    }
}
