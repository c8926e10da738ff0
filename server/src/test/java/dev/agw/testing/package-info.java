/// What tests of several packages share: raw sockets on both sides of the gateway.
@NullMarked
package dev.agw.testing;

import org.jspecify.annotations.NullMarked;
