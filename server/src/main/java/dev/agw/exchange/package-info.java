/// The vocabulary of one request: the exchange, why it ended, who asked. Imports http.
@NullMarked
package dev.agw.exchange;

import org.jspecify.annotations.NullMarked;
