/// Dashboards as Grafana and Prometheus read them.
@NullMarked
package dev.agw.cli.dashboard;

import org.jspecify.annotations.NullMarked;
