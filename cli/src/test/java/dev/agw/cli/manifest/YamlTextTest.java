package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yes",
                "Off",
                "null",
                "~",
                "1",
                "1e3",
                "0x1f",
                "12:30",
                "5s",
                "a: b",
                "a:b",
                "a:",
                "# no comment",
                "- item",
                "{x}",
                "[x]",
                "*alias",
                "&anchor",
                "!tag",
                "%",
                "@",
                "`",
                "\"quoted\"",
                "back\\slash",
                " led",
                "trailing ",
                "tab\there",
                "two\nlines",
                "two\nlines\n",
                "  indented\nlines\n",
                "dos\r\nlines\r\n",
                "two ends\n\n",
                "spaces at the end  \n",
                "/path/to.yaml",
                "sha256:abc",
                "{{ action }}",
                "ä",
                "None"
            })
    void aTextIsReadBackAsItWas(String text) throws JsonProcessingException {
        Tree tree = Tree.of("plain", text).put("list", List.of(text, Tree.of("inner", text)));

        assertThat(new YAMLMapper().readValue(YamlText.plain(tree), Object.class))
                .isEqualTo(tree.plain());
    }

    @Test
    void aListOfTreesKeepsWhatIsBelowItsFirstField() throws JsonProcessingException {
        Tree tree = Tree.of(
                "list",
                List.of(Tree.of("first", Tree.of("a", 1).put("b", List.of("c"))).put("second", true)));

        assertThat(new YAMLMapper().readValue(YamlText.plain(tree), Object.class))
                .isEqualTo(tree.plain());
    }

    @Test
    void commentsStandAboveTheirFieldsAndChangeNothing() {
        Tree tree = new Tree().note("a", "Why it is so.", 1).put("b", new Mark.Raw("off"));

        assertThat(YamlText.plain(tree)).isEqualTo("# Why it is so.\na: 1\nb: off\n");
    }

    @Test
    void aTemplateHasActionsForValuesAndNoneForBraces() {
        Tree tree = Tree.of("image", Mark.Slot.text("image", "Image.", "agw:1"))
                .put("name", Mark.Slot.text("name", "Name.", "gw").with("-x"))
                .put("text", "{{ not one }}");

        assertThat(YamlText.template(tree)).isEqualTo("""
            image: {{ .Values.image | quote }}
            name: "{{ .Values.name }}-x"
            text: "{{`{{`}} not one }}"
            """);
        assertThat(YamlText.plain(tree)).isEqualTo("image: agw:1\nname: gw-x\ntext: \"{{ not one }}\"\n");
    }

    @Test
    void whatIsEmptyIsLeftOut() {
        Tree tree = Tree.of("a", List.of()).put("b", new Tree()).putEmpty("c").put("d", Optional.empty());

        assertThat(YamlText.plain(tree)).isEqualTo("c: {}\n");
    }
}
