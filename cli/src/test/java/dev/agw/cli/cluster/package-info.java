/// A stand-in for the API of a cluster, and what is read from it.
@NullMarked
package dev.agw.cli.cluster;

import org.jspecify.annotations.NullMarked;
