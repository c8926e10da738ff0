/// The client to backends: connections, pools, DNS, TLS. Imports exchange, telemetry, http, resource.
@NullMarked
package dev.agw.upstream;

import org.jspecify.annotations.NullMarked;
