package dev.agw.upstream;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Makes the TLS engines of one origin. They share a session cache, so that later handshakes are short.
final class TlsContext {
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final String name;
    private final int port;

    /// @throws IllegalArgumentException key or certificates can't be used
    TlsContext(Origin origin, TlsSettings settings) {
        this.name = settings.serverName().isEmpty() ? origin.host() : settings.serverName();
        this.port = origin.port();
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys(settings), trust(settings.authorities()), null);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the TLS settings of " + origin.authority() + " cannot be used", e);
        }
    }

    /// An engine that verifies the peer's name.
    ///
    /// @param protocols what is offered by ALPN, the first choice first
    SSLEngine engine(List<String> protocols) {
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        if (!Addresses.literal(name)) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /// Refuses a certificate that is out of date even if it is itself among the authorities: there Java does not
    /// look.
    static void checkDate(SSLEngine engine) throws IOException {
        try {
            if (engine.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
                certificate.checkValidity();
            }
        } catch (CertificateException e) {
            throw new SSLPeerUnverifiedException(e.getMessage());
        }
    }

    private static KeyManager[] keys(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.identity().isEmpty()) {
            return new KeyManager[0];
        }
        TlsSettings.Identity identity = settings.identity().get();
        KeyStore store = empty();
        store.setKeyEntry(
                "identity", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(Optional<List<X509Certificate>> authorities)
            throws GeneralSecurityException, IOException {
        if (authorities.isPresent() && authorities.get().isEmpty()) {
            return new TrustManager[] {new TrustsNobody()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isPresent() ? store(authorities.get()) : null);
        return factory.getTrustManagers();
    }

    private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }

    /// Java's own answer to a store without authorities is not a failed handshake but a defect.
    private static final class TrustsNobody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            throw new CertificateException("there is no authority to trust");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
            throw new CertificateException("there is no authority to trust");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
