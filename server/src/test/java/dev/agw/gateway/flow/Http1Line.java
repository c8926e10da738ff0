package dev.agw.gateway.flow;

import dev.agw.testing.RawClient;
import java.io.IOException;

/// A connection that ends when an answer says so.
final class Http1Line implements Line {
    private final RawClient client;
    private boolean stays = true;

    Http1Line(RawClient client) {
        this.client = client;
    }

    @Override
    public boolean stays() {
        return stays;
    }

    @Override
    public int ask() throws IOException {
        RawClient.Answer answer = client.send(Ask.chat()).answer();
        stays = !"close".equals(answer.headers().get("connection"));
        return answer.status();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
