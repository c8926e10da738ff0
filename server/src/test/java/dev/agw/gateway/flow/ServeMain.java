package dev.agw.gateway.flow;

import dev.agw.gateway.ConfigSource;
import dev.agw.gateway.GatewayProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A gateway as a process of its own: prints its port, and ends with its standard input.
///
/// The first argument is the file of manifests, the second, if there is one, settings.
final class ServeMain {
    private ServeMain() {}

    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        String settings = args.length > 1 ? args[1] : "";
        try (GatewayProcess gateway = GatewayProcess.start(
                TestGateway.settings(settings), ConfigSource.path(Path.of(args[0])), nowhere, "test")) {
            System.out.println(gateway.listening().getFirst().port());
            while (System.in.read() >= 0) {}
        }
    }
}
