package dev.agw.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.Lifeline;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class UsersTest {
    private static Lifeline lifeline() {
        return new Lifeline(System.nanoTime());
    }

    private static Users claimed(Function<Lifeline, Gate.Place> entrance) {
        Users users = new Users(entrance);
        assertThat(users.claim()).isTrue();
        return users;
    }

    @Test
    void whoeverClaimedIsAUserUntilThePlaceIsClosed() {
        Users users = claimed(lifeline -> () -> {});
        assertThat(users.retire()).isFalse();
        Gate.Place place = users.enter(lifeline());
        assertThat(users.retire()).isFalse();
        place.close();

        assertThat(users.retire()).isTrue();
        assertThat(users.claim()).isFalse();
    }

    @Test
    void whoeverIsKeptOutByAnExceptionIsNoUser() {
        Users users = claimed(lifeline -> {
            throw new IllegalStateException("for a test");
        });
        assertThatThrownBy(() -> users.enter(lifeline())).isInstanceOf(IllegalStateException.class);

        assertThat(users.retire()).isTrue();
    }

    @Test
    void whoeverIsKeptOutByAnErrorIsNoUser() {
        Users users = claimed(lifeline -> {
            throw new OutOfMemoryError("for a test");
        });
        assertThatThrownBy(() -> users.enter(lifeline())).isInstanceOf(OutOfMemoryError.class);

        assertThat(users.retire()).isTrue();
    }

    @Test
    void whoeverFailsToLeaveProperlyIsNoUser() {
        Users users = claimed(lifeline -> () -> {
            throw new IllegalStateException("for a test");
        });
        Gate.Place place = users.enter(lifeline());
        assertThatThrownBy(place::close).isInstanceOf(IllegalStateException.class);

        assertThat(users.retire()).isTrue();
    }
}
