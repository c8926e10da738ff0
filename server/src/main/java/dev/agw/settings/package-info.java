/// What is of the process and not of the traffic: conf/agw.yaml, read with Helidon Config. Imports schema.
@NullMarked
package dev.agw.settings;

import org.jspecify.annotations.NullMarked;
