package dev.agw.gateway;

import dev.agw.proxy.RoutedRule;
import dev.agw.resource.Gateway;
import dev.agw.route.CompiledRoute;
import java.util.List;

/// An HTTPRoute ready to serve.
///
/// @param listeners those it is attached to
/// @param targets all that it refers to
/// @param warnings what could be read and is not, or not fully, obeyed
record ReadyRoute(
        CompiledRoute<RoutedRule> compiled,
        List<Gateway.Listener> listeners,
        List<ReadyTarget> targets,
        List<String> warnings) {}
