package dev.agw.telemetry;

/// The words that a guardrail check is counted by.
public final class Guardrail {
    private Guardrail() {}

    /// What was checked.
    public enum Phase {
        REQUEST("Request"),
        RESPONSE("Response");

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        /// The word as it stands in metrics.
        public String label() {
            return label;
        }
    }

    /// What came of it.
    public enum Action {
        /// It passed.
        ALLOW("Allow"),
        /// It passed with something blacked out.
        MASK("Mask"),
        /// It was blocked.
        REJECT("Reject");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        /// The word as it stands in metrics.
        public String label() {
            return label;
        }
    }
}
