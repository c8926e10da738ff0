package dev.agw.cli;

import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Manifests as a gateway reads them that runs elsewhere: the variables that its secrets are taken from need not be set
/// here.
///
/// @param unset names of those that are not
record ManifestsElsewhere(Manifests manifests, List<String> unset) {
    private static final Pattern UNSET = Pattern.compile("the environment variable (\\S+) is not set");

    /// Stands for any value; it is base64, too, which some are.
    private static final String SOMETHING = "c2V0";

    ManifestsElsewhere {
        unset = List.copyOf(unset);
    }

    static ManifestsElsewhere read(Path path, Map<String, String> here) {
        Map<String, String> there = new HashMap<>(here);
        Collection<String> unset = new TreeSet<>();
        Manifests manifests = new ManifestReader(there).read(path);
        List<String> missing = unset(manifests);
        while (!missing.isEmpty() && unset.addAll(missing)) {
            missing.forEach(name -> there.put(name, SOMETHING));
            manifests = new ManifestReader(there).read(path);
            missing = unset(manifests);
        }
        return new ManifestsElsewhere(manifests, List.copyOf(unset));
    }

    private static List<String> unset(Manifests manifests) {
        return manifests.problems().stream()
                .flatMap(problem -> UNSET.matcher(problem.message()).results())
                .map((MatchResult name) -> name.group(1))
                .toList();
    }
}
