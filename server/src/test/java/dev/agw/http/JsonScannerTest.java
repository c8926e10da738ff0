package dev.agw.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final int DEPTH = 64;
    private static final JsonNames WANTED = JsonNames.of("model", "stream", "usage");
    private static final int MODEL = 0;
    private static final int STREAM = 1;
    private static final int USAGE = 2;

    @Test
    void findsTheWantedMembersOfTheOutermostObject() {
        String json = " {\"messages\":[{\"model\":\"inner\"}], \"model\" : \"gpt\\n4\",\"stream\":true}\n";
        JsonMembers members = scan(json);
        assertThat(members.object()).isTrue();
        assertThat(members.keyStart(MODEL)).isEqualTo(json.indexOf("\"model\" :"));
        assertThat(members.value(MODEL, json.getBytes(UTF_8)).text()).isEqualTo("gpt\n4");
        assertThat(json.substring(members.valueStart(STREAM), members.valueEnd(STREAM)))
                .isEqualTo("true");
        assertThat(members.has(USAGE)).isFalse();
    }

    @Test
    void seesThroughTheSpellingsOfAName() {
        JsonMembers members = scan("{\"model\":\"a\",\"\\u006do\\u0064el\":\"b\"}");
        assertThat(members.repeated(MODEL)).isTrue();
        assertThat(members.repeated(STREAM)).isFalse();
    }

    @Test
    void isNotTakenInByNamesThatOnlyResembleOnes() {
        JsonMembers members =
                scan("{\"mode\":1,\"models\":2,\"mod\\u0065ls\":3,\"model\\n\":4,\"" + "model".repeat(40) + "\":5}");
        assertThat(members.has(MODEL)).isFalse();
        assertThat(members.empty()).isFalse();
    }

    @Test
    void knowsAnEmptyObject() {
        assertThat(scan("{ }").empty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-12.50",
                "1e5",
                "1.5E-07",
                "2E+1",
                "\"\"",
                "[]",
                "[ ]",
                "[[],{}]",
                "[1,-2,\"x\"]",
                "{\"a\":{\"b\":[null,true,false]}}",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eF\""
            })
    void readsEverythingThatIsJson(String json) {
        for (int cut = 0; cut <= json.length(); cut++) {
            JsonScanner scanner = new JsonScanner(WANTED, 8);
            scanner.scan(json.getBytes(UTF_8), 0, cut);
            scanner.scan(json.getBytes(UTF_8), cut, json.length() - cut);
            scanner.finish();
            assertThat(scanner.members().object()).isEqualTo(json.startsWith("{"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1]",
                "[1}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{}{}",
                "{} x",
                "1 2",
                "nul",
                "nulL",
                "True",
                "NaN",
                "Infinity",
                "-",
                "-x",
                "+1",
                ".5",
                "01",
                "1.",
                "[1.]",
                "1e",
                "1e+",
                "1.e5",
                "1..2",
                "1-2",
                "0x10",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"a\tb\"",
                "'a'",
                "{\"a\":undefined}",
                "\uFEFF{}"
            })
    void refusesEverythingThatIsNot(String json) {
        assertThatThrownBy(() -> scan(json)).isInstanceOf(JsonException.class);
    }

    @Test
    void saysWhereTheTextIsWrong() {
        assertThatThrownBy(() -> scan("{\"a\":1 \"b\"}"))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.offset()).isEqualTo(7))
                .hasMessage("expected ',' or '}' at byte 7");
    }

    @Test
    void countsOffsetsFromTheStartOfTheTextThroughAllPieces() {
        JsonScanner scanner = new JsonScanner(WANTED, 8);
        scanner.scan("..{\"a\"..".getBytes(UTF_8), 2, 4);
        assertThatThrownBy(() -> scanner.scan("..:x".getBytes(UTF_8), 2, 2)).hasMessage("expected a value at byte 5");
    }

    @Test
    void refusesToGoDeeperThanAllowed() {
        assertThat(scan("[".repeat(64) + "]".repeat(64)).object()).isFalse();
        assertThatThrownBy(() -> scan("[".repeat(100_000))).hasMessage("nested deeper than 64 levels at byte 64");
        assertThatThrownBy(() -> scan("{\"a\":".repeat(65))).hasMessageContaining("nested deeper");
    }

    @Test
    void keepsApartObjectsAndArraysBeyondSixtyFourLevels() {
        String open = "[{\"a\":".repeat(60);
        String close = "}]".repeat(60);
        JsonScanner scanner = new JsonScanner(WANTED, 200);
        byte[] json = (open + "1" + close).getBytes(UTF_8);
        scanner.scan(json, 0, json.length);
        assertThat(scanner.complete()).isTrue();
        byte[] wrong = (open + "1" + close.replaceFirst("}]$", "]}")).getBytes(UTF_8);
        assertThatThrownBy(() -> new JsonScanner(WANTED, 200).scan(wrong, 0, wrong.length))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void passesStringsOfAnyLengthAndBytesThatAreNoText() {
        byte[] json = ("{\"x\":\"" + "a".repeat(8 << 20) + "\",\"model\":\"?\"}").getBytes(UTF_8);
        json[100] = (byte) 0xFF;
        json[json.length - 3] = (byte) 0xC0;
        JsonMembers members = JsonScanner.scan(json, WANTED, DEPTH);
        assertThat(members.value(MODEL, json).text()).isEqualTo("\uFFFD");
    }

    @Test
    void takesAtMostThirtyTwoNames() {
        assertThatThrownBy(() -> JsonNames.of(new String[33])).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonMembers scan(String json) {
        return JsonScanner.scan(json.getBytes(UTF_8), WANTED, DEPTH);
    }
}
