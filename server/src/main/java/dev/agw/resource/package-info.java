/// The manifests as immutable records, and the strict reader that reports every problem with its place and a hint.
/// Imports schema.
@NullMarked
package dev.agw.resource;

import org.jspecify.annotations.NullMarked;
