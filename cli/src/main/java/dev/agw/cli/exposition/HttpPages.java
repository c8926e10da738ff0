package dev.agw.cli.exposition;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/*
 * The deadline that HttpRequest knows ends with the header of an answer, and its body may go on for ever, or grow beyond all
 * memory: what is looked at may be broken, that is why somebody looks.
 */
/// GET of whole pages, each within a deadline and a size.
public final class HttpPages implements AutoCloseable {
    /// A page of 5,000 series has 1 MiB.
    static final int MOST_BYTES = 64 << 20;

    private final Duration patience;
    private final HttpClient http;

    /// An answer, whatever its status.
    public record Page(int status, String body) {}

    /// @param patience from the begin of connecting to the end of the body
    public HttpPages(Duration patience) {
        this.patience = patience;
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /// Fetches one.
    ///
    /// @throws HttpTimeoutException the page was not there in time
    /// @throws IOException nobody answers, or the answer is broken or too large
    /// @throws IllegalArgumentException this is no URL of HTTP
    public Page get(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(patience).build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, head -> new CappedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> page = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return new Page(page.statusCode(), new String(page.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException late) {
            throw late(late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpTimeoutException late(TimeoutException late) {
        HttpTimeoutException end = new HttpTimeoutException("no whole answer within " + patience.toSeconds() + " s");
        end.initCause(late);
        return end;
    }

    /// Does not wait for what still runs.
    @Override
    public void close() {
        http.shutdownNow();
    }
}
