package dev.agw.cli.operations;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import java.util.Map;

/// What is around the gateways: `conf/operations.yaml`. Every field has a default, so an empty file will do.
@Doc("How the gateways are run and watched: what alerts, dashboards, manifests, sizing and upgrade checks are made of.")
public record Operations(
        @Doc(value = "The version of this file's format.", byDefault = "1") @Allowed("1")
        int version,

        @Doc("What things are called.") Naming naming,
        @Doc("What watches the gateways.") Monitoring monitoring,
        @Doc("What Grafana is given.") Dashboards dashboards,
        @Doc("The deployment of the gateways.") Deployment deployment,
        @Doc("What models cost.") Prices prices,
        @Doc("Where agw check-upgrade draws its lines.") Upgrade upgrade,

        @Doc("The alerts by name; each takes what it does not say from its rule.")
        Map<String, AlertSettings> alerts) {

    @Doc("What models cost.")
    public record Prices(
            @Doc(value = "The currency of all amounts of money.", byDefault = "USD") @Allowed("USD")
            String currency,

            @Doc(
                    value = "File with the prices of models; none: prices come from the gateways alone.",
                    byDefault = "none")
            String file) {}
}
