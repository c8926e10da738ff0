/// A faithful stand-in for model providers, for demo, tests and benchmarks. Imports http alone.
@NullMarked
package dev.agw.simulator;

import org.jspecify.annotations.NullMarked;
