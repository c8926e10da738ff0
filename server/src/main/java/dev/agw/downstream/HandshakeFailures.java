package dev.agw.downstream;

import dev.agw.telemetry.HandshakeFailure;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What an exception of a handshake stands for. Java tells some causes by their words alone.
final class HandshakeFailures {
    private HandshakeFailures() {}

    static HandshakeFailure cause(IOException e) {
        if (!(e instanceof SSLException)) {
            return HandshakeFailure.CLIENT_GONE;
        }
        String words = String.valueOf(e.getMessage());
        if (e instanceof SSLPeerUnverifiedException
                || words.contains("client certificate")
                || causedBy(e, CertificateException.class)) {
            return HandshakeFailure.CLIENT_CERTIFICATE;
        }
        if (words.contains("Received fatal alert")) {
            return HandshakeFailure.CLIENT_REFUSED;
        }
        return words.contains("protocol") || words.contains("in common")
                ? HandshakeFailure.NOTHING_IN_COMMON
                : HandshakeFailure.BROKEN;
    }

    private static boolean causedBy(Throwable e, Class<?> type) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
