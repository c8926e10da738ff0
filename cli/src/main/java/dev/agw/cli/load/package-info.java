/// `agw bench`: load that arrives at a constant rate whatever the answers do, and what came of it.
///
/// Times are counted from when a request was to start, not from when it could: a slow answer cannot hide the requests
/// that it kept from being sent.
@NullMarked
package dev.agw.cli.load;

import org.jspecify.annotations.NullMarked;
