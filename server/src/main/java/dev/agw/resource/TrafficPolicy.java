package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `TrafficPolicy` of gateway.kgateway.dev/v1alpha1.
@Doc("What happens to the requests of a gateway, route or backend.")
public record TrafficPolicy(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("What the policy applies to, and its parts.")
    public record Spec(
            @Doc("What the policy applies to. Absent: the routes whose ExtensionRef filters name it.")
            List<TargetRef> targetRefs,

            @Doc("Time limits.") Optional<Timeouts> timeouts,
            @Doc("Retries of failed calls.") Optional<HttpRoute.Retry> retry,

            @Doc(value = "Limits on requests and tokens.", inEffect = false)
            Optional<RateLimit> rateLimit,

            @Doc(value = "Answers kept for equal requests.", inEffect = false)
            Optional<Caching> caching,

            @Doc(value = "What applies to calls of models alone.", inEffect = false)
            Optional<Ai> ai,

            @Doc(value = "How requests are spread over endpoints.", inEffect = false)
            Optional<LoadBalancer> loadBalancer,

            @Doc(value = "Cross-origin resource sharing.", inEffect = false)
            Optional<HttpRoute.Cors> cors,

            @Doc(value = "Changes of header fields.", inEffect = false)
            Optional<HeaderModifiers> headerModifiers) {}

    @Doc("Time limits; 0s is none. Those of a route's rule win over these.")
    public record Timeouts(
            @Doc("From the arrival of a request to the end of its answer.")
            Optional<Duration> request,

            @Doc("From one call of the backend to the head of its answer.")
            Optional<Duration> backendRequest,

            @Doc("From the arrival of a request to the first token of its answer.")
            Optional<Duration> firstToken,

            @Doc("Between two events of a stream.") Optional<Duration> streamIdle) {}

    @Doc("Limits on requests and tokens.")
    public record RateLimit(
            @Doc("Limits that each gateway process keeps by itself.")
            List<LocalLimit> local) {}

    @Doc("A bucket that fills at a steady pace and that every request draws from.")
    public record LocalLimit(
            @Doc("Most that the bucket holds.") @Range(min = 1)
            long maxTokens,

            @Doc("What is filled in each time.") @Range(min = 1)
            long tokensPerFill,

            @Doc("Time between two fills.") Duration fillInterval,

            @Doc(value = "What is counted.", byDefault = "requests")
            Counted type,

            @Doc("What gets a bucket of its own. Absent: one bucket for all.")
            List<Descriptor> descriptors) {}

    /// What a limit counts.
    public enum Counted {
        requests,
        tokens
    }

    @Doc("One way to tell callers apart.")
    public record Descriptor(@Doc("Parts of the key.") List<DescriptorEntry> entries) {}

    @Doc("A part of a bucket's key.")
    public record DescriptorEntry(
            @Doc("Name.") String key,

            @Doc("Where the value comes from, for example `jwt.sub`.")
            String value) {}

    @Doc("Answers kept for equal requests: one rule for all, or rules by content.")
    public record Caching(
            @Doc(value = "Whether answers are kept.", byDefault = "true")
            boolean enabled,

            @Doc(
                    value = "safe keeps what is repeatable (temperature 0, no tools); aggressive keeps all.",
                    byDefault = "safe")
            CacheMode mode,

            @Doc("How long an answer is kept.") Optional<Duration> ttl,

            @Doc(value = "Most that is kept.", unit = "bytes")
            Optional<Long> maxSize,

            @Doc("What makes two requests equal.") Optional<KeyGenerator> keyGenerator,

            @Doc("Rules by content; the first that fits holds.")
            List<CacheRule> rules) {}

    /// Which answers may be kept.
    public enum CacheMode {
        safe,
        aggressive
    }

    @Doc("What makes two requests equal.")
    public record KeyGenerator(
            @Doc("Header fields.") List<String> headers,
            @Doc("Parts of the body.") Optional<BodyKey> body) {}

    @Doc("Parts of a body.")
    public record BodyKey(@Doc("JSON paths of the parts.") List<String> jsonPaths) {}

    @Doc("What holds for requests with certain content.")
    public record CacheRule(
            @Doc("Which requests. Absent: all.") Optional<ContentMatch> match,

            @Doc(value = "Whether answers are kept.", byDefault = "true")
            boolean enabled,

            @Doc("How long an answer is kept.") Optional<Duration> ttl) {}

    @Doc("A condition on the body of a request.")
    public record ContentMatch(
            @Doc("JSON path of a value.") String jsonPath,
            @Doc("Values that fit.") List<String> values) {}

    @Doc("What applies to calls of models alone.")
    public record Ai(
            @Doc("Answers kept for requests of the same meaning.")
            Optional<SemanticCache> semanticCache) {}

    @Doc("Answers kept for requests of the same meaning, by an external service.")
    public record SemanticCache(
            @Doc(value = "Whether answers are kept.", byDefault = "true")
            boolean enabled,

            @Doc(value = "How alike two requests must be, from 0 to 1.", byDefault = "0.95")
            double similarityThreshold,

            @Doc("The service.") HttpRoute.BackendRef backend,
            @Doc("How long an answer is kept.") Optional<Duration> ttl) {
        public SemanticCache {
            if (similarityThreshold < 0 || similarityThreshold > 1) {
                throw new InvalidValueException(
                        "expected a similarityThreshold from 0 to 1, found " + similarityThreshold);
            }
        }
    }

    @Doc("How requests are spread over endpoints.")
    public record LoadBalancer(
            @Doc(value = "How an endpoint is chosen.", byDefault = "LEAST_REQUEST")
            Balancing type,

            @Doc("Probes that keep dead endpoints out.") Optional<HealthCheck> healthCheck) {}

    /// How an endpoint is chosen.
    public enum Balancing {
        LEAST_REQUEST,
        ROUND_ROBIN,
        RANDOM
    }

    @Doc("Changes of header fields.")
    public record HeaderModifiers(
            @Doc("Of the request.") Optional<HttpRoute.HeaderModifier> request,
            @Doc("Of the response.") Optional<HttpRoute.HeaderModifier> response) {}
}
