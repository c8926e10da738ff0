package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.upstream.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backends behind TLS, with authorities and certificates from manifests.
class TlsBackendFlowTest {
    @TempDir
    static Path directory;

    private static Certificates server;
    private static Certificates client;

    @BeforeAll
    static void certificates() throws Exception {
        server = Certificates.selfSigned(directory, "dns:model.test");
        client = Certificates.selfSigned(directory, "dns:client.test");
    }

    private static int status(String tls, String... more) throws Exception {
        try (OddServer backend = new OddServer(asking());
                TestGateway gateway = TestGateway.serving(
                        Manifest.hosts("secure", backend.port()),
                        Manifest.connections("secure", "tls: {" + tls + "}"),
                        Manifest.route("r", Manifest.rule("/", "secure")),
                        String.join("", more))) {
            return gateway.ask(Ask.get("/")).status();
        }
    }

    @Test
    void aBackendThatKnowsItsClientsIsShownTheCertificateOfTheSecret() throws Exception {
        assertThat(status("sni: model.test, caCertificateRefs: [{name: ca}], secretRef: {name: me}", ca(server), me()))
                .isEqualTo(200);
        assertThat(status("sni: model.test, secretRef: {name: me}", secret("ca.crt", server.certificatePem())))
                .as("the authority may lie in the Secret, too")
                .isEqualTo(200);
    }

    @Test
    void aBackendThatKnowsItsClientsRefusesOneWithoutACertificate() throws Exception {
        assertThat(status("sni: model.test, caCertificateRefs: [{name: ca}]", ca(server)))
                .isEqualTo(502);
    }

    @Test
    void aBackendOfAnotherAuthorityIsNotSpokenTo() throws Exception {
        assertThat(status("sni: model.test, caCertificateRefs: [{name: ca}], secretRef: {name: me}", ca(client), me()))
                .isEqualTo(502);
        assertThat(status("sni: model.test, secretRef: {name: me}", me())).isEqualTo(502);
    }

    @Test
    void aBackendOfAnotherNameIsNotSpokenTo() throws Exception {
        assertThat(status("sni: other.test, caCertificateRefs: [{name: ca}], secretRef: {name: me}", ca(server), me()))
                .isEqualTo(502);
        assertThat(status("caCertificateRefs: [{name: ca}], secretRef: {name: me}", ca(server), me()))
                .as("without sni it is the host that counts")
                .isEqualTo(502);
    }

    @Test
    void aBackendWhoseAuthorityOrSecretIsMissingIsNotCalled() throws Exception {
        assertThat(status("sni: model.test, caCertificateRefs: [{name: ca}]")).isEqualTo(503);
        assertThat(status("sni: model.test, secretRef: {name: me}")).isEqualTo(503);
    }

    private static String ca(Certificates authority) throws Exception {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ca}\ndata:\n"
                + entry("ca.crt", authority.certificatePem()) + "---\n";
    }

    private static String me() throws Exception {
        return secret();
    }

    private static String secret(String... more) throws Exception {
        StringBuilder secret = new StringBuilder("apiVersion: v1\nkind: Secret\nmetadata: {name: me}\nstringData:\n");
        secret.append(entry("tls.crt", client.certificatePem())).append(entry("tls.key", client.keyPem()));
        for (int i = 0; i < more.length; i += 2) {
            secret.append(entry(more[i], more[i + 1]));
        }
        return secret.append("---\n").toString();
    }

    private static String entry(String key, String text) {
        return "  " + key + ": |\n" + text.indent(4);
    }

    /// Sockets that ask for the client's certificate.
    private static ServerSocketFactory asking() throws Exception {
        ServerSocketFactory sockets = server.server(client).getServerSocketFactory();
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                SSLServerSocket socket = (SSLServerSocket) sockets.createServerSocket(port, backlog, address);
                socket.setNeedClientAuth(true);
                return socket;
            }

            @Override
            public ServerSocket createServerSocket(int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
