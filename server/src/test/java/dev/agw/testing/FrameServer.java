package dev.agw.testing;

import dev.agw.http2.ErrorCode;
import dev.agw.http2.Flag;
import dev.agw.http2.FrameReader;
import dev.agw.http2.FrameType;
import dev.agw.http2.HpackDecoder;
import dev.agw.http2.Outbound;
import dev.agw.http2.Preface;
import dev.agw.http2.SendWindow;
import dev.agw.http2.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 server in plain text that does what scripts tell it, frame by frame. Paths without a script get their own
/// name back.
public final class FrameServer implements AutoCloseable {
    public final AtomicInteger connections = new AtomicInteger();
    public final AtomicInteger pings = new AtomicInteger();
    /// Connections whose clients have said their last word.
    public final AtomicInteger ended = new AtomicInteger();
    /// The codes of the RST_STREAMs that came.
    public final BlockingQueue<ErrorCode> resets = new LinkedBlockingQueue<>();

    /// What clients asked for, and by how much they opened their connections' windows.
    public final Queue<Settings> asked = new ConcurrentLinkedQueue<>();

    public final Queue<Integer> grants = new ConcurrentLinkedQueue<>();

    /// The codes of the GOAWAYs that came.
    public final BlockingQueue<ErrorCode> goAways = new LinkedBlockingQueue<>();

    public final Queue<Map<String, String>> heads = new ConcurrentLinkedQueue<>();
    public volatile boolean answersPings = true;
    private volatile Settings settings;
    private final ServerSocket listener;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Peer> peers = new ConcurrentLinkedQueue<>();

    /// What happens when a request has come as a whole.
    public interface Script {
        void play(Visit visit) throws IOException;
    }

    /// One request.
    public record Visit(Peer peer, SendWindow stream, Map<String, String> head, int received) {
        public int number() {
            return stream.stream();
        }

        public void head(int status) throws IOException {
            head(status, Map.of());
        }

        /// Begins an answer.
        ///
        /// @param fields with names in lower case
        public void head(int status, Map<String, String> fields) throws IOException {
            peer.out.headers(
                    stream,
                    encoder -> {
                        encoder.field(":status", Integer.toString(status));
                        fields.forEach(encoder::field);
                    },
                    false);
            peer.out.flush();
        }

        /// A piece of the body, with more to follow.
        public void piece(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            peer.out.data(stream, bytes, 0, bytes.length, false);
            peer.out.flush();
        }

        public void body(byte[] bytes) throws IOException {
            peer.out.data(stream, bytes, 0, bytes.length, true);
            peer.out.flush();
        }

