package dev.agw.cli;

/// Lines to copy into a shell.
final class Curl {
    private Curl() {}

    /// A chat completion.
    ///
    /// @param baseUrl as OpenAI's clients want it, `http://localhost:8080/v1`
    static String chat(String baseUrl, String model) {
        return post("curl -s ", baseUrl, model, "");
    }

    /// A chat completion as a stream.
    static String stream(String baseUrl, String model) {
        return post("curl -sN ", baseUrl, model, "\"stream\":true,");
    }

    /// The lines of metrics that an extended regular expression picks.
    static String metrics(String url, String regex) {
        return "curl -s " + url + "/metrics | grep -E '" + regex + "'";
    }

    private static String post(String curl, String baseUrl, String model, String extra) {
        return curl + baseUrl + "/chat/completions -H 'content-type: application/json' -d '{\"model\":\"" + model
                + "\"," + extra + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}'";
    }
}
