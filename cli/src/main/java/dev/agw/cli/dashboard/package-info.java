/// Dashboards for Grafana: read from `dashboards/`, checked like alerts, written as JSON.
@NullMarked
package dev.agw.cli.dashboard;

import org.jspecify.annotations.NullMarked;
