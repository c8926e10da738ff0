package dev.agw.policy;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.resource.HttpRoute;
import java.util.List;

/// What a header modifier does, with its names ready for comparison: first `set`, then `add`, then `remove`.
record HeaderChanges(List<Field> set, List<Field> add, List<HeaderName> remove) {

    record Field(HeaderName name, String value) {}

    static HeaderChanges of(HttpRoute.HeaderModifier modifier) {
        return new HeaderChanges(
                fields(modifier.set()),
                fields(modifier.add()),
                modifier.remove().stream().map(HeaderName::of).toList());
    }

    private static List<Field> fields(List<HttpRoute.HeaderValue> values) {
        return values.stream()
                .map(field -> new Field(HeaderName.of(field.name()), field.value()))
                .toList();
    }

    void apply(Headers headers) {
        for (Field field : set) {
            headers.set(field.name(), field.value());
        }
        for (Field field : add) {
            headers.add(field.name(), field.value());
        }
        for (HeaderName name : remove) {
            headers.remove(name);
        }
    }
}
