package dev.agw.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @Test
    void walksOverMembersAndElements() {
        String object = " { \"a\" : 1 , \"b\":[true, false,null,\"x,]\"],\"\\u0063\":{\"d\":{}}} ";
        assertThat(children(object)).containsExactly("1", "[true, false,null,\"x,]\"]", "{\"d\":{}}");
        assertThat(children("[1,[2],{\"a\":3}]")).containsExactly("1", "[2]", "{\"a\":3}");
        assertThat(children("{}")).isEmpty();
        assertThat(children("\"{1,2}\"")).isEmpty();
    }

    @Test
    void knowsMembersByName() {
        JsonCursor cursor = cursor("{\"b\":0,\"\\u0061\":1}");
        cursor.next();
        assertThat(cursor.named(JsonCursor.name("a"))).isFalse();
        cursor.next();
        assertThat(cursor.named(JsonCursor.name("a"))).isTrue();
    }

    @Test
    void tellsKindsApart() {
        assertThat(cursor("null").isNull()).isTrue();
        assertThat(cursor("true").isTrue()).isTrue();
        assertThat(cursor("true").isNull()).isFalse();
        assertThat(cursor("false").isFalse()).isTrue();
        assertThat(cursor("\"").string()).isFalse();
        assertThat(cursor("{]").object()).isFalse();
        assertThat(cursor("[1]").array()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "[0]", "{\"a\":1}"})
    void callsFilledWhatHoldsSomething(String json) {
        assertThat(cursor(json).filled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "[ ]", "{}", "null", "1", ""})
    void callsNothingElseFilled(String json) {
        assertThat(cursor(json).filled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "1000000000000, 1000000000000",
        "1000000000001, -1",
        "99999999999999999999, -1",
        "-1, -1",
        "1.5, -1",
        "1e308, -1",
        "'\"7\"', -1",
        "null, -1",
        "'', -1"
    })
    void countsWhatCanBeACount(String json, long count) {
        assertThat(cursor(json).count()).isEqualTo(count);
    }

    @Test
    void readsTextWithItsEscapes() {
        assertThat(cursor("\"openai\\/gpt \\u00e9\\ud83d\\ude00\\b\\f\\n\\r\\t\\\"\\\\ü\"")
                        .text())
                .isEqualTo("openai/gpt é😀\b\f\n\r\t\"\\ü");
        assertThat(cursor("\"a\\qb\\u12\"").text()).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(cursor("\"a\\\"").text()).isEqualTo("a\uFFFD");
        assertThat(cursor("12").text()).isEmpty();
    }

    @Test
    void writesTextSoThatItReadsTheSame() {
        String text = "é😀\b\f\n\r\t\"\\/\u0001\u001f plain";
        byte[] json = JsonText.quote(text);
        assertThat(JsonScanner.scan(json, JsonNames.of(), 64).object()).isFalse();
        assertThat(JsonCursor.of(json, 0, json.length).text()).isEqualTo(text);
    }

    @Test
    void endsItsWalkOverAnyNonsense() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] alphabet = "{}[]\",:\\ 1tn\n".getBytes(UTF_8);
        for (int round = 0; round < 50_000; round++) {
            byte[] json = new byte[random.nextInt(1, 24)];
            for (int i = 0; i < json.length; i++) {
                json[i] = alphabet[random.nextInt(alphabet.length)];
            }
            json[0] = (byte) (round % 2 == 0 ? '{' : '[');
            json[json.length - 1] = (byte) (round % 2 == 0 ? '}' : ']');
            assertThat(children(json)).hasSizeLessThan(json.length);
        }
    }

    private static JsonCursor cursor(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return JsonCursor.of(bytes, 0, bytes.length);
    }

    private static List<String> children(byte[] json) {
        JsonCursor cursor = JsonCursor.of(json, 0, json.length);
        List<String> children = new ArrayList<>();
        while (cursor.next()) {
            cursor.named(JsonCursor.name("a"));
            JsonCursor value = cursor.value();
            children.add(new String(json, value.start(), value.end() - value.start(), UTF_8));
        }
        return children;
    }

    private static List<String> children(String json) {
        return children(json.getBytes(UTF_8));
    }
}
