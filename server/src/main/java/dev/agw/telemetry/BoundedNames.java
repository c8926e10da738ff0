package dev.agw.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Names that callers choose, made fit for a label: the first `cap` different ones count, later ones are `other`.
final class BoundedNames {
    /// What a name is called that found no room.
    static final String OTHER = "other";
    /// Longer names are nobody's model or tool.
    private static final int MAX_LENGTH = 128;

    private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();
    private final AtomicInteger room;

    BoundedNames(int cap) {
        room = new AtomicInteger(cap);
    }

    /// The name if it is known or there is room to know it.
    ///
    /// @param admit whether an unknown name may take room
    String bound(String name, boolean admit) {
        String found = known.get(name);
        if (found != null) {
            return found;
        }
        if (!admit || name.length() > MAX_LENGTH || room.get() <= 0) {
            return OTHER;
        }
        String added = known.computeIfAbsent(name, key -> takeRoom() ? key : null);
        return added == null ? OTHER : added;
    }

    private boolean takeRoom() {
        return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
