package dev.agw.policy;

/// One step that a route lays on its traffic. What kind of step it is says where a [FilterChain] calls it.
public sealed interface Filter permits RequestFilter, ResponseFilter, AnsweringFilter, Cors {}
