/// Sockets: event loops that run the virtual threads of connections, and connections as bytes, plain or TLS.
@NullMarked
package dev.agw.net;

import org.jspecify.annotations.NullMarked;
