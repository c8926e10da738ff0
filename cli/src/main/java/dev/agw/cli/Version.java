package dev.agw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/// The version of this build: from the manifest of the jar, or from a file of the build where there is no jar.
final class Version {
    private Version() {}

    /// `0.1.0`, or `0.1.0-SNAPSHOT`.
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElseGet(Version::ofBuild);
    }

    private static String ofBuild() {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version", "unknown");
    }
}
