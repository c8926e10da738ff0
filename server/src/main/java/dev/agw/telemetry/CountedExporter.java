package dev.agw.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/*
 * The SDK's thread that sends batches ends for good on errors such as a class that cannot be loaded, and then spans are
 * dropped without a word. So nothing is thrown at it.
 */
/// Counts the batches of spans that were not taken.
record CountedExporter(SpanExporter next, Housekeeping housekeeping) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = attempted(spans);
        return result.whenComplete(() -> note(result));
    }

    private CompletableResultCode attempted(Collection<SpanData> spans) {
        try {
            return next.export(spans);
        } catch (RuntimeException | Error e) {
            return CompletableResultCode.ofExceptionalFailure(e);
        }
    }

    private void note(CompletableResultCode result) {
        if (!result.isSuccess()) {
            Throwable why = result.getFailureThrowable();
            housekeeping.failed(Chore.TRACING, why != null ? why : new IllegalStateException("spans were not taken"));
        }
    }

    @Override
    public CompletableResultCode flush() {
        return next.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return next.shutdown();
    }
}
