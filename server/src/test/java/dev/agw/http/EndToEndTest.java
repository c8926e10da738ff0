package dev.agw.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndToEndTest {
    @Test
    void dropsWhatBelongsToOneConnection() {
        Headers received = Headers.of(
                "Host",
                "a",
                "Connection",
                "keep-alive",
                "Keep-Alive",
                "timeout=5",
                "TE",
                "trailers",
                "Upgrade",
                "h2c",
                "Transfer-Encoding",
                "chunked",
                "Content-Length",
                "3",
                "Proxy-Authorization",
                "Basic eA==",
                "Expect",
                "100-continue",
                "X-Kept",
                "1");
        assertThat(EndToEnd.of(received)).hasToString("Host: a\nX-Kept: 1\n");
    }

    @Test
    void dropsWhatConnectionNominatesInAnyOfItsLines() {
        Headers received = Headers.of("Connection", "x-one, close", "Connection", "X-Two", "X-One", "1", "X-Two", "2");
        assertThat(EndToEnd.of(received).size()).isZero();
    }

    @Test
    void keepsWhatNobodyMayNominateAway() {
        Headers received = Headers.of("Connection", "authorization, host", "Authorization", "Bearer x", "Host", "a");
        assertThat(EndToEnd.of(received)).hasToString("Authorization: Bearer x\nHost: a\n");
    }

    @Test
    void dropsWhatALineBehindAPlainOneNominates() {
        Headers received = Headers.of("Connection", "close", "Connection", "X-Two", "X-Two", "2");
        assertThat(EndToEnd.of(received).size()).isZero();
    }

    @Test
    void keepsWholeFamiliesThatProtect() {
        Headers received = Headers.of(
                "Connection",
                "x-forwarded-for, Content-Security-Policy, set-cookie",
                "X-Forwarded-For",
                "1",
                "Content-Security-Policy",
                "2",
                "Set-Cookie",
                "3");
        assertThat(EndToEnd.of(received).size()).isEqualTo(3);
    }

    @Test
    void leavesTheReceivedFieldsAlone() {
        Headers received = Headers.of("Connection", "close", "A", "b");
        EndToEnd.of(received).add("A", "c");
        assertThat(received).hasToString("Connection: close\nA: b\n");
    }
}
