package dev.agw.gateway;

import dev.agw.resource.Resource;
import dev.agw.schema.Shape;
import dev.agw.schema.Written;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/*
 * What records say of themselves will not do. Their maps have another order in each process; and the JVM writes classes
 * for every type of record that is asked for the first time, which took a tenth of a start.
 */
/// A resource as text that is the same in every process. Secrets are stars.
final class ResourceText {
    private final StringBuilder text = new StringBuilder();

    private ResourceText() {}

    static String of(Resource resource) {
        ResourceText made = new ResourceText();
        made.add(resource);
        return made.text.toString();
    }

    private void add(Object value) {
        if (value instanceof Record data && !(value instanceof Written)) {
            text.append(data.getClass().getSimpleName());
            all(Shape.of(data.getClass()).values(data));
        } else if (value instanceof Collection<?> items) {
            all(items);
        } else if (value instanceof Map<?, ?> map) {
            all(new TreeMap<>(map).entrySet());
        } else if (value instanceof Map.Entry<?, ?> entry) {
            add(entry.getKey());
            add(entry.getValue());
        } else if (value instanceof Optional<?> maybe) {
            all(maybe.stream().toList());
        } else {
            text.append(value).append(',');
        }
    }

    private void all(Collection<?> items) {
        text.append('(');
        items.forEach(this::add);
        text.append(')');
    }
}
