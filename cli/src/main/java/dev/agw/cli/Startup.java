package dev.agw.cli;

import dev.agw.gateway.ConfigSource;
import dev.agw.settings.AgwSettings;

/// What a gateway is started with.
///
/// @param from where the configuration comes from, in words
record Startup(AgwSettings settings, ConfigSource source, String from) {}
