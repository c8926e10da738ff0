package dev.agw.gateway;

import dev.agw.downstream.ProxyProtocol;
import dev.agw.settings.AgwSettings;

/// The settings' word on the PROXY protocol in the words of the connections.
final class Introductions {
    private Introductions() {}

    static ProxyProtocol of(AgwSettings.Clients clients) {
        return new ProxyProtocol(
                switch (clients.proxyProtocol()) {
                    case off -> ProxyProtocol.Mode.OFF;
                    case optional -> ProxyProtocol.Mode.OPTIONAL;
                    case required -> ProxyProtocol.Mode.REQUIRED;
                },
                clients.trustedProxies().proxies());
    }
}
