package dev.agw.llm;

import dev.agw.exchange.Outcome;

/// Looks at nothing.
final class PassingMeter implements AnswerMeter {
    @Override
    public void accept(byte[] array, int offset, int length, AnswerSink out) {
        out.write(array, offset, length);
    }

    @Override
    public Outcome end(boolean framed, AnswerSink out) {
        return Outcome.COMPLETED;
    }
}
