package dev.agw.downstream;

import dev.agw.resource.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Makes the TLS engines of one listener. Sessions are resumed within it alone, so that no client enters one
/// listener by what another one knows of it.
public final class ServerTls {
    /// What is spoken inside, the favourite first. [Http1Connection] tells them apart.
    public static final List<String> HTTP_PROTOCOLS = List.of("h2", "http/1.1");

    /// Forward secrecy and authenticated encryption alone, as Mozilla's intermediate configuration has them.
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final ClientCertificates clients;
    private final Versions versions;
    private final List<String> protocols;

    /// Which versions are spoken.
    public enum Versions {
        TLS_1_2_AND_LATER,
        TLS_1_3;

        private String[] names() {
            return switch (this) {
                case TLS_1_2_AND_LATER -> new String[] {"TLSv1.3", "TLSv1.2"};
                case TLS_1_3 -> new String[] {"TLSv1.3"};
            };
        }
    }

    /// @param identities at least one; the one that fits name and abilities of the client is shown
    /// @param protocols what is spoken inside, offered by ALPN; empty if that is not asked
    /// @throws IllegalArgumentException key or certificates can't be used
    public ServerTls(
            List<TlsIdentity> identities, ClientCertificates clients, Versions versions, List<String> protocols) {
        this.clients = clients;
        this.versions = versions;
        this.protocols = List.copyOf(protocols);
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys(identities), trust(clients), new SecureRandom());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates of a listener cannot be used", e);
        }
    }

    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = new SSLParameters(SUITES, versions.names());
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        switch (clients.demand()) {
            case NONE -> {}
            case OPTIONAL, UNCHECKED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /// Refuses a client's certificate that is out of date even if it is itself among the authorities: there Java does
    /// not look.
    void checkClient(SSLEngine engine) throws IOException {
        switch (clients.demand()) {
            case NONE, UNCHECKED -> {}
            case OPTIONAL -> checkDate(engine, false);
            case REQUIRED -> checkDate(engine, true);
        }
    }

    private static void checkDate(SSLEngine engine, boolean required) throws IOException {
        try {
            if (engine.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
                certificate.checkValidity();
            }
        } catch (SSLPeerUnverifiedException none) {
            if (required) {
                throw none;
            }
        } catch (CertificateException e) {
            SSLPeerUnverifiedException refused =
                    new SSLPeerUnverifiedException("the client's certificate is out of date");
            refused.initCause(e);
            throw refused;
        }
    }

    private static KeyManager[] keys(List<TlsIdentity> identities) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (TlsIdentity identity : identities) {
            X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
            store.setKeyEntry("identity-" + store.size(), identity.key(), NO_PASSWORD, chain);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX"); // looks at the name that is asked for
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(ClientCertificates clients) throws GeneralSecurityException, IOException {
        if (clients.demand() == ClientCertificates.Demand.UNCHECKED) {
            return new TrustManager[] {new AnyClient(clients.authorities())};
        }
        KeyStore store = empty();
        for (X509Certificate authority : clients.authorities()) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        if (store.size() == 0) {
            return new TrustManager[0];
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// The plain format of Java: its keys cost no derivation from a password each time.
    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
