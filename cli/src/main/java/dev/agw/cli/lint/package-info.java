/// `agw check-rules`: what is wrong with rules, dashboards and autoscalers that people already have, told without data.
@NullMarked
package dev.agw.cli.lint;

import org.jspecify.annotations.NullMarked;
