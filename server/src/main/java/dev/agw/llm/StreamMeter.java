package dev.agw.llm;

import dev.agw.exchange.Outcome;
import dev.agw.http.SseEvent;
import dev.agw.http.SseListener;
import dev.agw.http.SseScanner;

/*
 * Two ways through. Where the client gets what came, pieces go on first and are looked at afterwards. Where usage that only
 * the gateway asked for has to be taken out, the scanner's callbacks hand on the raw bytes of each event, so an event that
 * is cut between pieces waits for its end, and nothing else waits.
 */
/// Reads model, first token, token counts and the end from a stream of events; takes out what the client did
/// not ask for.
final class StreamMeter implements AnswerMeter, SseListener {
    private static final AnswerSink NOWHERE = (array, offset, length) -> {};

    private final AnswerEvents events;
    private final ContentDecoder decoder;
    private final boolean strips;
    private final SseScanner scanner = new SseScanner(this);
    private final AnswerSink observed = scanner::scan;
    private AnswerSink out = NOWHERE;
    private boolean dropped;

    /// @param strips whether usage is to be taken out; only for streams that are not compressed
    StreamMeter(AnswerEvents events, ContentDecoder decoder, boolean strips) {
        this.events = events;
        this.decoder = decoder;
        this.strips = strips;
    }

    @Override
    public void accept(byte[] array, int offset, int length, AnswerSink sink) {
        if (strips) {
            out = sink;
        } else {
            sink.write(array, offset, length);
        }
        decoder.decode(array, offset, length, observed);
    }

    @Override
    public void event(SseEvent event) {
        AnswerEvents.Fate fate = events.event(event);
        dropped = fate == AnswerEvents.Fate.DROP;
        switch (fate) {
            case DROP -> {}
            case CUT -> withoutPart(event);
            case KEEP -> out.write(event.raw(), event.rawStart(), event.rawEnd() - event.rawStart());
        }
    }

    /// Data that had to be joined from several lines has no place in the raw bytes; it goes on as it is.
    private void withoutPart(SseEvent event) {
        int start = event.inPlace() ? events.cutStart() : event.rawEnd();
        int end = event.inPlace() ? events.cutEnd() : event.rawEnd();
        out.write(event.raw(), event.rawStart(), start - event.rawStart());
        if (end < event.rawEnd()) {
            out.write(event.raw(), end, event.rawEnd() - end);
        }
    }

    @Override
    public void unobserved(byte[] array, int offset, int length) {
        out.write(array, offset, length);
    }

    @Override
    public void halfLineEnd(byte[] array, int offset) {
        if (!dropped) {
            out.write(array, offset, 1);
        }
    }

    /// Local servers that never send `[DONE]` are believed if the framing says that this is all.
    @Override
    public Outcome end(boolean framed, AnswerSink sink) {
        if (strips) {
            out = sink;
        }
        scanner.finish();
        return framed || events.ended() || !decoder.readable() ? Outcome.COMPLETED : Outcome.UPSTREAM_ABORT;
    }

    @Override
    public boolean rewrites() {
        return strips;
    }

    /// A stripped stream is always between events at its client.
    @Override
    public boolean betweenEvents() {
        return strips || scanner.betweenEvents();
    }

    @Override
    public boolean failed() {
        return events.failed();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
