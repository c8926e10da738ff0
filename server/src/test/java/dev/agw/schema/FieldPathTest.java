package dev.agw.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldPathTest {
    @Test
    void readsLikeTheWayToTheValue() {
        FieldPath path = FieldPath.TOP
                .field("spec")
                .field("rules")
                .item(2)
                .field("backendRefs")
                .item(0)
                .field("weight");

        assertThat(path).hasToString("spec.rules[2].backendRefs[0].weight");
        assertThat(FieldPath.TOP).hasToString("");
    }

    @Test
    void namesThatWouldNotReadAreQuoted() {
        FieldPath labels = FieldPath.TOP.field("metadata").field("labels");

        assertThat(labels.field("app.kubernetes.io/name")).hasToString("metadata.labels[\"app.kubernetes.io/name\"]");
        assertThat(labels.field("")).hasToString("metadata.labels[\"\"]");
    }
}
