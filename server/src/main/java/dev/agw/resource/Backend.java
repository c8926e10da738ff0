package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Key;
import dev.agw.schema.Range;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `Backend` of gateway.kgateway.dev/v1alpha1.
///
/// A backend with one provider may leave the groups out: `ai: {llm: {openai: {model: gpt-4o}}}`.
@Doc("What requests are sent to: models, tools or plain hosts.")
public record Backend(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("One of ai, static and mcp.")
    public record Spec(
            @Doc("AI, Static or MCP. Absent: said by the field that is there.")
            Optional<Type> type,

            @Doc("Models.") Optional<Ai> ai,
            @Doc("Plain hosts.") @Key("static") Optional<StaticHosts> staticHosts,

            @Doc(value = "Tool servers that speak the Model Context Protocol.", inEffect = false)
            Optional<Mcp> mcp) {
        public Spec {
            long given =
                    Stream.of(ai, staticHosts, mcp).filter(Optional::isPresent).count();
            if (given != 1) {
                throw new InvalidValueException("expected exactly one of ai, static and mcp, found " + given);
            }
            Type own = ai.isPresent() ? Type.AI : staticHosts.isPresent() ? Type.Static : Type.MCP;
            if (type.isPresent() && type.get() != own) {
                throw new InvalidValueException("type is " + type.get() + ", but the field given is for " + own);
            }
            type = Optional.of(own);
        }
    }

    /// What a backend consists of.
    public enum Type {
        AI,
        Static,
        MCP
    }

    @Doc("Models, in groups: a group is used as long as one of its providers is able to answer.")
    public record Ai(
            @Doc("Groups in the order of preference.") List<PriorityGroup> priorityGroups,

            @Doc("In place of groups: the only provider. Also read as `provider`.") @Key({"llm", "provider"})
            Optional<Provider> llm) {
        public Ai {
            if (priorityGroups.isEmpty() == llm.isEmpty()) {
                throw new InvalidValueException("expected either priorityGroups or llm");
            }
            List<String> labels = groups(priorityGroups, llm).stream()
                    .flatMap(List::stream)
                    .map(Provider::label)
                    .toList();
            if (labels.stream().distinct().count() < labels.size()) {
                throw new InvalidValueException("two providers of the same name", "give each its own name");
            }
        }

        /// The providers by group, however they were written.
        public List<List<Provider>> groups() {
            return groups(priorityGroups, llm);
        }

        private static List<List<Provider>> groups(List<PriorityGroup> groups, Optional<Provider> only) {
            return only.map(provider -> List.of(List.of(provider)))
                    .orElseGet(
                            () -> groups.stream().map(PriorityGroup::providers).toList());
        }
    }

    @Doc("Providers that share the requests.")
    public record PriorityGroup(@Doc("Providers.") List<Provider> providers) {
        public PriorityGroup {
            if (providers.isEmpty()) {
                throw new InvalidValueException("a group without providers");
            }
        }
    }

    @Doc("A provider of models: its name, and exactly one dialect.")
    public record Provider(
            @Doc("Name, unique in the Backend, as metrics show it. Absent: that of the dialect.")
            Optional<String> name,

            @Doc("OpenAI, and whatever speaks its dialect: vLLM, Ollama, llama.cpp, ...")
            Optional<OpenAi> openai,

            @Doc(value = "Anthropic.", inEffect = false) Optional<HostedModel> anthropic,

            @Doc(value = "Google AI Studio.", inEffect = false)
            Optional<HostedModel> gemini,

            @Doc(value = "Google Vertex AI.", inEffect = false)
            Optional<VertexAi> vertexai,

            @Doc(value = "Amazon Bedrock.", inEffect = false)
            Optional<Bedrock> bedrock,

            @Doc(value = "Azure OpenAI.", inEffect = false) @Key({"azureopenai", "azureOpenai", "azureOpenAI"})
            Optional<AzureOpenAi> azureopenai) {
        public Provider {
            long given = dialects(openai, anthropic, gemini, vertexai, bedrock, azureopenai)
                    .filter(Optional::isPresent)
                    .count();
            if (given != 1) {
                throw new InvalidValueException(
                        "expected exactly one of openai, anthropic, gemini, vertexai, bedrock and azureopenai, found "
                                + given);
            }
        }

        /// The name that metrics and logs show.
        public String label() {
            return name.orElseGet(this::dialect);
        }

        /// How the provider is spoken to: `openai`, `anthropic`, ...
        public String dialect() {
            List<String> names = List.of("openai", "anthropic", "gemini", "vertexai", "bedrock", "azureopenai");
            List<Boolean> given = dialects(openai, anthropic, gemini, vertexai, bedrock, azureopenai)
                    .map(Optional::isPresent)
                    .toList();
            return names.get(given.indexOf(true));
        }

        /// The credential, whatever the dialect.
        public Optional<AuthToken> authToken() {
            return openai.flatMap(OpenAi::authToken)
                    .or(() -> anthropic.flatMap(HostedModel::authToken))
                    .or(() -> gemini.flatMap(HostedModel::authToken))
                    .or(() -> vertexai.flatMap(VertexAi::authToken))
                    .or(() -> bedrock.flatMap(Bedrock::authToken))
                    .or(() -> azureopenai.flatMap(AzureOpenAi::authToken));
        }

        private static Stream<Optional<?>> dialects(Optional<?>... all) {
            return Stream.of(all);
        }
    }

    @Doc("A server that speaks OpenAI's dialect.")
    public record OpenAi(
            @Doc(value = "Host to call.", byDefault = "api.openai.com")
            Optional<String> host,

            @Doc("Port to call. Absent: 443, or 80 if tls is off.") @Range(min = 1, max = 65_535)
            Optional<Integer> port,

            @Doc(value = "What stands before /chat/completions and the other paths.", byDefault = "/v1")
            String path,

            @Doc("Model to ask for. Absent: the one the client names.")
            Optional<String> model,

            @Doc("Credential. Absent: none is sent.") Optional<AuthToken> authToken,

            @Doc("Encryption. Absent: off where a port other than 443 is given, else on.")
            Optional<BackendTls> tls) {
        private static final int HTTPS = 443;
        private static final int HTTP = 80;

        public OpenAi {
            if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
                throw new InvalidValueException(
                        "expected a path that begins with / and does not end with one, found \"" + path + "\"");
            }
            if (host.isPresent() && host.get().contains("/")) {
                throw new InvalidValueException(
                        "expected a host, found \"" + host.get() + "\"", "scheme and path have fields of their own");
            }
        }

        /// The host to call.
        public String hostToCall() {
            return host.orElse("api.openai.com");
        }

        /// The encryption that holds. A key must not travel in the clear because a port was left out, so off is only
        /// what says so: `tls: false`, or a port that is not 443.
        public BackendTls encryption() {
            return tls.orElse(port.orElse(HTTPS) == HTTPS ? BackendTls.ON : BackendTls.OFF);
        }

        /// The port to call.
        public int portToCall() {
            return port.orElse(encryption().enabled() ? HTTPS : HTTP);
        }
    }

    @Doc("A model behind its maker's API.")
    public record HostedModel(
            @Doc("Host to call. Absent: the provider's.") Optional<String> host,

            @Doc(value = "Port to call.", byDefault = "443") @Range(min = 1, max = 65_535)
            Optional<Integer> port,

            @Doc("Model to ask for. Absent: the one the client names.")
            Optional<String> model,

            @Doc("Version of the API.") Optional<String> apiVersion,
            @Doc("Credential.") Optional<AuthToken> authToken,
            @Doc("Encryption. Absent: on.") Optional<BackendTls> tls) {}

    @Doc("Models on Google Vertex AI.")
    public record VertexAi(
            @Doc("Project.") String projectId,
            @Doc("Region, for example us-central1.") String location,
            @Doc("Model to ask for.") Optional<String> model,
            @Doc("Publisher of the model.") Optional<String> publisher,
            @Doc("Version of the API.") Optional<String> apiVersion,
            @Doc("Credential.") Optional<AuthToken> authToken) {}

    @Doc("Models on Amazon Bedrock.")
    public record Bedrock(
            @Doc("Region.") String region,
            @Doc("Model to ask for.") Optional<String> model,
            @Doc("Guardrail to apply.") Optional<BedrockGuardrail> guardrail,
            @Doc("Credential.") Optional<AuthToken> authToken) {}

    @Doc("A guardrail of Amazon Bedrock.")
    public record BedrockGuardrail(
            @Doc("Id.") String identifier, @Doc("Version.") String version) {}

    @Doc("Models on Azure OpenAI.")
    public record AzureOpenAi(
            @Doc("Host of the resource, for example my.openai.azure.com.")
            String endpoint,

            @Doc("Deployment. Absent: the model the client names.")
            Optional<String> deploymentName,

            @Doc("Version of the API.") Optional<String> apiVersion,
            @Doc("Credential.") Optional<AuthToken> authToken) {}

    @Doc("Plain hosts that share the requests.")
    public record StaticHosts(
            @Doc("Hosts.") List<Host> hosts,

            @Doc("Encryption. Absent: on where all ports are 443, else off.")
            Optional<BackendTls> tls) {
        public StaticHosts {
            if (hosts.isEmpty()) {
                throw new InvalidValueException("no hosts", "add hosts: [{host: ..., port: ...}]");
            }
        }

        /// The encryption that holds.
        public BackendTls encryption() {
            return tls.orElse(hosts.stream().allMatch(host -> host.port() == 443) ? BackendTls.ON : BackendTls.OFF);
        }
    }

    @Doc("A host and port.")
    public record Host(
            @Doc("Name or address.") String host,
            @Doc("Port.") @Range(min = 1, max = 65_535) int port) {}

    @Doc("Tool servers that appear as one.")
    public record Mcp(@Doc("Servers.") List<McpTarget> targets) {}

    @Doc("A tool server.")
    public record McpTarget(
            @Doc("Name; stands before the names of its tools.")
            String name,

            @Doc("Where it is.") @Key("static") Optional<McpServer> server,

            @Doc("Services that are found by their labels.") Optional<LabelSelector> selector) {}

    @Doc("Where a tool server is and how it is spoken to.")
    public record McpServer(
            @Doc("Host.") String host,
            @Doc("Port.") @Range(min = 1, max = 65_535) int port,
            @Doc(value = "Path.", byDefault = "/mcp") String path,

            @Doc(value = "Transport.", byDefault = "StreamableHTTP")
            McpProtocol protocol) {}

    /// How a tool server is spoken to.
    public enum McpProtocol {
        StreamableHTTP,
        SSE
    }
}
