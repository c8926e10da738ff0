package dev.agw.cli.upgrade;

import picocli.CommandLine.Help.Ansi;

/// How a report is printed.
public enum ReportFormat {
    /// Every check, by category.
    table {
        @Override
        public String print(Report report, Ansi ansi) {
            return new TableText(ansi, false).print(report);
        }
    },
    /// Only what a person has to look at.
    brief {
        @Override
        public String print(Report report, Ansi ansi) {
            return new TableText(ansi, true).print(report);
        }

        @Override
        public String toString() {
            return "short";
        }
    },
    /// For programs.
    json {
        @Override
        public String print(Report report, Ansi ansi) {
            return ReportJson.print(report);
        }
    },
    /// For build servers.
    junit {
        @Override
        public String print(Report report, Ansi ansi) {
            return JUnitXml.print(report);
        }
    };

    /// The whole text.
    public abstract String print(Report report, Ansi ansi);
}
