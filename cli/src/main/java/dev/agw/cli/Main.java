package dev.agw.cli;

import java.io.PrintWriter;

/// Entry point of the `agw` command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Surroundings surroundings = Surroundings.ofProcess();
        System.exit(ServeOptions.plain(args)
                .map(options -> serve(surroundings, options).number())
                .orElseGet(() -> Agw.commandLine(surroundings).execute(args)));
    }

    /// As picocli would have it done.
    private static ExitCode serve(Surroundings surroundings, ServeOptions options) {
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        try {
            return new Serve(surroundings, options, err).run();
        } catch (Exception failure) {
            return new FailureReport(err, surroundings.debug() || options.verbose()).tell(failure);
        }
    }
}
