package dev.agw.cli.load;

import dev.agw.cli.load.Plan.ToolCall;
import java.io.IOException;

/// Has sessions with an MCP server: each arrival opens one, lists the tools, calls one, and ends the session.
/// Thread-safe.
final class McpClient implements Asker {
    private final Plan plan;
    private final ToolCall tool;
    private final Caller caller;

    McpClient(Plan plan, ToolCall tool) {
        this.plan = plan;
        this.tool = tool;
        this.caller = new Caller(plan);
    }

    @Override
    public void ask(long number, long intended, Tally tally) {
        caller.counted(tally, () -> {
            McpSession session = new McpSession(plan, caller, tally);
            try {
                session.initialize(intended);
                session.request("tools/list", "{}");
                for (int i = 0; i < tool.calls(); i++) {
                    session.request("tools/call", tool.params());
                }
                tally.answered(System.nanoTime() - intended, 0);
            } finally {
                session.end();
            }
        });
    }

    @Override
    public void tryOut() {
        caller.tried(this::once);
    }

    private void once() throws IOException {
        McpSession session = new McpSession(plan, caller, new Tally(new Throughput()));
        try {
            session.initialize(System.nanoTime());
            session.request("tools/call", tool.params());
        } finally {
            session.end();
        }
    }

    @Override
    public void close() {
        caller.close();
    }
}
