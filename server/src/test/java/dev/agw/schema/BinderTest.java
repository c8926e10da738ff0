package dev.agw.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinderTest {
    @Doc("One of everything.")
    public record Everything(
            @Doc(value = "A ratio.", byDefault = "0.5") double ratio,

            @Doc(value = "A long.", unit = "bytes", byDefault = "1Ki")
            long size,

            @Doc(value = "A flag.", byDefault = "true") boolean flag,
            @Doc("A tree.") Optional<JsonNode> tree,
            @Doc("Names.") Map<String, Integer> names,
            @Doc("A part.") Optional<Part> part,
            @Doc(value = "Not yet.", inEffect = false) Optional<Part> later) {}

    @Doc("A part.")
    @Shorthand("on")
    @PassesOver("theirs")
    public record Part(
            @Doc("On.") boolean on,
            @Doc(value = "Old.", inEffect = false) Optional<String> old,

            @Doc("Spelled in two ways.") @Key({"static", "fixed"})
            Optional<String> pinned) {}

    @Doc("Not documented inside.")
    public record Bare(String name) {}

    @Doc("Breaks.")
    public record Broken(@Doc("Name.") String name) {
        public Broken {
            if (name.length() > 1) {
                throw new UnsupportedOperationException("a defect");
            }
        }
    }

    private final Problems problems = new Problems();

    @Test
    void whatIsAbsentTakesItsDefault() {
        assertThat(bind("{}"))
                .contains(new Everything(
                        0.5, 1024, true, Optional.empty(), Map.of(), Optional.empty(), Optional.empty()));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aFieldWithoutAValueCountsAsAbsent() {
        assertThat(bind("ratio:\nflag: ~\npart: null\n")).map(Everything::flag).contains(true);
    }

    @Test
    void aPlainValueStandsForTheRecordThatAllowsIt() {
        assertThat(bind("part: yes")).flatMap(Everything::part).map(Part::on).contains(true);
    }

    @Test
    void bothSpellingsAreRead() {
        assertThat(bind("part: {on: true, static: a}"))
                .flatMap(Everything::part)
                .flatMap(Part::pinned)
                .contains("a");
        assertThat(bind("part: {on: true, fixed: b}"))
                .flatMap(Everything::part)
                .flatMap(Part::pinned)
                .contains("b");
        assertThat(bind("part: {on: true, static: a, fixed: b}")).isEmpty();
    }

    @Test
    void fieldsOfOthersArePassedOver() {
        assertThat(bind("part: {on: true, theirs: {x: [1]}}")).isPresent();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void whatIsInsideAFieldWithoutEffectIsNotWarnedOfAgain() {
        assertThat(bind("later: {on: true, old: x}\npart: {on: true, old: x}")).isPresent();
        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.yaml:1: warning: later: accepted, not yet in effect",
                        "a.yaml:2: warning: part.old: accepted, not yet in effect");
    }

    @Test
    void treesAreKeptAsTheyAre() {
        JsonNode tree = bind("tree: {a: [1, 1.5, 'x', true, ~, 1e30]}")
                .flatMap(Everything::tree)
                .orElseThrow();

        assertThat(tree).hasToString("{\"a\":[1,1.5,\"x\",true,null,1E+30]}");
    }

    @Test
    void namesOfOnesOwnMustNotOccurTwiceEither() {
        assertThat(bind("names: {a: 1, a: 2, b: x, c: }")).isEmpty();
        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.yaml:1: names.a: given twice; first in line 1",
                        "a.yaml:1: names.b: expected a whole number, found \"x\"",
                        "a.yaml:1: names.c: expected a whole number, found nothing");
    }

    @Test
    void wrongShapesAreNamed() {
        assertThat(bind("names: [1]\nratio: {a: b}\nflag: 1\nsize: [1]\npart: [1]"))
                .isEmpty();
        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly(
                        "expected an object with names of your own, each a whole number, found a list",
                        "expected a number, found an object",
                        "expected true or false, found the number 1",
                        "expected a number of bytes such as 16Ki or 10Mi, found a list",
                        "expected an object, found a list");
    }

    @Test
    void yamlsOwnNotionsOfNumbersAreText() {
        assertThat(bind("names: {a: 0x1F, b: 12:30, c: 1_000}")).isEmpty();
        assertThat(problems.all())
                .hasSize(3)
                .allMatch(problem -> problem.message().startsWith("expected a whole number, found \""));
    }

    @Test
    void tagsAndKeysThatAreNoNamesAreProblems() {
        new Documents(problems).parse("a.yaml", "a: !mine 1\n? [x]\n: b\n");

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.yaml:1: the tag !mine means nothing here; take it away",
                        "a.yaml:2: expected a name, found a list or an object as key");
    }

    @Test
    void aRecordThatDoesNotExplainItselfIsADefect() {
        assertThatThrownBy(() -> Shape.of(Bare.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no @Doc");
    }

    @Test
    void aDefectInARecordIsNoProblemOfTheFile() {
        Node node = new Documents(problems).parse("a.yaml", "name: long").get(0);

        assertThatThrownBy(() -> new Binder(Map.of(), problems).bind(Broken.class, node, FieldPath.TOP))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a defect");
    }

    private Optional<Everything> bind(String yaml) {
        List<Node> documents = new Documents(problems).parse("a.yaml", yaml);
        return new Binder(Map.of(), problems).bind(Everything.class, documents.get(0), FieldPath.TOP);
    }
}
