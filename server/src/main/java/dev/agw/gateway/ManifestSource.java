package dev.agw.gateway;

import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.resource.Parameters;
import dev.agw.upstream.DnsCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads the manifests, and watches them where they can change.
final class ManifestSource {
    private final ManifestReader reader = new ManifestReader(System.getenv());
    private final ConfigSource source;

    private ManifestSource(ConfigSource source) {
        this.source = source;
    }

    /// @throws StartException the path does not exist
    static ManifestSource of(ConfigSource source) {
        if (source instanceof ConfigSource.Files(Path path) && !Files.exists(path)) {
            throw new StartException("there is no file or folder " + path + "; `agw init` writes a set to start from");
        }
        return new ManifestSource(source);
    }

    Manifests read() {
        return switch (source) {
            case ConfigSource.Files(Path path) -> reader.read(path);
            case ConfigSource.Text(String name, String yaml) -> reader.parse(name, yaml);
        };
    }

    /// Calls back on changes; empty where there can be none.
    Optional<PathWatcher> watch(Runnable onChange) {
        if (!(source instanceof ConfigSource.Files(Path path))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PathWatcher(path, onChange));
        } catch (IOException e) {
            throw new StartException(path + " cannot be watched for changes: " + e.getMessage());
        }
    }

    /// How names are remembered, as the parameters say it at the start.
    DnsCache.Settings dnsSettings() {
        return Compiler.parameters(read().resources())
                .flatMap(spec -> spec.rawConfig().stream())
                .flatMap(raw -> raw.config().stream())
                .flatMap(config -> config.dns().stream())
                .findFirst()
                .map(ManifestSource::dnsSettings)
                .orElse(DnsCache.Settings.DEFAULT);
    }

    private static DnsCache.Settings dnsSettings(Parameters.Dns dns) {
        DnsCache.Settings standard = DnsCache.Settings.DEFAULT;
        return new DnsCache.Settings(
                dns.refreshRate().orElse(standard.ttl()),
                standard.negativeTtl(),
                standard.maxStale(),
                dns.cacheMaxSize().orElse(standard.maxNames()));
    }
}
