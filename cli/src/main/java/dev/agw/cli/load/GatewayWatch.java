package dev.agw.cli.load;

import dev.agw.cli.exposition.MetricsPage;
import dev.agw.telemetry.MetricCatalogue;
import dev.agw.telemetry.RuntimeCatalogue;
import java.net.URI;

/// Looks at a gateway's metrics from the start to the end of a measurement. Not thread-safe.
final class GatewayWatch {
    private final MetricsUrl url;
    private final MetricsPage first;
    private final long start = System.nanoTime();
    private double streams;
    private double resident;
    private double heap;
    private int looks;

    /// @throws LoadException there are no metrics of a gateway
    GatewayWatch(URI url) throws InterruptedException {
        this.url = new MetricsUrl(url);
        this.first = this.url.fetch();
        if (!first.has(MetricCatalogue.BUILD_INFO)) {
            throw LoadException.wrong(url + " shows no metrics of an agw gateway");
        }
        take(first);
    }

    /// A look in passing; one that fails is left out.
    void look() {
        try {
            take(url.fetch());
        } catch (LoadException missed) {
            // a gateway under load may miss one; the last look must not
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// The last look, and what all of them say.
    GatewayView view() throws InterruptedException {
        MetricsPage last = url.fetch();
        take(last);
        double seconds = (System.nanoTime() - start) / 1e9;
        double requests = last.sum(MetricCatalogue.REQUESTS) - first.sum(MetricCatalogue.REQUESTS);
        double cpu = last.sum(RuntimeCatalogue.PROCESS_CPU) - first.sum(RuntimeCatalogue.PROCESS_CPU);
        BucketTimes overhead =
                new BucketTimes(first.buckets(MetricCatalogue.OVERHEAD), last.buckets(MetricCatalogue.OVERHEAD));
        return new GatewayView(
                requests,
                requests > 0 ? cpu / requests : 0,
                cpu / seconds / Math.max(1, last.sum(RuntimeCatalogue.PROCESSORS)),
                overhead.atMost(0.5),
                overhead.atMost(0.99),
                streams / looks,
                resident,
                heap,
                last.sum(RuntimeCatalogue.GC_SECONDS) - first.sum(RuntimeCatalogue.GC_SECONDS));
    }

    private void take(MetricsPage page) {
        looks++;
        streams += page.sum(MetricCatalogue.STREAMS_IN_FLIGHT);
        resident = Math.max(resident, page.sum(RuntimeCatalogue.PROCESS_RESIDENT));
        double most = page.sum(RuntimeCatalogue.MEMORY_MAX, "area", "heap");
        if (most > 0) {
            heap = Math.max(heap, page.sum(RuntimeCatalogue.MEMORY_USED, "area", "heap") / most);
        }
    }
}
