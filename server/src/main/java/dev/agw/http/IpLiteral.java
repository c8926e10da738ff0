package dev.agw.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/*
 * Not InetAddress.getByName alone: it asks DNS for what is no address, and takes 10.1 for 10.0.0.1, which others read
 * differently.
 */
/// IP addresses as text.
public final class IpLiteral {
    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();
    private static final int OCTETS = 4;

    private IpLiteral() {}

    /// The address that `text` is: four plain decimals, or IPv6 without zone and brackets. Empty for all else.
    public static Optional<InetAddress> parse(String text) {
        if (text.indexOf(':') < 0) {
            return four(text);
        }
        return text.length() <= LONGEST && text.chars().allMatch(IpLiteral::mayBeSix) && text.charAt(0) != '.'
                ? literal(text)
                : Optional.empty();
    }

    /// The address in `10.0.0.1`, `10.0.0.1:80`, `fd00::1` or `[fd00::1]:80`.
    static Optional<InetAddress> beforePort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 || !isPort(text, end + 1) ? Optional.empty() : parse(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        if (port) {
            return isPort(text, colon) ? four(text.substring(0, colon)) : Optional.empty();
        }
        return parse(text);
    }

    /// Whether nothing stands from `start` on, or a colon and the number of a port.
    static boolean isPort(String text, int start) {
        if (start == text.length()) {
            return true;
        }
        return text.charAt(start) == ':' && number(text, start + 1, text.length(), 65_535) >= 0;
    }

    /// A decimal number as everybody reads it, without sign and leading zeros; -1 for all else.
    public static int number(String text, int most) {
        return number(text, 0, text.length(), most);
    }

    private static int number(String text, int start, int end, int most) {
        int length = end - start;
        if (length < 1 || length > 5 || (length > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int number = 0;
        for (int at = start; at < end; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number <= most ? number : -1;
    }

    private static Optional<InetAddress> four(String text) {
        int start = 0;
        for (int octet = 0; octet < OCTETS; octet++) {
            int dot = text.indexOf('.', start);
            boolean last = octet == OCTETS - 1;
            int end = last ? text.length() : dot;
            if (end < start || (last && dot >= 0) || number(text, start, end, 255) < 0) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return literal(text);
    }

    private static boolean mayBeSix(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException expected) {
            return Optional.empty(); // it looked like an address and is none
        }
    }
}
