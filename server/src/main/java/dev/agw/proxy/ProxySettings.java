package dev.agw.proxy;

import dev.agw.http.TrustedProxies;

/// What the request path is told by the settings of the process.
///
/// @param limits what requests may take of the process
/// @param proxies who is believed what it says about its clients
/// @param explains whether answers carry fields that tell their reason and the gateway's time
public record ProxySettings(ProxyLimits limits, TrustedProxies proxies, boolean explains) {}
