/// Manifests for Kubernetes from `conf/operations.yaml`: one class per object, and the forms that they are written in.
@NullMarked
package dev.agw.cli.manifest;

import org.jspecify.annotations.NullMarked;
