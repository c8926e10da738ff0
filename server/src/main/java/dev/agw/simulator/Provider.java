package dev.agw.simulator;

import dev.agw.http.MalformedMessageException;
import dev.agw.http.RequestHead;
import java.io.IOException;

/// The provider that is simulated: decides what a request is answered with. Thread-safe.
final class Provider {
    private final SimulatorSettings settings;
    private final ScriptReader scripts;
    private final Dice dice;
    private final RequestLog log;
    private final McpServer mcp = new McpServer();

    Provider(SimulatorSettings settings) {
        this.settings = settings;
        this.scripts = new ScriptReader(settings);
        this.dice = new Dice(settings.seed());
        this.log = new RequestLog(settings.recording());
    }

    RequestLog log() {
        return log;
    }

    /// Answers a request.
    ///
    /// @param keep whether the client lets its connection be used further
    /// @throws IOException the client left before the answer was complete
    void answer(Client client, RequestHead head, byte[] content, boolean keep) throws IOException {
        Turn turn = new Turn(client, new ReplyHead(client.out(), settings.rateLimits()), head, dice.next(), keep);
        try {
            if (McpServer.serves(head.path())) {
                mcp.answer(turn, scripts.read(head.headers(), "", Dice.unit(turn.luck())), content);
            } else {
                answer(turn, Endpoint.of(head.method(), head.path()), content);
            }
        } catch (ApiErrorException error) {
            turn.body(Turn.PLAIN, error.status(), error.json());
        }
    }

    /// Answers what can't be read as a request, and ends the connection.
    void refuse(Client client, MalformedMessageException malformed) throws IOException {
        String message = String.valueOf(malformed.getMessage());
        ApiErrorException error = ApiErrorException.invalid(malformed.status(), message);
        ReplyHead head = new ReplyHead(client.out(), false);
        new BodyReply(client, head, Turn.PLAIN).send(error.status(), error.json(), Dice.id("req_", dice.next()), false);
    }

    private void answer(Turn turn, Endpoint endpoint, byte[] content) throws IOException {
        if (endpoint == Endpoint.HEALTH) {
            turn.body(Turn.PLAIN, 200, "{\"status\":\"ok\"}");
            return;
        }
        Ask ask = endpoint == Endpoint.MODELS || endpoint == Endpoint.MODEL ? Ask.NOTHING : AskReader.read(content);
        Script script = scripts.read(turn.head().headers(), ask.model(), Dice.unit(turn.luck()));
        if (script.status() != 200) {
            fail(turn, script);
            return;
        }
        switch (endpoint) {
            case CHAT -> generate(turn, script, ask.require("messages"), endpoint);
            case COMPLETIONS -> generate(turn, script, ask.require("prompt"), endpoint);
            case RESPONSES -> generate(turn, script, ask.require("input"), endpoint);
            case EMBEDDINGS ->
                turn.body(script, 200, Embeddings.answer(ask.require("input"), content, settings.usage()));
            case MODERATIONS -> turn.body(script, 200, Moderation.answer(ask, Dice.id("modr-", turn.luck())));
            case MODELS, HEALTH -> turn.body(script, 200, Catalogue.list());
            case MODEL ->
                turn.body(
                        script,
                        200,
                        Catalogue.model(Endpoint.modelId(turn.head().path())));
        }
    }

    private static void fail(Turn turn, Script script) throws IOException {
        turn.body(
                script,
                script.status(),
                ApiErrorException.ofStatus(script.status()).json());
    }

    private void generate(Turn turn, Script script, Ask ask, Endpoint endpoint) throws IOException {
        Speech speech = Speech.answering(ask, script.tokens());
        long created = System.currentTimeMillis() / 1000;
        Generation generation = new Generation(ask, speech, turn.luck(), created, settings.usage());
        Answer answer = switch (endpoint) {
            case COMPLETIONS -> new CompletionAnswer(generation);
            case RESPONSES -> new ResponseAnswer(generation);
            case CHAT, EMBEDDINGS, MODERATIONS, MODELS, MODEL, HEALTH -> new ChatAnswer(generation);
        };
        if (ask.stream()) {
            stream(turn, script, answer, speech);
        } else {
            whole(turn, script, answer, speech);
        }
    }

    private void whole(Turn turn, Script script, Answer answer, Speech speech) throws IOException {
        if (script.fault() == Fault.ERROR_EVENT) {
            throw ApiErrorException.ofStatus(500);
        }
        turn.client().pause(script.wholeDelay(speech.tokens()));
        turn.body(script, 200, answer.body(text(answer, speech)));
    }

    private String text(Answer answer, Speech speech) {
        int bytes = settings.length().bodyBytes();
        return bytes == 0
                ? speech.text()
                : Speech.padding(bytes - answer.body("").length());
    }

    private void stream(Turn turn, Script script, Answer answer, Speech speech) throws IOException {
        log.streams(1);
        try {
            turn.events(script, answer, speech);
        } finally {
            log.streams(-1);
        }
    }
}
