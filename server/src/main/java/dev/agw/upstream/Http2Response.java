package dev.agw.upstream;

import dev.agw.exchange.Lifeline.Cut;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.upstream.Http2Stream.Event;
import java.io.IOException;
import java.util.Optional;

/// An answer over HTTP/2. What is read of it is what the backend may send further.
final class Http2Response implements UpstreamResponse {
    private static final byte[] NONE = {};

    private final Http2Call call;
    private final Event.Head head;
    private final long length;
    private final Content body;

    Http2Response(Http2Call call, Event.Head head, String method) {
        this.call = call;
        this.head = head;
        boolean bodiless = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
        this.length = bodiless
                ? 0
                : head.headers()
                        .first(HeaderName.CONTENT_LENGTH)
                        .map(Long::parseLong)
                        .orElse(head.end() ? 0L : -1L);
        this.body = new Content(head.end());
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Headers headers() {
        return head.headers();
    }

    @Override
    public String authority() {
        return call.authority();
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public void patience(long nanos, Cut onTimeout) {
        call.patience(nanos, onTimeout);
    }

    @Override
    public Optional<Tunnel> tunnel() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (head.end()) {
            call.answered();
        }
        call.end();
    }

    private final class Content implements Body {
        private byte[] piece = NONE;
        private boolean ended;
        private boolean over;
        private long received;
        private Headers trailers = new Headers();

        Content(boolean ended) {
            this.ended = ended;
        }

        @Override
        public boolean next() throws IOException {
            giveBack();
            while (!ended) {
                take(call.next());
                if (piece.length > 0) {
                    return true;
                }
            }
            finish();
            return false;
        }

        private void giveBack() {
            if (piece.length > 0) {
                call.consumed(piece.length);
                piece = NONE;
            }
        }

        private void take(Event event) throws IOException {
            switch (event) {
                case Event.Data data -> {
                    piece = data.bytes();
                    ended = data.end();
                    received += piece.length;
                    if (length >= 0 && received > length) {
                        throw call.malformed("sent more than it announced");
                    }
                }
                case Event.Head fields -> {
                    trailers = fields.headers();
                    ended = fields.end();
                    if (!ended) {
                        throw call.malformed("answered with what is not HTTP");
                    }
                }
                case Event.Broken broken -> throw new AssertionError(broken);
                case Event.Cut cut -> throw new AssertionError(cut);
                case Event.Sent done -> throw new AssertionError(done);
            }
        }

        private void finish() throws IOException {
            if (over) {
                return;
            }
            over = true;
            if (length >= 0 && received < length) {
                throw call.malformed("broke its answer off");
            }
            call.answered();
        }

        @Override
        public boolean ready() {
            return ended || call.ready();
        }

        @Override
        public byte[] array() {
            return piece;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return piece.length;
        }

        @Override
        public long declaredLength() {
            return length;
        }

        @Override
        public Headers trailers() {
            return trailers;
        }
    }
}
