/// Listeners: the accept loop, the connections clients make, and what watches them. Imports telemetry, exchange, http,
/// resource.
@NullMarked
package dev.agw.downstream;

import org.jspecify.annotations.NullMarked;
