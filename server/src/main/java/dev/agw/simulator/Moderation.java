package dev.agw.simulator;

import java.util.List;
import java.util.Locale;

/// Moderation of one input. A text is flagged for the category whose name it holds, and for violence if it holds
/// `kill`; what real classifiers see is not simulated. https://platform.openai.com/docs/api-reference/moderations
final class Moderation {
    private static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/intent",
            "self-harm/instructions",
            "sexual",
            "sexual/minors",
            "violence",
            "violence/graphic");

    private Moderation() {}

    static String answer(Ask ask, String id) {
        String text = ask.lastText().toLowerCase(Locale.ROOT).replace("kill", "violence");
        StringBuilder verdicts = new StringBuilder();
        StringBuilder scores = new StringBuilder();
        boolean flagged = false;
        for (String category : CATEGORIES) {
            boolean hit = text.contains(category);
            flagged |= hit;
            String comma = verdicts.isEmpty() ? "" : ",";
            verdicts.append(comma).append('"').append(category).append("\":").append(hit);
            scores.append(comma).append('"').append(category).append("\":").append(hit ? "0.98" : "0.0001");
        }
        String model = ask.model().isEmpty() ? "omni-moderation-latest" : ask.model();
        return "{\"id\":\"" + id + "\",\"model\":" + JsonText.quote(model) + ",\"results\":[{\"flagged\":" + flagged
                + ",\"categories\":{" + verdicts + "},\"category_scores\":{" + scores + "}}]}";
    }
}
