package dev.agw.cli;

import dev.agw.cli.upgrade.Shutdown;
import dev.agw.cli.upgrade.Shutdown.Source;
import dev.agw.resource.EnterpriseAgentgatewayParameters;
import dev.agw.resource.GatewayParameters;
import dev.agw.resource.Parameters;
import dev.agw.resource.ResourceSet;
import dev.agw.settings.AgwSettings;
import java.util.Optional;
import java.util.stream.Stream;

/// How a gateway ends that has a configuration: parameters among its manifests win over its settings, and the last ones
/// over others, as in the gateway itself.
final class ConfiguredShutdown {
    private ConfiguredShutdown() {}

    /// @param settings empty if there is no file of them: then what the gateway does by itself is assumed
    static Shutdown of(Optional<ResourceSet> resources, Optional<AgwSettings> settings) {
        return resources
                .flatMap(ConfiguredShutdown::parameters)
                .map(told -> new Shutdown(told.min(), told.max(), Source.PARAMETERS))
                .or(() -> settings.map(AgwSettings::shutdown)
                        .map(told -> new Shutdown(told.min(), told.max(), Source.SETTINGS)))
                .orElse(Shutdown.DEFAULTS);
    }

    private static Optional<Parameters.Shutdown> parameters(ResourceSet resources) {
        return Stream.concat(
                        resources.all(GatewayParameters.class).stream().map(GatewayParameters::spec),
                        resources.all(EnterpriseAgentgatewayParameters.class).stream()
                                .map(EnterpriseAgentgatewayParameters::spec))
                .flatMap(parameters -> parameters.shutdown().stream())
                .reduce((first, last) -> last);
    }
}
