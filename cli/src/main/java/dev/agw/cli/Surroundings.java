package dev.agw.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/// What commands see of the world around them.
///
/// @param environment variables; the keys of providers are among them, so this is never printed
/// @param properties system properties
/// @param accessLog where a gateway writes a line per request
record Surroundings(Map<String, String> environment, Map<String, String> properties, PrintStream accessLog) {
    static Surroundings ofProcess() {
        Properties system = System.getProperties();
        Map<String, String> properties = new HashMap<>();
        system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
        return new Surroundings(System.getenv(), properties, System.out);
    }

    /// Whether every error shows its stack trace.
    boolean debug() {
        return "1".equals(environment.get("AGW_DEBUG"));
    }

    @Override
    public String toString() {
        return "Surroundings";
    }
}