        public void answer(String text) throws IOException {
            head(200);
            body(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /// Sends frames that the peer did not ask for, in one write.
        public void frames(Outbound.Frames frames) throws IOException {
            peer.out.add(frames);
            peer.out.flush();
        }

        public void reset(ErrorCode code) throws IOException {
            peer.out.add(frames -> frames.reset(number(), code));
            peer.out.flush();
        }

        public void goAway(int last) throws IOException {
            peer.out.add(frames -> frames.goAway(last, ErrorCode.NO_ERROR));
            peer.out.flush();
        }
    }

    public FrameServer() throws IOException {
        this(Settings.INITIAL);
    }

    public FrameServer(Settings settings) throws IOException {
        this.settings = settings;
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void on(String path, Script script) {
        scripts.put(path, script);
    }

    /// From now on it asks for something else, of those that are connected, too.
    public void settings(Settings other) throws IOException {
        settings = other;
        for (Peer peer : peers) {
            peer.out.add(frames -> frames.settings(other.payload()));
            peer.out.flush();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Peer peer = new Peer(this, number, socket);
                peers.add(peer);
                Thread.ofVirtual().start(() -> serve(peer));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void serve(Peer peer) {
        try {
            peer.serve();
        } catch (IOException expected) {
            // the client went, or the test is over
        } finally {
            peer.server.ended.incrementAndGet();
        }
    }

    public void drop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        drop();
    }

    /// One connection.
    public static final class Peer {
        public final int number;
        public final Outbound out;
        private final FrameServer server;
        private final FrameReader in;
        private final HpackDecoder decoder = new HpackDecoder(4096);
        private final Map<Integer, SendWindow> streams = new ConcurrentHashMap<>();
        private final Map<Integer, Map<String, String>> asked = new ConcurrentHashMap<>();
        private final Map<Integer, Integer> received = new ConcurrentHashMap<>();
        private final ReentrantLock reading = new ReentrantLock();
        private Settings client = Settings.INITIAL;

        Peer(FrameServer server, int number, Socket socket) {
            this.server = server;
            this.number = number;
            this.in = new FrameReader(
                    (array, offset, length) -> socket.getInputStream().read(array, offset, length));
            this.out = new Outbound(
                    (array, offset, length) -> socket.getOutputStream().write(array, offset, length));
        }

        /// Takes nothing from the socket until the same thread calls [#goOn].
        public void pause() {
            reading.lock();
        }

        public void goOn() {
            reading.unlock();
        }

        void serve() throws IOException {
            if (in.take(Preface.bytes().length).length < Preface.bytes().length) {
                return;
            }
            out.add(frames -> frames.settings(server.settings.payload()));
            out.flush();
            while (in.next()) {
                reading.lock();
                try {
                    frame();
                    flush();
                } finally {
                    reading.unlock();
                }
            }
        }

        /// Who takes nothing more may have said why.
        private void flush() {
            try {
                out.flush();
            } catch (IOException expected) {
                // whoever reads next finds the end
            }
        }

        private void frame() throws IOException {
            int id = in.stream();
            switch (in.type()) {
                case FrameType.HEADERS -> headers(id);
                case FrameType.DATA -> data(id);
                case FrameType.RST_STREAM -> {
                    out.close(known(streams.get(id)));
                    server.resets.add(ErrorCode.of(in.number(0)));
                }
                case FrameType.SETTINGS -> settings();
                case FrameType.PING -> ping();
                case FrameType.GOAWAY -> server.goAways.add(ErrorCode.of(in.number(4)));
                case FrameType.WINDOW_UPDATE -> granted(id, in.number(0));
                default -> {}
            }
        }

        private void headers(int id) throws IOException {
            Map<String, String> head = new ConcurrentHashMap<>();
            decoder.decode(in.array(), in.offset(), in.length(), field -> head.put(field.name(), field.value()));
            server.heads.add(head);
            streams.put(id, new SendWindow(id));
            asked.put(id, head);
            received.put(id, 0);
            endOf(id);
        }

        private void data(int id) {
            int length = in.length();
            received.merge(id, length, Integer::sum);
            if (length > 0) {
                out.add(frames -> frames.windowUpdate(0, length));
                out.add(frames -> frames.windowUpdate(id, length));
            }
            endOf(id);
        }

        private void endOf(int id) {
            if (in.has(Flag.END_STREAM)) {
                Visit visit = new Visit(this, known(streams.get(id)), known(asked.get(id)), known(received.get(id)));
                Thread.ofVirtual().start(() -> play(visit));
            }
        }

        private static <T> T known(@Nullable T value) {
            return Objects.requireNonNull(value, "no such stream or field");
        }

        private void play(Visit visit) {
            try {
                String path = known(visit.head().get(":path"));
                server.scripts.getOrDefault(path, any -> any.answer(path)).play(visit);
            } catch (IOException expected) {
                // the client went
            }
        }

        private void settings() throws IOException {
            if (!in.has(Flag.ACK)) {
                client = client.with(in.payload());
                server.asked.add(client);
                out.settings(client);
                out.add(frames -> frames.settingsAck());
            }
        }

        private void ping() {
            server.pings.incrementAndGet();
            if (server.answersPings && !in.has(Flag.ACK)) {
                byte[] opaque = in.payload();
                out.add(frames -> frames.ping(opaque, true));
            }
        }

        private void granted(int id, int increment) {
            if (id == 0) {
                server.grants.add(increment);
                out.grant(increment);
            } else {
                out.grant(known(streams.get(id)), increment);
            }
        }
    }
}
