package dev.agw.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {
    @ParameterizedTest
    @CsvSource({
        "a=1,           1",
        "a=1&a=2,       1",
        "b=2&a=1,       1",
        "a=,            ''",
        "a,             ''",
        "a&b=1,         ''",
        "b&a=x=y,       x=y",
        "a=x%20y+z,     x y z",
        "%61=1,         1",
        "a=%zz,         %zz",
        "aa=2&&a=1,     1",
    })
    void findsTheFirstOfItsName(String query, String expected) {
        assertThat(QueryParameters.first(query, "a")).contains(expected);
    }

    @Test
    void findsNothingElse() {
        assertThat(QueryParameters.first("", "a")).isEmpty();
        assertThat(QueryParameters.first("b=a&ab=1&A=1", "a")).isEmpty();
    }
}
