package dev.agw.route;

import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a match asks for besides host and path; all of it must hold.
///
/// @param method empty for any
record Conditions(Optional<String> method, List<Field> fields, List<Parameter> parameters) {
    static final Conditions NONE = new Conditions(Optional.empty(), List.of(), List.of());

    /// The more specific ones first: with a method, then with more fields, then with more query parameters.
    static final Comparator<Conditions> MOST_SPECIFIC_FIRST = Conditions::compare;

    /// A condition on a header field. Lines of the same name count as one, joined by `, ` (RFC 9110 §5.3).
    record Field(HeaderName name, ValuePattern value) {
        boolean holdsFor(Request request) {
            return switch (request.headers().count(name)) {
                case 0 -> false;
                case 1 -> request.headers().first(name).filter(value::matches).isPresent();
                default -> value.matches(String.join(", ", request.headers().all(name)));
            };
        }
    }

    /// A condition on a query parameter; of several of the same name the first counts.
    record Parameter(String name, ValuePattern value) {
        boolean holdsFor(Request request) {
            return QueryParameters.first(request.query(), name)
                    .filter(value::matches)
                    .isPresent();
        }
    }

    /// By hand: comparators that are put together can be serialized, and what can be is in no AOT cache.
    private static int compare(Conditions one, Conditions other) {
        int method = Boolean.compare(one.method.isEmpty(), other.method.isEmpty());
        int fields = Integer.compare(other.fields.size(), one.fields.size());
        int parameters = Integer.compare(other.parameters.size(), one.parameters.size());
        return method != 0 ? method : fields != 0 ? fields : parameters;
    }

    boolean holdFor(Request request) {
        if (method.isPresent() && !method.get().equals(request.method())) {
            return false;
        }
        for (Field field : fields) {
            if (!field.holdsFor(request)) {
                return false;
            }
        }
        for (Parameter parameter : parameters) {
            if (!parameter.holdsFor(request)) {
                return false;
            }
        }
        return true;
    }
}
