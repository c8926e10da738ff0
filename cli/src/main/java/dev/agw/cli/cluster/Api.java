package dev.agw.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// GET on the API of a cluster, with the credentials that the kubeconfig or the pod has.
final class Api implements AutoCloseable {
    private final HttpClient http;
    private final String base;
    private final String namespace;
    private final Duration deadline;

    /// @param config its request timeout is held for a whole answer, with its body and all that is asked again
    Api(Config config) {
        this.http = new JdkHttpClientFactory().newBuilder(config).build();
        this.base = config.getMasterUrl().replaceAll("/+$", "");
        this.namespace = Optional.ofNullable(config.getNamespace()).orElse("default");
        this.deadline = Duration.ofMillis(config.getRequestTimeout());
    }

    /// What came back.
    sealed interface Reply {
        /// An answer, whatever it says.
        ///
        /// @param date the `Date` of the answer; may be empty
        record Answer(int status, String body, String date) implements Reply {}

        /// Nothing.
        record Silence(String why) implements Reply {}
    }

    String base() {
        return base;
    }

    /// The namespace of the context.
    String namespace() {
        return namespace;
    }

    /// @param path with its query, from `/` on
    Reply get(String path) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                http.newHttpRequestBuilder()
                        .uri(base + path)
                        .header("Accept", path.endsWith("/metrics") ? "text/plain" : "application/json")
                        .build(),
                String.class);
        try {
            return answer(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return new Reply.Silence(reason(failed));
        } catch (TimeoutException late) {
            return new Reply.Silence(base + " gave no whole answer within " + deadline.toMillis() / 1000.0 + " s");
        } finally {
            answer.cancel(true);
        }
    }

    private static Reply answer(HttpResponse<String> answer) {
        return new Reply.Answer(
                answer.code(),
                Optional.ofNullable(answer.body()).orElse(""),
                Optional.ofNullable(answer.header("date")).orElse(""));
    }

    /// What a person can act on: the outer layers speak of futures and channels.
    private String reason(Throwable failure) {
        String said = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return base + " takes no connection";
            }
            said = Optional.ofNullable(cause.getMessage()).orElse(said);
        }
        return base + ": " + said;
    }

    @Override
    public void close() {
        http.close();
    }
}
