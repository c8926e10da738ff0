package dev.agw.gateway;

import dev.agw.balance.EndpointRegistry;
import dev.agw.policy.RetryBudget;
import dev.agw.settings.AgwSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// State that outlives reloads, keyed by what it belongs to.
final class LongLived {
    private final AgwSettings settings;
    private final EndpointRegistry endpoints = new EndpointRegistry(System::nanoTime);
    private final Map<Budgeted, RetryBudget> budgets = new ConcurrentHashMap<>();

    LongLived(AgwSettings settings) {
        this.settings = settings;
    }

    AgwSettings settings() {
        return settings;
    }

    EndpointRegistry endpoints() {
        return endpoints;
    }

    /// What a budget belongs to: another limit makes another budget.
    private record Budgeted(String backend, int maxRetries) {}

    /// The retry budget of a backend.
    ///
    /// @param maxRetries retries that may run at a time
    RetryBudget budget(String backend, int maxRetries) {
        return budgets.computeIfAbsent(
                new Budgeted(backend, maxRetries),
                any -> new RetryBudget(
                        settings.retry().budgetPercent(),
                        settings.retry().budgetMinPerSecond(),
                        maxRetries,
                        System::nanoTime));
    }

    /// Forgets everything that the configuration in force does not name.
    void retain(Compiled current) {
        endpoints.retain(current.endpoints());
        Set<String> names = current.targets().keySet();
        budgets.keySet().removeIf(budgeted -> !names.contains(budgeted.backend()));
    }
}
