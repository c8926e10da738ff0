package dev.agw.upstream;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/// Has the operating system probe connections that are silent.
final class KeepAlive {
    private KeepAlive() {}

    /// @param probes how; what is absent or 0 is left to the operating system
    static void tune(SocketChannel channel, Optional<ConnectionSettings.TcpKeepAlive> probes) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (probes.isPresent()) {
            tune(channel, ExtendedSocketOptions.TCP_KEEPIDLE, probes.get().time());
            tune(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, probes.get().interval());
            tune(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, probes.get().probes());
        }
    }

    private static void tune(SocketChannel channel, SocketOption<Integer> option, int value) throws IOException {
        if (value > 0) {
            channel.setOption(option, value);
        }
    }
}
