package dev.agw.proxy;

import dev.agw.exchange.Lifeline;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Counts those who are in something or wait to get in, so that it can be retired when there are none. Once retired
/// it takes nobody any more.
final class Users {
    private static final int RETIRED = -1;

    private final Function<Lifeline, Gate.Place> entrance;
    private final AtomicInteger users = new AtomicInteger();

    /// @param entrance lets somebody in, or fails
    Users(Function<Lifeline, Gate.Place> entrance) {
        this.entrance = entrance;
    }

    /// Counts one more, who is going to [#enter]; false if it is retired.
    boolean claim() {
        return users.getAndUpdate(count -> count == RETIRED ? RETIRED : count + 1) != RETIRED;
    }

    /// Lets one in who has claimed that. Who does not get in, for whatever reason, is no user any more.
    Gate.Place enter(Lifeline lifeline) {
        boolean in = false;
        try {
            Gate.Place place = entrance.apply(lifeline);
            Gate.Place counted = () -> leave(place);
            in = true;
            return counted;
        } finally {
            if (!in) {
                release();
            }
        }
    }

    /// Lets nobody in any more if there are no users; whether that is so.
    boolean retire() {
        return users.compareAndSet(0, RETIRED);
    }

    private void leave(Gate.Place place) {
        try {
            place.close();
        } finally {
            release();
        }
    }

    private void release() {
        users.decrementAndGet();
    }
}
