/// `agw size` and `agw advise`: how many replicas a load needs and which constraint says so; what in a configuration
/// and its metrics asks for a change.
@NullMarked
package dev.agw.cli.sizing;

import org.jspecify.annotations.NullMarked;
