package dev.agw.gateway.flow;

import dev.agw.gateway.ConfigSource;
import dev.agw.gateway.GatewayProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A gateway as a process of its own: prints its port, and ends with its standard input.
final class ServeMain {
    private ServeMain() {}

    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (GatewayProcess gateway =
                GatewayProcess.start(TestGateway.settings(""), ConfigSource.path(Path.of(args[0])), nowhere, "test")) {
            System.out.println(gateway.listening().getFirst().port());
            while (System.in.read() >= 0) {}
        }
    }
}
