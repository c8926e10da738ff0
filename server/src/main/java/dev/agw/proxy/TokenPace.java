package dev.agw.proxy;

import dev.agw.exchange.GenAi;
import dev.agw.exchange.Lifeline;
import dev.agw.upstream.UpstreamResponse;

/// How long a streamed answer of a model may keep its client waiting: up to the first token counted from the
/// arrival of the request, whatever else comes before it; from then on between two pieces.
final class TokenPace {
    private final UpstreamResponse response;
    private final GenAi genAi;
    private final Patience patience;
    private final long start;
    private boolean awaited;

    private TokenPace(UpstreamResponse response, GenAi genAi, Patience patience, long start, boolean awaited) {
        this.response = response;
        this.genAi = genAi;
        this.patience = patience;
        this.start = start;
        this.awaited = awaited;
    }

    static TokenPace of(Passage passage, UpstreamResponse response) {
        GenAi genAi = passage.exchange().genAi();
        boolean awaited = genAi != null
                && passage.exchange().stream()
                && passage.patience().firstTokenNanos() > 0;
        TokenPace pace = new TokenPace(
                response,
                genAi == null ? new GenAi("", "", "", false) : genAi,
                passage.patience(),
                passage.lifeline().start(),
                awaited);
        pace.passed();
        return pace;
    }

    /// A piece of the answer has passed.
    void passed() {
        if (!awaited) {
            return;
        }
        if (genAi.firstTokenNanos() == 0) {
            long left = patience.firstTokenNanos() - (System.nanoTime() - start);
            response.patience(Math.max(1, left), Lifeline.Cut.FIRST_TOKEN_TIMEOUT);
        } else {
            awaited = false;
            response.patience(patience.idleNanos(), Lifeline.Cut.IDLE_TIMEOUT);
        }
    }
}
