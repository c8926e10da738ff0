package dev.agw.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A self-signed certificate and its key, made by the runtime's `keytool` as a test needs it.
public record Identity(KeyStore store) {
    private static final String PASSWORD = "changeit";

    /// A new one.
    ///
    /// @param names its subject alternative names, as keytool spells them: `dns:a.test,ip:127.0.0.1`
    /// @param more further arguments: when it is valid, `-keyalg RSA`
    public static Identity of(Path directory, String names, String... more) throws Exception {
        Path file = directory.resolve("identity-" + System.nanoTime() + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-dname",
                "CN=" + names,
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        command.addAll(Arrays.asList(more));
        if (!command.contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new Identity(store);
        }
    }

    public X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate("it");
    }

    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key().getEncoded());
    }

    public static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /// A Secret of type kubernetes.io/tls, as a manifest.
    public String secret(String name) throws GeneralSecurityException {
        return secret(name, certificatePem(), keyPem());
    }

    public static String secret(String name, String certificate, String key) {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: " + name + "}\ntype: kubernetes.io/tls\nstringData:\n"
                + "  tls.crt: " + quoted(certificate) + "\n  tls.key: " + quoted(key) + "\n---\n";
    }

    /// A ConfigMap that has the certificate as an authority, as a manifest.
    public String authority(String name) throws GeneralSecurityException {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata:\n  ca.crt: "
                + quoted(certificatePem()) + "\n---\n";
    }

    /// Sockets of a server that shows this certificate.
    public ServerSocketFactory server() throws GeneralSecurityException, IOException {
        return context().getServerSocketFactory();
    }

    /// What a server shakes hands by that shows this certificate.
    public SSLContext context() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(), new TrustManager[0], new SecureRandom());
        return context;
    }

    /// Its key, without a password.
    public PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) store.getKey("it", PASSWORD.toCharArray());
    }

    KeyManager[] keys() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys.getKeyManagers();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\n", "\\n") + "\"";
    }
}
