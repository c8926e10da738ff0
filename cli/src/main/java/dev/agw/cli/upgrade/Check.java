package dev.agw.cli.upgrade;

/// One check.
///
/// @param about what people read of it
/// @param logic what it does
record Check(Category category, About about, Logic logic) {
    /// @param name `AGW1106 one-version`: its id, which never changes, and a word for it
    /// @param severity the worst that it can say
    /// @param docs what it looks at, and why
    /// @param remedy what to do where it does not pass
    record About(String name, Status severity, String docs, String remedy) {
        String id() {
            return name.substring(0, name.indexOf(' '));
        }

        String title() {
            return name.substring(name.indexOf(' ') + 1);
        }
    }

    /// Whether `word` is its id or its title.
    boolean named(String word) {
        return word.equalsIgnoreCase(about.id()) || word.equalsIgnoreCase(about.title());
    }

    /// What `--explain` prints.
    String page() {
        return about.name() + "\n\n" + about.docs() + "\n\nphase: " + category.phase() + "\nat worst: "
                + about.severity().word() + "\nremedy: " + about.remedy() + "\n";
    }
}
