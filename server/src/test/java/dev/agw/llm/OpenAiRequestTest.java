package dev.agw.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiRequestTest {
    private static final Operation CHAT = Operation.of("POST", "/v1/chat/completions");
    private static final Operation RESPONSES = Operation.of("POST", "/v1/responses");
    private static final ProviderCall AS_ASKED = call(Optional.empty(), true);
    private static final ProviderCall OVERRIDE = call(Optional.of("o\"ther/m"), true);
    private static final int DEPTH = 64;
    private static final ProviderCall NO_INJECTION = call(Optional.empty(), false);

    @Test
    void readsWhatConcernsAGateway() {
        OpenAiRequest request = read("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.usageAsked()).isTrue();
        assertThat(request.operation()).isEqualTo(CHAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"stream\":null}",
                "{\"model\":\"m\",\"stream\":false,\"stream_options\":null}",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":\"nonsense\"}",
                "{\"\\u006dodel\":\"\\u006d\"}"
            })
    void givesTheVeryArrayBackIfNothingChanges(String json) {
        byte[] body = json.getBytes(UTF_8);
        assertThat(OpenAiRequest.read(CHAT, body, DEPTH).encode(AS_ASKED)).isSameAs(body);
        assertThat(OpenAiRequest.read(CHAT, body, DEPTH).encode(call(Optional.of("m"), true)))
                .isSameAs(body);
    }

    @Test
    void addsNothingWhereItMustNot() {
        String streaming = "{\"model\":\"m\",\"stream\":true}";
        assertThat(encode(CHAT, streaming, NO_INJECTION)).isEqualTo(streaming);
        assertThat(encode(RESPONSES, streaming, AS_ASKED)).isEqualTo(streaming);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"m","stream":true} | {"model":"m","stream_options":{"include_usage":true},"stream":true}
            { "stream" : true, "model":"m"} | { "stream_options":{"include_usage":true},"stream" : true, "model":"m"}
            {"model":"m","stream":true,"stream_options":null} | {"model":"m","stream":true,"stream_options":{"include_usage":true}}
            {"model":"m","stream":true,"stream_options":{ }} | {"model":"m","stream":true,"stream_options":{ "include_usage":true}}
            {"stream_options": {"x":1} ,"model":"m","stream":true} | {"stream_options": {"x":1,"include_usage":true} ,"model":"m","stream":true}
            {"model":"m","stream":true,"stream_options":{"include_usage": false,"x":1}} | {"model":"m","stream":true,"stream_options":{"include_usage": true,"x":1}}
            {"model":"m","stream":true,"stream_options":{"include_usage":null}} | {"model":"m","stream":true,"stream_options":{"include_usage":true}}
            """)
    void asksForUsageAndLeavesEveryOtherByteAlone(String client, String provider) {
        assertThat(read(client).addsUsage(AS_ASKED)).isTrue();
        assertThat(encode(CHAT, client, AS_ASKED)).isEqualTo(provider);
        assertThat(read(provider).addsUsage(AS_ASKED)).isFalse();
    }

    @Test
    void seesThroughTheSpellingOfIncludeUsage() {
        String client = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_us\\u0061ge\":false}}";
        assertThat(encode(CHAT, client, AS_ASKED))
                .isEqualTo("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_us\\u0061ge\":true}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model": "m" ,"é":[1.0e5, "\\u00e9"]} | {"model": "o\\"ther/m" ,"é":[1.0e5, "\\u00e9"]}
            {"model":null,"n":1} | {"model":"o\\"ther/m","n":1}
            {"n":1} | {"model":"o\\"ther/m","n":1}
            { } | {"model":"o\\"ther/m" }
            {"stream":true} | {"model":"o\\"ther/m","stream_options":{"include_usage":true},"stream":true}
            """)
    void putsTheConfiguredModelInPlace(String client, String provider) {
        assertThat(encode(CHAT, client, OVERRIDE)).isEqualTo(provider);
    }

    @Test
    void namesTheModelThatTheProviderIsAskedFor() {
        assertThat(read("{\"model\":\"m\"}").model(AS_ASKED)).isEqualTo("m");
        assertThat(read("{\"model\":\"m\"}").model(OVERRIDE)).isEqualTo("o\"ther/m");
        assertThat(OpenAiRequest.read(RESPONSES, "{}".getBytes(UTF_8), DEPTH).model(AS_ASKED))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello | the request body is not valid json: expected a value at byte 0
            {"model":NaN} | the request body is not valid json: expected a value at byte 9
            {"model":"m"}{} | the request body is not valid json: expected the end of the text at byte 13
            {"model":"m" | the request body is not valid json: unexpected end at byte 12
            [1] | the request body must be a json object
            {"model":"a","model":"b"} | 'model' appears twice in the request body
            {"model":"a","mod\\u0065l":"b"} | 'model' appears twice in the request body
            {"stream":false,"stream":true} | 'stream' appears twice in the request body
            {"stream_options":{},"stream_options":{}} | 'stream_options' appears twice in the request body
            {"model":1} | 'model' must be a string
            {"model":"m","stream":"true"} | 'stream' must be true or false
            {"model":"m","stream":1} | 'stream' must be true or false
            {"messages":[]} | 'model' is missing
            {"model":""} | 'model' is missing
            """)
    void refusesWhatTwoReadersCouldTakeForTwoThings(String body, String message) {
        assertRefused(body, message);
    }

    @Test
    void refusesBodiesThatAreNestedTooDeep() {
        assertRefused(
                "{\"a\":" + "[".repeat(100_000),
                new Failure.TooDeep("the request body is nested deeper than 64 levels at byte 68"));
    }

    @Test
    void takesBodiesAsDeepAsIsAllowed() {
        byte[] body = ("{\"a\":" + "[".repeat(4) + "]".repeat(4) + "}").getBytes(UTF_8);

        assertThat(OpenAiRequest.read(CHAT, body, 5).model()).isEmpty();
        assertThatThrownBy(() -> OpenAiRequest.read(CHAT, body, 4)).isInstanceOf(ExchangeException.class);
    }

    @Test
    void replacesTheModelBehindEightMegabytes() {
        String client = "{\"messages\":\"" + "x".repeat(8 << 20) + "\",\"model\":\"m\"}";
        assertThat(encode(CHAT, client, call(Optional.of("n"), true))).isEqualTo(client.replace("\"m\"", "\"n\""));
    }

    @Test
    void leavesBytesThatAreNoTextAsTheyAre() {
        byte[] body = "{\"model\":\"m\",\"x\":\"??\"}".getBytes(UTF_8);
        body[body.length - 3] = (byte) 0xFF;
        byte[] encoded = OpenAiRequest.read(CHAT, body, DEPTH).encode(call(Optional.of("n"), true));
        assertThat(encoded).hasSameSizeAs(body).contains((byte) 0xFF);
    }

    private static void assertRefused(String body, String message) {
        assertRefused(body, new Failure.BadRequest(400, message));
    }

    private static void assertRefused(String body, Failure failure) {
        assertThatThrownBy(() -> encode(CHAT, body, AS_ASKED))
                .isInstanceOfSatisfying(
                        ExchangeException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private static OpenAiRequest read(String json) {
        return OpenAiRequest.read(CHAT, json.getBytes(UTF_8), DEPTH);
    }

    private static String encode(Operation operation, String json, ProviderCall call) {
        return new String(
                OpenAiRequest.read(operation, json.getBytes(UTF_8), DEPTH).encode(call), UTF_8);
    }

    private static ProviderCall call(Optional<String> model, boolean usageOnRequest) {
        return new ProviderCall("openai", model, "/v1", new ProviderAuth.None(), usageOnRequest);
    }
}
