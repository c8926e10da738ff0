/// Manifests as clusters, Helm and agw itself read them.
@NullMarked
package dev.agw.cli.manifest;

import org.jspecify.annotations.NullMarked;
