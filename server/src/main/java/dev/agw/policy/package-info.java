/// What a route does to its traffic, one class per policy. Imports upstream and what it may import.
@NullMarked
package dev.agw.policy;

import org.jspecify.annotations.NullMarked;
