package dev.agw.cli.render;

import java.util.Optional;

/// What to do about an alert: `docs/runbooks/`, one page for each.
public final class Runbooks {
    private Runbooks() {}

    /// The page for that alert, as Markdown.
    public static Optional<String> find(String alert) {
        return alert.matches("\\w+") ? Shipped.find("runbooks/" + alert + ".md") : Optional.empty();
    }
}
