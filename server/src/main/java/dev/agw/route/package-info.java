/// From a request to the rule that serves it. Imports policy and balance.
@NullMarked
package dev.agw.route;

import org.jspecify.annotations.NullMarked;
