/// HTTP/2 as both sides of a connection need it: frames (RFC 9113), HPACK (RFC 7541), flow control, the write lock.
@NullMarked
package dev.agw.http2;

import org.jspecify.annotations.NullMarked;
