package dev.agw.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// How to connect by TLS; takes whatever certificate it is shown, so that a test can look at it.
///
/// @param name asked for by SNI; empty for none
/// @param shows the client's own certificate
/// @param versions spoken
/// @param offers protocols by ALPN
public record TlsClient(String name, Optional<Identity> shows, List<String> versions, List<String> offers) {
    /// Asks for a name.
    public static TlsClient to(String name) {
        return new TlsClient(name, Optional.empty(), List.of("TLSv1.3", "TLSv1.2"), List.of());
    }

    public TlsClient showing(Identity identity) {
        return new TlsClient(name, Optional.of(identity), versions, offers);
    }

    public TlsClient speaking(String... only) {
        return new TlsClient(name, shows, List.of(only), offers);
    }

    public TlsClient offering(String... protocols) {
        return new TlsClient(name, shows, versions, List.of(protocols));
    }

    /// Connects and shakes hands.
    public RawClient connect(int port) throws IOException, GeneralSecurityException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// Shakes hands on a connection that is there.
    public RawClient over(Socket plain) throws IOException, GeneralSecurityException {
        KeyManager[] keys = shows.isEmpty()
                ? new KeyManager[0]
                : new KeyManager[] {new Showing(shows.get().keys())};
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new AnyServer()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        socket.setSoTimeout(RawClient.PATIENCE);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(versions.toArray(String[]::new));
        parameters.setApplicationProtocols(offers.toArray(String[]::new));
        if (!name.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new RawClient(socket);
    }

    /// The certificate that the other side showed.
    public static X509Certificate shown(RawClient client) throws IOException {
        return (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
    }

    /// Shows its certificate even to a server that names other authorities.
    private static final class Showing extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        Showing(KeyManager... keys) {
            this.keys = (X509ExtendedKeyManager) keys[0];
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"it"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "it";
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private static final class AnyServer extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
