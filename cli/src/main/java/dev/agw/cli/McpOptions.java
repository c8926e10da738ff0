package dev.agw.cli;

import dev.agw.cli.load.LoadUrl;
import dev.agw.cli.load.Plan;
import picocli.CommandLine.Option;

/// The options that say what MCP sessions do.
final class McpOptions {
    @Option(names = "--mcp", description = "Has sessions with an MCP server. Default for a URL that ends with /mcp.")
    private boolean mcp;

    @Option(
            names = "--tool",
            defaultValue = "echo",
            paramLabel = "NAME",
            description = "The tool that MCP sessions call. Default: ${DEFAULT-VALUE}.")
    private String tool = "";

    @Option(
            names = "--arguments",
            defaultValue = "{\"text\":\"hello\"}",
            paramLabel = "JSON",
            description = "What it is called with. Default: ${DEFAULT-VALUE}.")
    private String arguments = "";

    @Option(
            names = "--calls",
            defaultValue = "1",
            paramLabel = "COUNT",
            description = "Calls per session. Default: ${DEFAULT-VALUE}.")
    private int calls;

    /// The plan for `url`, of MCP or of chat completions.
    ///
    /// @throws dev.agw.cli.load.LoadException they make no sense together
    Plan plan(String url, LoadOptions load) {
        return mcp || LoadUrl.looksLikeMcp(url)
                ? load.plan(url, new Plan.ToolCall(tool, arguments, calls))
                : load.plan(url);
    }
}
