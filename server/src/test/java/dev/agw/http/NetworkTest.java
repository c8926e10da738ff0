package dev.agw.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 9.9.9.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe80::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::/0, 9.9.9.9, false",
    })
    void holdsTheAddressesThatBeginLikeIt(String network, String address, boolean held) {
        assertThat(Network.parse(network).contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "fd00::/129",
                "fd00::1/8",
                "fd00::%eth0",
                "[fd00::]/8",
                "localhost",
                "010.0.0.0/8",
                " 10.0.0.0/8"
            })
    void isNotReadFromWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.parse(text))
                .withMessageStartingWith("expected ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "01.2.3.4",
                "1.2.3.256",
                "0x1.2.3.4",
                "1.2.3.-4",
                "+1.2.3.4",
                "16909060",
                "",
                ":",
                ":::",
                "1:2",
                "1::2::3",
                "::g",
                "::1%1",
                "[::1]",
                "12345::",
                "::1.2.3",
                ".::1"
            })
    void anAddressIsNotReadFromWhatIsNone(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }
}
