package dev.agw.proxy;

import dev.agw.policy.RetryPolicy;
import dev.agw.route.Rule;

/// A rule with what policies add to it.
///
/// @param patience what rule and policies say of time; 0 where they say nothing
/// @param retry the rule's, else that of the nearest policy
public record RoutedRule(Rule<Target> rule, Patience patience, RetryPolicy retry) {}
