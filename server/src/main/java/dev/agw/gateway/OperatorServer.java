package dev.agw.gateway;

import dev.agw.settings.Address;
import dev.agw.settings.AgwSettings;
import dev.agw.telemetry.Format;
import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The three ports for operators: metrics (15020), readiness (15021) and admin (15000, loopback only).
final class OperatorServer implements AutoCloseable {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String METRICS = "metrics";
    private static final String READINESS = "readiness";

    private final OperatorPages pages;
    private final AgwSettings settings;
    private Optional<WebServer> server = Optional.empty();

    OperatorServer(OperatorPages pages, AgwSettings settings) {
        this.pages = pages;
        this.settings = settings;
    }

    /// Finds out early whether [#start] can do its work. Helidon says neither which port was taken nor what it was for.
    ///
    /// @throws StartException a port is taken
    void mustFindPorts() {
        mustBeFree("admin", settings.admin().address());
        mustBeFree(METRICS, settings.metrics().address());
        mustBeFree(READINESS, settings.readiness().address());
    }

    /// @throws StartException a port was taken meanwhile
    void start() {
        discoverNothing();
        WebServerConfig.Builder config = WebServer.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .routing(this::admin);
        listen(config, settings.admin().address());
        config.putSocket(METRICS, socket -> listen(socket, settings.metrics().address()));
        config.putSocket(
                READINESS, socket -> listen(socket, settings.readiness().address()));
        config.routing(METRICS, HttpRouting.builder().get("/metrics", this::metrics));
        config.routing(
                READINESS,
                HttpRouting.builder().get("/healthz/ready", this::ready).get("/healthz/live", this::live));
        WebServer started = config.build().start();
        server = Optional.of(started);
        mustRun(started);
    }

    private static void listen(ListenerConfig.BuilderBase<?, ?> socket, Address address) {
        socket.host(address.host())
                .port(address.port())
                .connectionOptions(options -> options.tcpNoDelay(true))
                .concurrencyLimitDiscoverServices(false)
                .mediaContext(media -> media.mediaSupportsDiscoverServices(false))
                .contentEncoding(encoding -> encoding.contentEncodingsDiscoverServices(false));
    }

    /// Helidon logs why it could not open a port, and returns as if it had: somebody was faster since the last look.
    private void mustRun(WebServer started) {
        if (!started.isRunning()) {
            mustFindPorts();
            throw new StartException("a port for operators was taken for a moment; start again");
        }
    }

    /// A plain web server needs none of the services that Helidon would look for in every jar, for as
    /// long as the rest of a start takes and 15 MB. Nor does it need the list of its features: Helidon
    /// reads every jar for it, logs it where nobody looks, and leaves that to another flavour.
    private static void discoverNothing() {
        HelidonFeatures.flavor(HelidonFlavor.MP);
        if (!GlobalServiceRegistry.configured()) {
            ServiceRegistryConfig none = ServiceRegistryConfig.builder()
                    .discoverServices(false)
                    .discoverServicesFromServiceLoader(false)
                    .build();
            GlobalServiceRegistry.registry(ServiceRegistryManager.create(none).registry());
        }
    }

    List<Listening> listening() {
        return server.map(running -> List.of(
                        listening(running, METRICS, settings.metrics().address(), running.port(METRICS)),
                        listening(running, READINESS, settings.readiness().address(), running.port(READINESS)),
                        listening(running, "admin", settings.admin().address(), running.port())))
                .orElse(List.of());
    }

    private static Listening listening(WebServer running, String what, Address address, int port) {
        return new Listening(what, new Address(address.host(), port).toString(), running.isRunning() ? port : 0);
    }

    @Override
    public void close() {
        server.ifPresent(WebServer::stop);
    }

    private void admin(HttpRouting.Builder routing) {
        Map<String, Supplier<String>> all = Map.of(
                "/config", pages::config,
                "/routes", pages::routes,
                "/pools", pages::pools,
                "/endpoints", pages::endpoints);
        all.forEach((path, page) -> routing.get(path, (request, response) -> page(request, response, page)));
        routing.get(
                "/",
                (request, response) -> page(
                        request,
                        response,
                        () -> "{\"pages\": [\"/config\", \"/routes\", \"/pools\", \"/endpoints\"]}\n"));
    }

    /// A web page elsewhere must not read this through a browser here: its requests name another host (DNS rebinding).
    private static void page(ServerRequest request, ServerResponse response, Supplier<String> page) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        int colon = host.lastIndexOf(':');
        boolean local = LOCAL.contains(colon > host.lastIndexOf(']') ? host.substring(0, colon) : host);
        if (!local || request.headers().contains(HeaderNames.ORIGIN)) {
            response.status(Status.FORBIDDEN_403).send("call this port as localhost, and not from a web page\n");
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(page.get());
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        Format format = Format.of(request.headers().first(HeaderNames.ACCEPT).orElse(""));
        response.header(HeaderNames.CONTENT_TYPE, format.contentType());
        pages.metrics(format, (bytes, length) -> response.send(bytes, 0, length)); // which copies them
    }

    private void ready(ServerRequest request, ServerResponse response) {
        boolean ready = pages.ready();
        response.status(ready ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503).send(ready ? "ready\n" : "not ready\n");
    }

    private void live(ServerRequest request, ServerResponse response) {
        response.send("live\n");
    }

    private static void mustBeFree(String what, Address address) {
        if (address.port() == 0) {
            return;
        }
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            probe.bind(new InetSocketAddress(address.host(), address.port()));
        } catch (IOException e) {
            throw new StartException("port " + address.port() + " for " + what + " cannot be opened on "
                    + address.host()
                    + ": " + e.getMessage() + "; stop what uses it, or set " + what + ".address in agw.yaml or AGW_"
                    + what.toUpperCase(java.util.Locale.ROOT) + "_ADDRESS");
        }
    }
}
