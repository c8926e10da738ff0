package dev.agw.cli.load;

import dev.agw.cli.exposition.BadPageException;
import dev.agw.cli.exposition.HttpPages;
import dev.agw.cli.exposition.MetricsPage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// Where a gateway shows its metrics.
///
/// @param url one without path means `/metrics`
public record MetricsUrl(URI url) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    /// Fetches the page.
    ///
    /// @throws LoadException it cannot be had
    public MetricsPage fetch() throws InterruptedException {
        URI page = url.getRawPath().length() > 1 ? url : url.resolve("/metrics");
        try (HttpPages http = new HttpPages(PATIENCE)) {
            HttpPages.Page answer = http.get(page);
            if (answer.status() != OK) {
                throw LoadException.unanswered("no metrics: " + page + " answers " + answer.status());
            }
            return MetricsPage.parse(answer.body());
        } catch (IOException e) {
            throw LoadException.unanswered("no metrics: " + page + " does not answer (" + e + ")");
        } catch (BadPageException e) {
            throw LoadException.wrong(page + " shows no metrics: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw LoadException.wrong("no URL of metrics: " + url);
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
