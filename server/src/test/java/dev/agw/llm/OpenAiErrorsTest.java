package dev.agw.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiErrorsTest {
    private static final Failure LATE = new Failure.TimedOut(Lifeline.Cut.IDLE_TIMEOUT, "too \"late\"");

    @ParameterizedTest
    @MethodSource("failures")
    void saysInTheDialectWhatWentWrong(Failure failure, String type, String code) {
        assertThat(OpenAiErrors.body(failure, ""))
                .asString(UTF_8)
                .isEqualTo("{\"error\":{\"message\":\"m\",\"type\":\"" + type + "\",\"param\":null,\"code\":\"" + code
                        + "\"}}");
    }

    static List<Arguments> failures() {
        return Stream.of(
                        List.of(new Failure.BadRequest(400, "m"), "invalid_request_error", "invalid_request"),
                        List.of(new Failure.BadRequest(413, "m"), "invalid_request_error", "request_too_large"),
                        List.of(new Failure.NotFound("m"), "invalid_request_error", "not_found"),
                        List.of(new Failure.NoHealthyBackend("m"), "server_error", "no_healthy_backend"),
                        List.of(new Failure.UpstreamFailure(502, "m"), "server_error", "upstream_failure"),
                        List.of(new Failure.TimedOut(Lifeline.Cut.REQUEST_TIMEOUT, "m"), "timeout_error", "timeout"),
                        List.of(new Failure.Overloaded("m", Duration.ZERO), "server_error", "overloaded"),
                        List.of(new Failure.Internal("m"), "server_error", "internal_error"))
                .map(row -> Arguments.of(row.toArray()))
                .toList();
    }

    @Test
    void namesTheRequest() {
        assertThat(OpenAiErrors.body(LATE, "r-1")).asString(UTF_8).isEqualTo("""
                {"error":{"message":"too \\"late\\"","type":"timeout_error","param":null,"code":"timeout",\
                "request_id":"r-1"}}""");
    }

    @Test
    void endsAStreamWithAnEvent() {
        Operation chat = Operation.of("POST", "/v1/chat/completions");
        assertThat(OpenAiErrors.event(chat, LATE, "", true)).asString(UTF_8).isEqualTo("""
                data: {"error":{"message":"too \\"late\\"","type":"timeout_error","param":null,"code":"timeout"}}

                """);
    }

    @Test
    void closesABrokenEventBeforeItsOwn() {
        Operation responses = Operation.of("POST", "/v1/responses");
        assertThat(OpenAiErrors.event(responses, LATE, "", false))
                .asString(UTF_8)
                .isEqualTo("""


                event: error
                data: {"type":"error","error":{"message":"too \\"late\\"","type":"timeout_error","param":null,\
                "code":"timeout"}}

                """);
    }
}
