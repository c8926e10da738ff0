package dev.agw.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `agw version`.
@Command(name = "version", header = "Prints the version, and what it runs on.")
final class VersionCommand implements Runnable {
    @Mixin
    private final Console console = new Console();

    @Override
    public void run() {
        console.out().println("agw " + Version.number());
        console.out()
                .println("java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"));
    }
}
