package dev.agw.schema;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The fields of a record type, worked out once per type. Safe for use by many threads.
public final class Shape {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(type.asSubclass(Record.class));
        }
    };

    private final Class<? extends Record> type;
    private final Constructor<? extends Record> constructor;
    private final List<Field> fields;
    private final List<Method> accessors;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> passedOver;
    private final String shorthand;

    private Shape(Class<? extends Record> type) {
        this.type = type;
        this.constructor = canonical(type);
        RecordComponent[] components = type.getRecordComponents();
        this.fields = Stream.of(components).map(Field::of).toList();
        this.accessors = Stream.of(components).map(RecordComponent::getAccessor).toList();
        for (int i = 0; i < fields.size(); i++) {
            for (String name : fields.get(i).names()) {
                numbers.put(name, i);
            }
        }
        PassesOver others = type.getAnnotation(PassesOver.class);
        this.passedOver = others == null ? Set.of() : Set.of(others.value());
        Shorthand plain = type.getAnnotation(Shorthand.class);
        this.shorthand = plain == null ? "" : plain.value();
    }

    /// The fields of that type.
    ///
    /// @throws IllegalStateException if a component has no [Doc], or a type that no document can hold
    public static Shape of(Class<? extends Record> type) {
        return SHAPES.get(type);
    }

    public List<Field> fields() {
        return fields;
    }

    /// The field of that name.
    public Field field(String name) {
        return fields.get(number(name).orElseThrow());
    }

    /// Which field is spelled so, if any.
    public Optional<Integer> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    /// Proper names of all fields.
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /// The field for which a plain value may stand in place of the record; empty if there is none.
    public String shorthand() {
        return shorthand;
    }

    /// What the record is; empty if it does not say.
    public String doc() {
        Doc doc = type.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    boolean passesOver(String name) {
        return passedOver.contains(name) || passedOver.contains("*");
    }

    /// True if the record cannot be made of nothing but defaults.
    boolean incomplete() {
        return fields.stream().anyMatch(Field::required);
    }

    /// A record of these values, in the order of the fields.
    ///
    /// @throws InvalidValueException if the record refuses the values
    Record create(List<Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidValueException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }

    /// The values of a record of this type, in the order of the fields.
    public List<Object> values(Record of) {
        List<Object> values = new ArrayList<>(accessors.size());
        try {
            for (Method accessor : accessors) {
                values.add(accessor.invoke(of));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read a " + type.getName(), e);
        }
        return values;
    }

    private static Constructor<? extends Record> canonical(Class<? extends Record> type) {
        List<Class<?>> parameters = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            parameters.add(component.getType());
        }
        try {
            return type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its constructor: " + type, e);
        }
    }
}
