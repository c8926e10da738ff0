package dev.agw.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Fields of a record that others own: they are allowed, not looked into and not kept.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PassesOver {
    /// Names of the fields; `*` for all that the record does not have.
    String[] value();
}
