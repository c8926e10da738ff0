package dev.agw.route;

import java.util.List;

/// A place in a manifest, and the list that takes the problems found there.
record Place(String route, String path, List<CompileProblem> problems) {

    Place at(String field) {
        return new Place(route, path + "." + field, problems);
    }

    Place item(int index) {
        return new Place(route, path + "[" + index + "]", problems);
    }

    void problem(String message) {
        problems.add(new CompileProblem(route, path, message));
    }
}
