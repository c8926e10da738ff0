package dev.agw.simulator;

import dev.agw.http.RequestHead;
import java.io.IOException;

/// One request that waits for its answer.
///
/// @param luck bits that are this request's own
/// @param keep whether the connection may stay open
record Turn(Client client, ReplyHead replies, RequestHead head, long luck, boolean keep) {
    /// A script without delay and fault.
    static final Script PLAIN = new Script(200, Fault.NONE, -1, 0, 0, 0, 1, false, "");

    void body(Script script, int status, String json) throws IOException {
        new BodyReply(client, replies, script).send(status, json, requestId(), keep);
    }

    void events(Script script, Answer answer, Speech speech) throws IOException {
        new EventReply(client, script, head.minor() == 1, keep).send(replies, answer, speech, requestId());
    }

    /// An answer without a body.
    void empty(Script script, int status) throws IOException {
        client.pause(script.headDelay());
        replies.empty(status, script, requestId(), keep);
        client.flush();
        if (!keep) {
            client.end();
        }
    }

    String requestId() {
        return Dice.id("req_", luck);
    }
}
