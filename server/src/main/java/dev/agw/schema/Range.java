package dev.agw.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The whole numbers a field may hold, or those in a list or an `Optional`; both ends included.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /// The least allowed number.
    long min() default 0;

    /// The greatest allowed number; that of an `int` field is never more than an `int` holds.
    long max() default Long.MAX_VALUE;
}
