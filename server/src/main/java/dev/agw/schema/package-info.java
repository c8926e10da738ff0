/// Records as schema: text becomes nodes that know their place, nodes become records, and the records explain
/// themselves. Manifests and settings are both read this way. Imports nothing of agw.
@NullMarked
package dev.agw.schema;

import org.jspecify.annotations.NullMarked;
