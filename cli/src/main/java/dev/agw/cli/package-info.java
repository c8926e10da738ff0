/// The `agw` command line: one class per command. Imports everything; nothing imports it.
///
/// Standard output carries a command's result and nothing else; what is said about it goes to standard error.
/// Options that may be absent are `Optional` fields, against the habit elsewhere, because that is how picocli
/// hands them over.
@NullMarked
package dev.agw.cli;

import org.jspecify.annotations.NullMarked;
