package dev.agw.proxy;

import dev.agw.balance.Endpoint;
import dev.agw.balance.Endpoints;
import dev.agw.balance.Pick;
import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reason;
import dev.agw.policy.RetryBudget;
import dev.agw.policy.RetryPolicy;
import dev.agw.upstream.Origin;
import dev.agw.upstream.Payload;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamRequest;
import dev.agw.upstream.UpstreamResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Calls endpoints of a backend until one answers, or until nothing more may be tried. All of it happens before
/// the first byte goes to the client.
final class Attempts {
    private final UpstreamClient upstream;

    Attempts(UpstreamClient upstream) {
        this.upstream = upstream;
    }

    /// A call to make.
    record Call(Origin origin, UpstreamRequest request) {
        boolean repeatable() {
            return !(request.payload() instanceof Payload.Streamed);
        }
    }

    /// An answer, and the count of the endpoint that gave it.
    record Answer<T>(UpstreamResponse response, Pick<T> pick) implements AutoCloseable {
        T endpoint() {
            return pick.endpoint().payload();
        }

        @Override
        public void close() {
            response.close();
            pick.close();
        }
    }

    /// @param calls what to send to an endpoint; asked once per attempt
    /// @throws ExchangeException nobody answered
    <T> Answer<T> answer(Passage passage, Target target, Endpoints<T> endpoints, Function<T, Call> calls) {
        try (RetryBudget.Share budget = target.budget().share()) {
            return answer(passage, budget, endpoints, calls);
        }
    }

    private <T> Answer<T> answer(
            Passage passage, RetryBudget.Share budget, Endpoints<T> endpoints, Function<T, Call> calls) {
        RetryPolicy retry = passage.retry();
        List<Endpoint<T>> tried = List.of();
        for (int retries = 0; ; retries++) {
            Pick<T> pick = endpoints.pick(tried);
            Call call = prepared(calls, pick);
            try {
                UpstreamResponse response = call(passage, call, pick);
                if (!call.repeatable() || !retry.mayRetry(retries, response.status()) || !budget.takeRetry()) {
                    return new Answer<>(response, pick);
                }
                new Answer<>(response, pick).close();
            } catch (ExchangeException e) {
                if (!call.repeatable() || !retry.mayRetry(retries, e.failure()) || !budget.takeRetry()) {
                    throw e;
                }
            }
            tried = with(tried, pick.endpoint());
            passage.exchange().retried();
            pause(passage.lifeline(), retry.delayNanos(retries));
        }
    }

    /// A request that this endpoint cannot be asked must not count as one under way there.
    private static <T> Call prepared(Function<T, Call> calls, Pick<T> pick) {
        try {
            return calls.apply(pick.endpoint().payload());
        } catch (RuntimeException e) {
            pick.close();
            throw e;
        }
    }

    private <T> UpstreamResponse call(Passage passage, Call call, Pick<T> pick) {
        passage.exchange()
                .calling(call.origin().authority(), call.origin().tls().isPresent() ? "https" : "http");
        boolean answered = false;
        try {
            UpstreamResponse response = upstream.call(call.origin(), call.request(), passage.lifeline());
            passage.exchange().firstByte(System.nanoTime());
            passage.exchange().reason(Reason.UPSTREAM);
            pick.answered(response.status());
            answered = true;
            return response;
        } catch (ExchangeException e) {
            note(e.failure(), pick, passage.lifeline());
            throw e;
        } finally {
            if (!answered) {
                pick.close();
            }
        }
    }

    private static void note(Failure failure, Pick<?> pick, Lifeline lifeline) {
        switch (failure) {
            case Failure.UpstreamFailure(int status, String message) -> {
                if (status == 503) {
                    pick.unreachable();
                } else {
                    pick.failed();
                }
            }
            case Failure.NoHealthyBackend nowhere -> pick.unreachable();
            case Failure.TimedOut late -> {
                pick.failed();
                if (late.retryable()) {
                    lifeline.mend();
                }
            }
            case Failure.BadRequest client -> {}
            case Failure.TooDeep client -> {}
            case Failure.TooManyFields client -> {}
            case Failure.NotFound client -> {}
            case Failure.Misdirected client -> {}
            case Failure.Overloaded gateway -> {}
            case Failure.Internal gateway -> {}
        }
    }

    private static <T> List<Endpoint<T>> with(List<Endpoint<T>> tried, Endpoint<T> another) {
        List<Endpoint<T>> more = new ArrayList<>(tried);
        more.add(another);
        return more;
    }

    private static void pause(Lifeline lifeline, long nanos) {
        if (nanos > 0) {
            long start = System.nanoTime();
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lifeline.alsoWaited(System.nanoTime() - start);
        }
        if (lifeline.cut() == Lifeline.Cut.CLIENT_GONE) {
            throw new ClientGoneException("the client left between two attempts");
        }
    }
}
