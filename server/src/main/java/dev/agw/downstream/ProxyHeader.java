package dev.agw.downstream;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What the first bytes of a connection say by the PROXY protocol
/// (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt).
sealed interface ProxyHeader {
    /// There is no header.
    record Absent() implements ProxyHeader {}

    /// More bytes are needed to tell.
    record Incomplete() implements ProxyHeader {}

    /// A header.
    ///
    /// @param length its bytes
    /// @param client whom it names; empty if it speaks for the proxy itself, or of what is no TCP over IP
    record Present(int length, Optional<InetSocketAddress> client) implements ProxyHeader {}

    Absent ABSENT = new Absent();
    Incomplete INCOMPLETE = new Incomplete();

    /// Most bytes of a header. The addresses take 232 at most; the rest is for extensions, which are skipped.
    int LONGEST = 4096;

    /// Reads the first `length` bytes of `bytes`.
    ///
    /// @throws ProxyHeaderException they begin like a header and break its rules
    static ProxyHeader read(byte[] bytes, int length) throws ProxyHeaderException {
        ProxyHeader text = ProxyHeaderText.read(bytes, length);
        return text instanceof Absent ? ProxyHeaderBinary.read(bytes, length) : text;
    }

    /// Whether the bytes begin as `signature` does, as far as both go.
    static boolean begins(byte[] bytes, int length, byte[] signature) {
        for (int i = 0; i < length && i < signature.length; i++) {
            if (bytes[i] != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
