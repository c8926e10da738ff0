package dev.agw.upstream;

import dev.agw.exchange.Lifeline.Cut;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.BodyView;
import dev.agw.http.Framing;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.MessageBody;
import dev.agw.http.ResponseHead;
import java.io.IOException;
import java.util.Optional;

/// An answer over HTTP/1.
///
/// The connection goes back to its pool when the body has been read to its end; [#close] sees to it otherwise.
final class Http1Response implements UpstreamResponse {
    private final Call call;
    private final ResponseHead head;
    private final MessageBody content;
    private final boolean reusable;
    private final Body body = new AnswerBody();

    Http1Response(Call call, ResponseHead head) throws IOException {
        this.call = call;
        this.head = head;
        Framing framing = Framing.ofResponse(call.method(), head);
        this.content = new MessageBody(call.connection().in(), framing, 502);
        this.reusable = !(framing instanceof Framing.UntilClose) && staysOpen(head);
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
        call.waits().patience(nanos, onTimeout);
    }

    @Override
    public Optional<Tunnel> tunnel() {
        return status() == 101
                ? Optional.of(new UpstreamTunnel(call.connection(), call.waits(), this::close))
                : Optional.empty();
    }

    @Override
    public void close() {
        if (status() != 101 && restIsHere()) {
            call.finished(reusable);
        } else {
            call.abandon();
        }
    }

    /// Reads a rest that has arrived; never waits.
    private boolean restIsHere() {
        try {
            while (!content.complete() && content.declaredLength() > 0 && content.ready()) {
                content.next();
            }
        } catch (IOException expected) {
            return false; // it was not wanted anyway
        }
        return content.complete();
    }

    private static boolean staysOpen(ResponseHead head) {
        return head.minor() == 1
                ? !head.headers().hasToken(HeaderName.CONNECTION, "close")
                : head.headers().hasToken(HeaderName.CONNECTION, "keep-alive");
    }

    /// The content, with errors told apart and the connection given back at the end.
    private final class AnswerBody implements BodyView {
        @Override
        public Body content() {
            return content;
        }

        @Override
        public boolean next() throws IOException {
            try {
                if (content.next()) {
                    return true;
                }
            } catch (IOException e) {
                throw new UpstreamBrokenException(call.broken(e));
            }
            call.finished(reusable);
            return false;
        }
    }
}
