package dev.agw.cli;

import picocli.CommandLine.IVersionProvider;

/// What `agw --version` prints.
final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"agw " + Version.number()};
    }
}
