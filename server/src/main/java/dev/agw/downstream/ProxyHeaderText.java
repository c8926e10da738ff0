package dev.agw.downstream;

import dev.agw.http.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Version 1 of the PROXY protocol: `PROXY TCP4 192.0.2.7 10.0.0.1 41234 443` and CRLF.
final class ProxyHeaderText {
    private static final byte[] SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int LONGEST = 107;
    private static final int LAST_PORT = 65_535;

    private ProxyHeaderText() {}

    static ProxyHeader read(byte[] bytes, int length) throws ProxyHeaderException {
        if (!ProxyHeader.begins(bytes, length, SIGNATURE)) {
            return ProxyHeader.ABSENT;
        }
        int end = lineEnd(bytes, Math.min(length, LONGEST));
        if (end >= 0) {
            String line = new String(bytes, SIGNATURE.length, end - SIGNATURE.length, StandardCharsets.US_ASCII);
            return new ProxyHeader.Present(end + 2, client(line));
        }
        if (length >= LONGEST) {
            throw new ProxyHeaderException("a PROXY line is longer than " + LONGEST + " bytes");
        }
        return ProxyHeader.INCOMPLETE;
    }

    /// Where the CR before the first LF stands; -1 if no line has ended yet.
    private static int lineEnd(byte[] bytes, int length) throws ProxyHeaderException {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                if (bytes[i - 1] != '\r') {
                    throw new ProxyHeaderException("a PROXY line ends in a bare line feed");
                }
                return i - 1;
            }
        }
        return -1;
    }

    private static Optional<InetSocketAddress> client(String line) throws ProxyHeaderException {
        List<String> words = List.of(SPACE.split(line, -1));
        if (words.getFirst().equals("UNKNOWN")) {
            return Optional.empty(); // what follows must be ignored
        }
        int size = words.getFirst().equals("TCP4") ? 4 : words.getFirst().equals("TCP6") ? 16 : 0;
        if (size == 0 || words.size() != 5) {
            throw new ProxyHeaderException("a PROXY line names no TCP4, TCP6 or UNKNOWN with its addresses");
        }
        address(words.get(2), size);
        port(words.get(4));
        return Optional.of(new InetSocketAddress(address(words.get(1), size), port(words.get(3))));
    }

    private static InetAddress address(String text, int size) throws ProxyHeaderException {
        boolean six = text.indexOf(':') >= 0;
        return IpLiteral.parse(text)
                .filter(address -> six == (size == 16))
                .orElseThrow(() -> new ProxyHeaderException("a PROXY line holds what is no address of its family"));
    }

    private static int port(String text) throws ProxyHeaderException {
        int port = IpLiteral.number(text, LAST_PORT);
        if (port < 0) {
            throw new ProxyHeaderException("a PROXY line holds what is no port");
        }
        return port;
    }
}
