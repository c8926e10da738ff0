/// The composition root of the data plane: resources become a snapshot, listeners and admin server; reload and life
/// cycle.
@NullMarked
package dev.agw.gateway;

import org.jspecify.annotations.NullMarked;
