package dev.agw.proxy;

import dev.agw.balance.Endpoints;
import dev.agw.llm.ProviderCall;
import dev.agw.policy.RetryBudget;
import dev.agw.policy.RetryPolicy;
import dev.agw.upstream.Origin;

/// What a route sends its requests to.
public sealed interface Target {
    /// `namespace/name`, as metrics and logs show it.
    String name();

    /// How long calls may take where the rule does not say.
    Patience patience();

    /// How often calls are repeated where the rule does not say.
    RetryPolicy retry();

    /// How many of the calls may be repeats.
    RetryBudget budget();

    /// Models behind providers.
    record Ai(String name, Endpoints<Provider> endpoints, Patience patience, RetryPolicy retry, RetryBudget budget)
            implements Target {}

    /// Plain HTTP servers.
    record Http(String name, Endpoints<Origin> endpoints, Patience patience, RetryPolicy retry, RetryBudget budget)
            implements Target {}

    /// A provider: where it is and how it is spoken to.
    record Provider(Origin origin, ProviderCall call) {}
}
