package dev.agw.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// GET on the API of a cluster, with the credentials that the kubeconfig or the pod has.
final class Api implements AutoCloseable {
    private final HttpClient http;
    private final String base;
    private final String namespace;

    Api(Config config) {
        this.http = new JdkHttpClientFactory().newBuilder(config).build();
        this.base = config.getMasterUrl().replaceAll("/+$", "");
        this.namespace = Optional.ofNullable(config.getNamespace()).orElse("default");
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
        try {
            HttpResponse<String> answer = http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(base + path)
                                    .header("Accept", path.endsWith("/metrics") ? "text/plain" : "application/json")
                                    .build(),
                            String.class)
                    .get();
            String body = Optional.ofNullable(answer.body()).orElse("");
            return new Reply.Answer(
                    answer.code(),
                    body,
                    Optional.ofNullable(answer.header("date")).orElse(""));
        } catch (ExecutionException failed) {
            return new Reply.Silence(reason(failed));
        }
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
