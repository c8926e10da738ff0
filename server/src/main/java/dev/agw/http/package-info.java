/// HTTP itself: headers, the HTTP/1.1 message codec, SSE framing, bounded bodies, JSON scanning. Knows nothing of
/// gateways; imports nothing of agw.
@NullMarked
package dev.agw.http;

import org.jspecify.annotations.NullMarked;
