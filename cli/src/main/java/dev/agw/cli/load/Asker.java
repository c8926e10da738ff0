package dev.agw.cli.load;

/// What one arrival does. Thread-safe.
interface Asker extends AutoCloseable {
    /// Does it once, before any load: what is wrong with the URL is better told at once than counted.
    ///
    /// @throws LoadException nobody answers, or the request itself is refused
    void tryOut();

    /// Does it for arrival `number`; what came of it goes to `tally`.
    ///
    /// @param intended when it was to start, as `System.nanoTime()` has it
    void ask(long number, long intended, Tally tally);

    @Override
    void close();

    /// The one for that plan.
    static Asker of(Plan plan) {
        return plan.tool().<Asker>map(tool -> new McpClient(plan, tool)).orElseGet(() -> new ChatClient(plan));
    }
}
