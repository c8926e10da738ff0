package dev.agw.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a kind or field means. `agw explain` prints it, and the reader warns by it; records are the schema.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Doc {
    /// One or two plain sentences.
    String value();

    /// The value that holds where the field is absent, as it would be written; empty if there is none.
    String byDefault() default "";

    /// The unit of a bare number, for example `seconds` or `bytes`.
    String unit() default "";

    /// False: the field is read and kept, and has no effect yet. Whoever sets it is warned.
    boolean inEffect() default true;
}
