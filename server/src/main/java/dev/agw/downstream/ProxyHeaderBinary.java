package dev.agw.downstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// Version 2 of the PROXY protocol: twelve fixed bytes, version and command, family and transport, length, addresses,
/// extensions.
final class ProxyHeaderBinary {
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;

    private ProxyHeaderBinary() {}

    static ProxyHeader read(byte[] bytes, int length) throws ProxyHeaderException {
        if (!ProxyHeader.begins(bytes, length, SIGNATURE)) {
            return ProxyHeader.ABSENT;
        }
        if (length < FIXED) {
            return ProxyHeader.INCOMPLETE;
        }
        int end = FIXED + number(bytes, 14);
        if (end > ProxyHeader.LONGEST) {
            throw new ProxyHeaderException("a PROXY header is longer than " + ProxyHeader.LONGEST + " bytes");
        }
        return end > length ? ProxyHeader.INCOMPLETE : new ProxyHeader.Present(end, client(bytes, end));
    }

    private static Optional<InetSocketAddress> client(byte[] bytes, int end) throws ProxyHeaderException {
        int command = bytes[12] & 0xFF;
        if (command == LOCAL) {
            return Optional.empty(); // the proxy speaks for itself; addresses must be ignored
        }
        if (command != PROXY) {
            throw new ProxyHeaderException("a PROXY header is of an unknown version or command");
        }
        return switch (bytes[13]) {
            case 0x00 -> Optional.empty(); // UNSPEC
            case 0x11 -> Optional.of(addressed(bytes, end, 4));
            case 0x21 -> Optional.of(addressed(bytes, end, 16));
            case 0x31 -> unix(end);
            default -> throw new ProxyHeaderException("a PROXY header tells of something else than a stream");
        };
    }

    private static InetSocketAddress addressed(byte[] bytes, int end, int size) throws ProxyHeaderException {
        requireRoom(end, 2 * size + 4);
        byte[] source = Arrays.copyOfRange(bytes, FIXED, FIXED + size);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(source), number(bytes, FIXED + 2 * size));
        } catch (UnknownHostException impossible) { // the length is right
            throw new ProxyHeaderException("a PROXY header holds what is no address");
        }
    }

    private static Optional<InetSocketAddress> unix(int end) throws ProxyHeaderException {
        requireRoom(end, 216);
        return Optional.empty();
    }

    private static void requireRoom(int end, int bytes) throws ProxyHeaderException {
        if (end - FIXED < bytes) {
            throw new ProxyHeaderException("a PROXY header is too short for its addresses");
        }
    }

    private static int number(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}
