package dev.agw.cli.lint;

/// Something that is wrong, and where.
///
/// @param found what was found there, in one sentence
public record Finding(Lint lint, Severity severity, Place place, String found) {
    /// `rules.yaml:14: alert A: error AGWR201: ...`
    @Override
    public String toString() {
        return place + ": " + severity + " " + lint.id() + ": " + found;
    }
}
