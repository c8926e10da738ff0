package dev.agw.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How a field is spelled where Java cannot spell it so, and other spellings that people use for it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /// The spelling that `agw explain` shows, then the others that are read too.
    String[] value();
}
