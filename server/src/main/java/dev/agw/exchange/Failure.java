package dev.agw.exchange;

import java.time.Duration;
import java.util.Optional;

/// A way for a request to end without an answer from a backend.
///
/// Thrown as [ExchangeException]; turned into bytes, in the caller's dialect, by the one class that answers errors.
public sealed interface Failure {
    /// What the caller is told: lower case, names the thing, holds no secret and nothing of a body.
    String message();

    /// The HTTP status.
    int status();

    /// The reason label.
    Reason reason();

    /// How long the caller should wait before it tries again.
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /// Whether another endpoint, or the same one later, could well answer: what a retry policy may act on.
    default boolean retryable() {
        return false;
    }

    /// The request cannot be read or is not allowed: 400, 405, 413, 414, 417, 431, 501, 505.
    record BadRequest(int status, String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.INTERNAL;
        }
    }

    /// The request has more header fields than are allowed: 431.
    record TooManyFields(String message) implements Failure {
        @Override
        public int status() {
            return 431;
        }

        @Override
        public Reason reason() {
            return Reason.INTERNAL;
        }
    }

    /// The request's JSON is nested deeper than is allowed: 400.
    record TooDeep(String message) implements Failure {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public Reason reason() {
            return Reason.INTERNAL;
        }
    }

    /// No listener, route or backend for this request.
    record NotFound(String message) implements Failure {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public Reason reason() {
            return Reason.NOT_FOUND;
        }
    }

    /// The request's host belongs to another listener than its TLS connection was made for (RFC 9110 §15.5.20).
    record Misdirected(String message) implements Failure {
        @Override
        public int status() {
            return 421;
        }

        @Override
        public Reason reason() {
            return Reason.NOT_FOUND;
        }
    }

    /// The backend has nothing that could take the request: no endpoint, all ejected, its name does not resolve.
    record NoHealthyBackend(String message) implements Failure {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public Reason reason() {
            return Reason.NO_HEALTHY_BACKEND;
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// The backend could not be reached (503) or broke the exchange off or answered nonsense (502).
    record UpstreamFailure(int status, String message) implements Failure {
        /// The connection could not be made or was refused.
        public static UpstreamFailure unreachable(String message) {
            return new UpstreamFailure(503, message);
        }

        /// The connection stood, and the answer did not come or cannot be read.
        public static UpstreamFailure broken(String message) {
            return new UpstreamFailure(502, message);
        }

        @Override
        public Reason reason() {
            return Reason.UPSTREAM_FAILURE;
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// A deadline passed before the answer began.
    record TimedOut(Lifeline.Cut which, String message) implements Failure {
        @Override
        public int status() {
            return 504;
        }

        @Override
        public Reason reason() {
            return Reason.TIMEOUT;
        }

        @Override
        public boolean retryable() {
            return !which.endsExchange();
        }
    }

    /// What the gateway has too little of.
    enum Lack {
        BACKEND_CONNECTIONS,
        /// A connection to the backend, while the request waited for one.
        BACKEND_TURN,
        REQUESTS,
        ROUTE_REQUESTS,
        HEAP,
        BODY_MEMORY,
        HEAD_MEMORY,
        /// The process ends.
        SHUTDOWN
    }

    /// The gateway has no room for the request now: 503.
    record Overloaded(Lack lack, String message, Duration delay) implements Failure {
        public Overloaded(String message, Duration delay) {
            this(Lack.BACKEND_CONNECTIONS, message, delay);
        }

        @Override
        public int status() {
            return 503;
        }

        @Override
        public Reason reason() {
            return Reason.INTERNAL;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(delay);
        }

        @Override
        public boolean retryable() {
            return lack == Lack.BACKEND_TURN;
        }
    }

    /// A defect of the gateway: 500. The cause is logged, the caller learns only the request id.
    record Internal(String message) implements Failure {
        @Override
        public int status() {
            return 500;
        }

        @Override
        public Reason reason() {
            return Reason.INTERNAL;
        }
    }
}
