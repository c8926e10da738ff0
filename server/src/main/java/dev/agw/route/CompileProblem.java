package dev.agw.route;

/// Something in a route that can be read but not obeyed.
///
/// @param route `namespace/name` of the HTTPRoute
/// @param path where in the manifest, for example `spec.rules[1].filters[0].requestRedirect.path`
/// @param message what is wrong and what would be right
public record CompileProblem(String route, String path, String message) {
    @Override
    public String toString() {
        return "HTTPRoute " + route + ": " + path + ": " + message;
    }
}
