package dev.agw.cli.upgrade;

/// A report for build servers: a failed check is a failure, an unknown one an error.
final class JUnitXml {
    private JUnitXml() {}

    static String print(Report report) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<testsuite name=\"agw check-upgrade\" tests=\"")
                .append(report.results().size())
                .append("\" failures=\"")
                .append(report.count(Status.FAIL))
                .append("\" errors=\"")
                .append(report.count(Status.UNKNOWN))
                .append("\" skipped=\"")
                .append(report.count(Status.SKIP))
                .append("\">\n");
        report.results().forEach(result -> testCase(result, xml));
        return xml.append("</testsuite>\n").toString();
    }

    private static void testCase(Report.Result result, StringBuilder xml) {
        xml.append("  <testcase classname=\"")
                .append(escaped(result.check().category().title()))
                .append("\" name=\"")
                .append(escaped(result.check().about().name()))
                .append("\">")
                .append(body(result.finding()))
                .append("</testcase>\n");
    }

    private static String body(Finding finding) {
        String message = " message=\"" + escaped(finding.observed()) + "\"";
        String details = escaped(String.join("\n", finding.evidence()));
        return switch (finding.status()) {
            case PASS -> "";
            case WARN -> "<system-out>warning: " + escaped(finding.observed()) + "\n" + details + "</system-out>";
            case FAIL -> "<failure" + message + ">" + details + "</failure>";
            case SKIP -> "<skipped" + message + "/>";
            case UNKNOWN -> "<error" + message + ">" + details + "</error>";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
