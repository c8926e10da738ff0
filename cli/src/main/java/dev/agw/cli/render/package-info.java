/// What is rendered from `conf/operations.yaml`, and the rules, runbooks and metrics that it is made of.
@NullMarked
package dev.agw.cli.render;

import org.jspecify.annotations.NullMarked;
