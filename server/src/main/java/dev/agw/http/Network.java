package dev.agw.http;

import java.net.InetAddress;

/// Addresses that begin alike: `10.0.0.0/8`, `fd00::/8`, or one alone: `192.0.2.1`.
///
/// @param address the first of them
/// @param bits how many leading bits they share
public record Network(InetAddress address, int bits) {
    private static final int BYTE = 8;

    /// Reads a network; one whose address has bits behind the prefix is refused, as it was meant differently.
    ///
    /// @throws IllegalArgumentException the text is none; the message says what was expected
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String start = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = IpLiteral.parse(start).orElseThrow(() -> refused(text));
        int most = address.getAddress().length * BYTE;
        int bits = slash < 0 ? most : IpLiteral.number(text.substring(slash + 1), most);
        if (bits < 0) {
            throw refused(text);
        }
        Network network = new Network(address, bits);
        if (network.hasBitsBehindPrefix()) {
            throw new IllegalArgumentException("expected an address whose last " + (most - bits)
                    + " bits are 0, found \"" + text + "\"; one address alone is written without a /");
        }
        return network;
    }

    /// Whether `other` is one of them. IPv4 addresses are in no IPv6 network.
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        return mine.length == theirs.length && common(mine, theirs) >= bits;
    }

    /// The number of leading bits that are the same.
    private static int common(byte[] one, byte[] other) {
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] ^ other[i]) & 0xFF;
            if (difference != 0) {
                return i * BYTE + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - BYTE);
            }
        }
        return one.length * BYTE;
    }

    private boolean hasBitsBehindPrefix() {
        byte[] bytes = address.getAddress();
        for (int bit = bits; bit < bytes.length * BYTE; bit++) {
            if (((bytes[bit / BYTE] >> (BYTE - 1 - bit % BYTE)) & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "expected an IP address or network such as 10.0.0.0/8 or fd00::/8, found \"" + text + "\"");
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
