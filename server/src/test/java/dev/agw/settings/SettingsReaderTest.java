package dev.agw.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.schema.Explain;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final Path FILE = Path.of("../conf/agw.yaml");

    @Test
    void theFileThatComesWithAgwSaysTheDefaults() {
        SettingsReader reader = reader(Map.of(), Map.of());

        assertThat(reader.read(FILE).problems()).isEmpty();
        assertThat(reader.read(FILE).settings())
                .isPresent()
                .isEqualTo(reader.defaults().settings());
    }

    @Test
    void theFileThatComesWithAgwHasEverySetting() throws IOException {
        String file = Files.readString(FILE);

        assertThat(SettingNames.byVariable().values())
                .hasSizeGreaterThan(30)
                .allSatisfy(path -> assertThat(file).contains(path.substring(path.lastIndexOf('.') + 1) + ":"));
    }

    @Test
    void everySettingIsExplained() {
        Explain explain = new Explain(Map.of("agw.yaml", AgwSettings.class));

        assertThat(SettingNames.byVariable().values()).allSatisfy(path -> {
            Explain.Explanation setting = explain.at("agw.yaml." + path);
            assertThat(setting.doc()).endsWith(".");
            assertThat(setting.required()).isFalse();
        });
        assertThat(explain.at("agw.yaml").fields()).hasSize(11);
    }

    @Test
    void defaultsAreWhatTheyAreSaidToBe() {
        AgwSettings settings = settings("", Map.of(), Map.of());

        assertThat(settings.admin().address()).isEqualTo(new Address("127.0.0.1", 15000));
        assertThat(settings.limits().headerBytes()).isEqualTo(16 * 1024);
        assertThat(settings.limits().bodyBytes()).isEqualTo(10 * 1024 * 1024);
        assertThat(settings.upstream().totalTimeout()).isZero();
        assertThat(settings.telemetry().otlp().endpoint()).isEmpty();
        assertThat(settings.log().level()).isEqualTo(AgwSettings.LogLevel.info);
    }

    @Test
    void aVariableWinsOverTheFileAndAPropertyOverBoth() {
        String file = "limits: {headerBytes: 2KiB, headerCount: 7, uriBytes: 1KiB}";
        Map<String, String> environment = Map.of(
                "AGW_LIMITS_HEADER_BYTES", "4KiB", "AGW_LIMITS_HEADER_COUNT", "8", "AGW_LIMITS_HTTP2_STREAMS", "9");
        Map<String, String> properties = Map.of("agw.limits.headerCount", "9", "java.version", "25");

        AgwSettings.Limits limits = settings(file, environment, properties).limits();

        assertThat(List.of(limits.headerBytes(), limits.headerCount(), limits.uriBytes()))
                .containsExactly(4096, 9, 1024);
        assertThat(limits.http2Streams()).isEqualTo(9);
    }

    @Test
    void everyKindOfSettingCanBeOverridden() {
        AgwSettings settings = settings(
                "",
                Map.of(
                        "AGW_ADMIN_ADDRESS", "[::1]:0",
                        "AGW_SHUTDOWN_MIN", "3",
                        "AGW_TELEMETRY_ACCESS_LOG_ENABLED", "off",
                        "AGW_TELEMETRY_OTLP_SAMPLING_RATIO", "1",
                        "AGW_TELEMETRY_OTLP_ENDPOINT", "",
                        "AGW_LOG_LEVEL", "debug"),
                Map.of());

        assertThat(settings.admin().address()).hasToString("[::1]:0");
        assertThat(settings.shutdown().min()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.telemetry().accessLog().enabled()).isFalse();
        assertThat(settings.telemetry().otlp().samplingRatio()).isEqualTo(1.0);
        assertThat(settings.telemetry().otlp().endpoint()).isEmpty();
        assertThat(settings.log().level()).isEqualTo(AgwSettings.LogLevel.debug);
    }

    @Test
    void everyProblemNamesTheLineVariableOrPropertyItComesFrom() {
        String file = """
                admin: {adress: a:1}
                metrics:
                  address: nowhere
                shutdown: {min: 90s}
                telemetry: {otlp: {samplingRatio: 2}}
                """;
        LoadedSettings loaded = reader(
                        Map.of("AGW_LOG_LEVEL", "loud", "AGW_SERVICE_HOST", "10.0.0.1", "AGW_LOG_LEVL", "info"),
                        Map.of("agw.limits.headerByte", "1KiB"))
                .parse("agw.yaml", file);

        assertThat(loaded.settings()).isEmpty();
        assertThat(loaded.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "agw.yaml:1: admin.adress: unknown field; did you mean \"address\"?",
                        "agw.yaml:3: metrics.address: expected host:port, for example 127.0.0.1:15000, found \"nowhere\"",
                        "agw.yaml:4: shutdown: expected a min that is at most max",
                        "agw.yaml:5: telemetry.otlp: expected a samplingRatio from 0 to 1, found 2.0",
                        "environment variable AGW_LOG_LEVEL: log.level: expected one of error, warning, info, debug, trace,"
                                + " found \"loud\"",
                        "environment variable AGW_LOG_LEVL: warning: no such setting; did you mean AGW_LOG_LEVEL?",
                        "system property agw.limits.headerByte: limits.headerByte: unknown field; did you mean"
                                + " \"headerBytes\"?");
    }

    @Test
    void trustedProxiesAreReadStrictly() {
        AgwSettings settings =
                settings("", Map.of("AGW_CLIENTS_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8,192.0.2.1"), Map.of());
        assertThat(settings.clients().trustedProxies().proxies().networks())
                .extracting(Object::toString)
                .containsExactly("10.0.0.0/8", "fd00:0:0:0:0:0:0:0/8", "192.0.2.1/32");

        String file = """
                clients:
                  trustedProxies: 10.0.0.1/8
                """;
        assertThat(reader(Map.of(), Map.of()).parse("agw.yaml", file).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "agw.yaml:2: clients.trustedProxies: expected an address whose last 24 bits are 0, found"
                                + " \"10.0.0.1/8\"; one address alone is written without a /");
        assertThat(reader(Map.of(), Map.of())
                        .parse("agw.yaml", "clients: {proxyProtocol: required}")
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("agw.yaml:1: clients: expected trustedProxies beside proxyProtocol required:"
                        + " who may say whom a connection is for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"otlp: {protocol: grpc}", "accessLog: {format: text}"})
    void refusesWhatTelemetryCannotSpeak(String telemetry) {
        LoadedSettings loaded = reader(Map.of(), Map.of()).parse("agw.yaml", "telemetry: {" + telemetry + "}");

        assertThat(loaded.settings()).isEmpty();
    }

    @Test
    void aFileOfAnotherShapeIsAProblem() {
        assertThat(reader(Map.of(), Map.of()).parse("agw.yaml", "- a").problems())
                .hasSize(1);
        assertThat(reader(Map.of(), Map.of())
                        .parse("agw.yaml", "log: {}\n---\nlog: {}")
                        .problems())
                .singleElement()
                .hasToString("agw.yaml:3: expected one document, found another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", "a:b", "a:70000", "::1:80", "a b:1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void anAddressWithoutHostIsEveryInterface() {
        assertThat(Address.parse(":0")).hasToString("0.0.0.0:0");
    }

    private static AgwSettings settings(String file, Map<String, String> environment, Map<String, String> properties) {
        return reader(environment, properties)
                .parse("agw.yaml", file)
                .settings()
                .orElseThrow();
    }

    private static SettingsReader reader(Map<String, String> environment, Map<String, String> properties) {
        return new SettingsReader(environment, properties);
    }
}
