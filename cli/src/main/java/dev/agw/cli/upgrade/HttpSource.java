package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.HttpPages;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/// GET, with the reason where it fails.
final class HttpSource implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpPages http = new HttpPages(DEADLINE);

    /// The body of a 200, or why there is none.
    Part<String> get(URI url) throws InterruptedException {
        try {
            HttpPages.Page answer = http.get(url);
            return answer.status() == OK
                    ? new Part.Read<>(answer.body())
                    : new Part.Unreadable<>(url + " answered with " + answer.status(), "is the URL right?");
        } catch (HttpTimeoutException late) {
            return new Part.Unreadable<>(url + " did not answer within " + DEADLINE.toSeconds() + " s", "");
        } catch (ConnectException refused) {
            return new Part.Unreadable<>(url + " takes no connection", "is it running, and the port right?");
        } catch (IOException broken) {
            String why = Optional.ofNullable(broken.getMessage()).orElse(broken.toString());
            return new Part.Unreadable<>(url + ": " + why, "");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
