package dev.agw.schema;

/// A value that is written as one text and reads itself, so that the [Binder] needs a reader for its type.
public interface Written {}
