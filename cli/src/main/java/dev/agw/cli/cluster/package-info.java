/// Reads what `check-upgrade` looks at from the API of a Kubernetes cluster, and writes nothing there.
///
/// Objects are read as JSON trees, so that fields which this version has never heard of do no harm. What may not be
/// read says which rule of a Role would let it; keys and passwords do not leave this package.
@NullMarked
package dev.agw.cli.cluster;

import org.jspecify.annotations.NullMarked;
