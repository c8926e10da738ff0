package dev.agw.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What `agw serve` was asked for.
///
/// @param config manifests, or a folder that `agw init` has written
/// @param settings file with the settings of the process
/// @param demo whether a simulated provider is served
/// @param port for a start without manifests
/// @param verbose whether an error shows its stack trace
record ServeOptions(
        Optional<Path> config, Optional<Path> settings, boolean demo, Optional<Integer> port, boolean verbose) {
    private static final Set<String> FLAGS = Set.of("--demo", "--verbose");

    /// What picocli takes for neither an option nor a file of arguments nor a quotation.
    private static final Pattern PATH = Pattern.compile("[^-@\"'\\s][^\"'\\s]*");

    private static final Map<String, Pattern> VALUES =
            Map.of("--config", PATH, "--settings", PATH, "--port", Pattern.compile("\\d{1,5}"));

    /// Reads a command line that leaves no room for doubt: `serve`, and options that are each given once. Empty
    /// for any other, right or wrong: that is picocli's, which also knows help, and what to say of errors. Loading
    /// picocli takes as long as the rest of a start.
    static Optional<ServeOptions> plain(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("serve")) {
            return Optional.empty();
        }
        Map<String, String> given = new HashMap<>();
        Iterator<String> rest = List.of(arguments).listIterator(1);
        boolean plain = true;
        while (plain && rest.hasNext()) {
            plain = take(rest.next(), rest, given);
        }
        return plain ? Optional.of(of(given)) : Optional.empty();
    }

    private static boolean take(String argument, Iterator<String> rest, Map<String, String> given) {
        if (FLAGS.contains(argument)) {
            return given.put(argument, "") == null;
        }
        int equals = argument.indexOf('=');
        if (equals < 0 && !rest.hasNext()) {
            return false;
        }
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
        Pattern plain = VALUES.get(name);
        return plain != null && plain.matcher(value).matches() && given.put(name, value) == null;
    }

    private static ServeOptions of(Map<String, String> given) {
        return new ServeOptions(
                Optional.ofNullable(given.get("--config")).map(Path::of),
                Optional.ofNullable(given.get("--settings")).map(Path::of),
                given.containsKey("--demo"),
                Optional.ofNullable(given.get("--port")).map(Integer::valueOf),
                given.containsKey("--verbose"));
    }
}
