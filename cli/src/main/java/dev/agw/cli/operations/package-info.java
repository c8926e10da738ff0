/// `conf/operations.yaml`: the one file of values that every renderer and check of an operator reads.
@NullMarked
package dev.agw.cli.operations;

import org.jspecify.annotations.NullMarked;
