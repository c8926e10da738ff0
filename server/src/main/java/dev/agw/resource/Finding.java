package dev.agw.resource;

import dev.agw.schema.FieldPath;

/// A reference that leads nowhere, wherever the resource that has it is written.
///
/// @param path the field
record Finding(FieldPath path, String message, String hint) {}
