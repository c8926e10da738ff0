package dev.agw.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Lets one plain value stand for the whole record: `tls: true` means `tls: {enabled: true}`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {
    /// Name of the field that the value is for.
    String value();
}
