/// What the whole gateway does with traffic, seen from outside: by its answers, metrics and logs.
@NullMarked
package dev.agw.gateway.flow;

import org.jspecify.annotations.NullMarked;
