package dev.agw.gateway.flow;

import dev.agw.downstream.ServerTls;
import dev.agw.testing.FrameClient;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Prints what idle TLS connections cost on the heap of the gateway; the clients are a process of their own. Not a
/// test: run it by hand, with the number of connections as its argument (2,000 take a minute or two).
final class IdleTlsCost {
    private static final int WARM = 50;
    private static final String BODY = "x".repeat(20_000);

    private IdleTlsCost() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3) {
            hold(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
        } else {
            measure(arguments.length == 0 ? 2000 : Integer.parseInt(arguments[0]));
        }
    }

    private static void measure(int wanted) throws Exception {
        Identity identity = Identity.of(Files.createTempDirectory("idle-tls"), "dns:a.test");
        try (OddServer server = new OddServer();
                TestGateway gateway = TestGateway.bare(
                        "limits: {idleTimeout: 10m, firstByteTimeout: 10m}\n",
                        Manifest.gateway("{name: a, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: s}]}}"),
                        identity.secret("s"),
                        Manifest.hosts("plain", server.port()),
                        Manifest.route("all", Manifest.rule("/", "plain")))) {
            int port = gateway.ports("https").getFirst();
            for (String protocol : ServerTls.HTTP_PROTOCOLS.reversed()) {
                Process warm = clients(port, WARM, protocol);
                long before = used();
                Process clients = clients(port, wanted, protocol);
                long each = (used() - before) / wanted;
                System.out.println(wanted + " idle TLS connections, " + protocol + ": " + each + " bytes of heap each");
                warm.destroy();
                clients.destroy();
                gateway.awaitMetric(0, "agentgateway_active_connections");
            }
        }
        System.exit(0);
    }

    private static Process clients(int port, int count, String protocol) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleTlsCost.class.getName(),
                        Integer.toString(port),
                        Integer.toString(count),
                        protocol)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.inputReader().readLine(); // all are connected
        return process;
    }

    /// The clients: each makes one request, by HTTP/1.1 one that takes more than one TLS record, and then says nothing.
    private static void hold(int port, int count, String protocol) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = TlsClient.to("a.test").offering(protocol).connect(port);
            if (protocol.equals("h2")) {
                askByHttp2(client);
            } else {
                client.post("/x", BODY);
            }
            clients.add(client);
        }
        System.out.println(clients.size());
        Thread.currentThread().join();
    }

    private static void askByHttp2(RawClient client) throws IOException {
        byte[] block = FrameClient.request("GET", "/x");
        client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .send(frame(FrameClient.SETTINGS, 0, 0, 0), 0, 9)
                .send(
                        frame(FrameClient.HEADERS, FrameClient.END_HEADERS | FrameClient.END_STREAM, 1, block.length),
                        0,
                        9)
                .send(block, 0, block.length);
        client.socket().getInputStream().readNBytes(50); // settings and the begin of the answer
    }

    private static byte[] frame(int type, int flags, int stream, int length) {
        return ByteBuffer.allocate(9)
                .putInt(length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .array();
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
