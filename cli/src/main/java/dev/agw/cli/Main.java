package dev.agw.cli;

/// Entry point of the `agw` command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Agw.commandLine(Surroundings.ofProcess()).execute(args));
    }
}
