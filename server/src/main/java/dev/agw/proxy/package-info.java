/// The request path, top to bottom, and the one place where a failure becomes bytes.
@NullMarked
package dev.agw.proxy;

import org.jspecify.annotations.NullMarked;
