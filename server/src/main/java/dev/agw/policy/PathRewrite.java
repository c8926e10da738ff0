package dev.agw.policy;

import dev.agw.resource.HttpRoute.PathModifier;

/// A change of the path, shared by redirects and rewrites. Works on raw paths: what it keeps stays encoded as it
/// came.
sealed interface PathRewrite {
    PathRewrite NONE = new None();

    /// The path that takes the place of `path`; `*`, the target of an OPTIONS to the server as such, is left alone.
    ///
    /// @param prefixSegments how many leading segments of the path the route matched
    String apply(String path, int prefixSegments);

    /// The change that `modifier` describes.
    ///
    /// @throws java.util.NoSuchElementException the modifier lacks the field that its type needs
    static PathRewrite of(PathModifier modifier) {
        return switch (modifier.type()) {
            case ReplaceFullPath -> new Full(modifier.replaceFullPath().orElseThrow());
            case ReplacePrefixMatch -> Prefix.of(modifier.replacePrefixMatch().orElseThrow());
        };
    }

    record None() implements PathRewrite {
        @Override
        public String apply(String path, int prefixSegments) {
            return path;
        }
    }

    record Full(String replacement) implements PathRewrite {
        @Override
        public String apply(String path, int prefixSegments) {
            return path.startsWith("/") ? replacement : path;
        }
    }

    /// Another prefix.
    ///
    /// @param replacement what stands for the matched segments, without a slash at its end
    record Prefix(String replacement) implements PathRewrite {
        static Prefix of(String configured) {
            boolean slash = configured.endsWith("/");
            return new Prefix(slash ? configured.substring(0, configured.length() - 1) : configured);
        }

        @Override
        public String apply(String path, int prefixSegments) {
            if (!path.startsWith("/")) {
                return path;
            }
            String changed = replacement + path.substring(end(path, prefixSegments));
            return changed.isEmpty() ? "/" : changed;
        }

        // Segments are counted, not characters: a raw path may spell the matched prefix in percent-encoding.
        private static int end(String path, int segments) {
            int end = 0;
            for (int i = 0; i < segments && end >= 0; i++) {
                end = path.indexOf('/', end + 1);
            }
            return end < 0 ? path.length() : end;
        }
    }
}
