package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import dev.agw.policy.FilterChain;
import dev.agw.policy.RetryPolicy;
import dev.agw.route.Backends.Destination;
import dev.agw.route.Match;
import org.jspecify.annotations.Nullable;

/// One request on its way: the exchange, and what its route decided so far.
final class Passage {
    private final Exchange exchange;
    private final Snapshot.Listener listener;
    private int prefixSegments;
    private FilterChain ruleFilters = FilterChain.NONE;
    private FilterChain backendFilters = FilterChain.NONE;
    private Patience patience = new Patience(0, 0, 0, 0);
    private RetryPolicy retry = RetryPolicy.NONE;
    private boolean openAi;
    private BodyBudget.@Nullable Lease lease;

    Passage(Exchange exchange, Snapshot.Listener listener) {
        this.exchange = exchange;
        this.listener = listener;
    }

    Exchange exchange() {
        return exchange;
    }

    Request request() {
        return exchange.request();
    }

    Reply reply() {
        return exchange.reply();
    }

    Lifeline lifeline() {
        return exchange.lifeline();
    }

    Snapshot.Listener listener() {
        return listener;
    }

    /// What the request holds of the budget, from now until it is over.
    BodyBudget.Lease lease(BodyBudget budget) {
        BodyBudget.Lease held = lease;
        if (held == null) {
            held = budget.new Lease();
            lease = held;
        }
        return held;
    }

    /// Gives back what the request holds.
    void release() {
        if (lease != null) {
            lease.close();
        }
    }

    /// A rule takes the request.
    void matched(Match<RoutedRule> match) {
        RoutedRule routed = match.rule();
        exchange.route(routed.rule().ref());
        prefixSegments = match.prefixSegments();
        ruleFilters = routed.rule().filters();
        patience = routed.patience();
        retry = routed.retry();
    }

    /// A backend of the rule is to answer it.
    void chosen(Destination<Target> destination) {
        exchange.backend(destination.target().name());
        patience = patience.or(destination.target().patience());
        lifeline().limit(patience.requestNanos());
        retry = retry.attempts() > 0 ? retry : destination.target().retry();
        backendFilters = destination.filters();
        openAi = destination.target() instanceof Target.Ai;
    }

    int prefixSegments() {
        return prefixSegments;
    }

    FilterChain filters() {
        return ruleFilters;
    }

    RetryPolicy retry() {
        return retry;
    }

    Patience patience() {
        return patience;
    }

    /// Whether the caller expects errors in OpenAI's shape.
    boolean openAi() {
        return openAi;
    }

    void openAi(boolean expected) {
        openAi = expected;
    }

    /// The request as a backend is to see it, by the filters of rule and backend.
    Request filtered(Request endToEnd) {
        return backendFilters.onRequest(ruleFilters.onRequest(endToEnd, prefixSegments), prefixSegments);
    }

    /// The request as a mirror of the rule is to see it: what is meant for the backend alone, a key perhaps, stays out.
    Request filteredByRule(Request endToEnd) {
        return ruleFilters.onRequest(endToEnd, prefixSegments);
    }

    /// Changes the fields of an answer as the filters want it.
    void filter(Headers answer) {
        backendFilters.onResponse(request(), answer);
        ruleFilters.onResponse(request(), answer);
    }
}
