package dev.agw.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds name and protocols in the body of a ClientHello; every length must add up.
///
/// https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2
final class HelloParser {
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int MOST_SESSION_ID = 32;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int HOST_NAME = 0;
    private static final int LONGEST_NAME = 255;

    private final Set<Integer> seen = new HashSet<>();
    private final List<String> protocols = new ArrayList<>();
    private String serverName = "";

    private HelloParser() {}

    /// @throws MalformedHelloException it is none
    static Greeting.Hello parse(ByteBuffer body) {
        HelloParser parser = new HelloParser();
        take(body, VERSION_AND_RANDOM);
        ByteBuffer session = sized8(body);
        MalformedHelloException.unless(session.remaining() <= MOST_SESSION_ID, "the session id is too long");
        ByteBuffer suites = sized16(body);
        MalformedHelloException.unless(
                suites.remaining() >= 2 && suites.remaining() % 2 == 0, "the list of cipher suites is broken");
        MalformedHelloException.unless(sized8(body).hasRemaining(), "the list of compression methods is empty");
        if (body.hasRemaining()) {
            parser.extensions(sized16(body));
        }
        MalformedHelloException.unless(!body.hasRemaining(), "bytes stand behind the extensions");
        return new Greeting.Hello(parser.serverName, parser.protocols);
    }

    private void extensions(ByteBuffer all) {
        while (all.hasRemaining()) {
            int type = number16(all);
            ByteBuffer content = sized16(all);
            MalformedHelloException.unless(seen.add(type), "an extension stands there twice");
            if (type == SERVER_NAME) {
                name(content);
            } else if (type == ALPN) {
                protocols(content);
            }
        }
    }

    private void name(ByteBuffer extension) {
        ByteBuffer names = sized16(extension);
        MalformedHelloException.unless(
                names.hasRemaining() && !extension.hasRemaining(), "the list of server names is broken");
        while (names.hasRemaining()) {
            int type = number8(names);
            ByteBuffer name = sized16(names);
            if (type == HOST_NAME) {
                MalformedHelloException.unless(serverName.isEmpty(), "two server names are asked for");
                serverName = host(name);
            }
        }
    }

    private static String host(ByteBuffer name) {
        String text = StandardCharsets.US_ASCII.decode(name.duplicate()).toString();
        boolean clean = text.chars().allMatch(HelloParser::inName);
        MalformedHelloException.unless(
                !text.isEmpty() && text.length() <= LONGEST_NAME && clean, "the server name is no host name");
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /// Letters, digits, `-`, `.` and the `_` that internal names have.
    private static boolean inName(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    }

    private void protocols(ByteBuffer extension) {
        ByteBuffer names = sized16(extension);
        MalformedHelloException.unless(
                names.hasRemaining() && !extension.hasRemaining(), "the list of protocols is broken");
        while (names.hasRemaining()) {
            ByteBuffer name = sized8(names);
            MalformedHelloException.unless(name.hasRemaining(), "the name of a protocol is empty");
            protocols.add(StandardCharsets.ISO_8859_1.decode(name).toString());
        }
    }

    private static ByteBuffer sized8(ByteBuffer from) {
        return take(from, number8(from));
    }

    private static ByteBuffer sized16(ByteBuffer from) {
        return take(from, number16(from));
    }

    private static int number8(ByteBuffer from) {
        return take(from, 1).get() & 0xFF;
    }

    private static int number16(ByteBuffer from) {
        return take(from, 2).getShort() & 0xFFFF;
    }

    private static ByteBuffer take(ByteBuffer from, int length) {
        MalformedHelloException.unless(from.remaining() >= length, "a length exceeds what is there");
        ByteBuffer part = from.slice(from.position(), length);
        from.position(from.position() + length);
        return part;
    }
}
