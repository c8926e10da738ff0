package dev.agw.schema;

/// A [Written] value whose text may be a plain number, with or without a unit behind it.
public interface WrittenNumber extends Written {}
