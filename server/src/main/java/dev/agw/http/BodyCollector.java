package dev.agw.http;

import java.io.IOException;
import java.util.Arrays;

/// Gathers the pieces of a body into one array, growing with what came and not with what was announced.
final class BodyCollector {
    private static final int FIRST_ROOM = 4096;

    private BodyCollector() {}

    static byte[] collect(Body body, int limit, Room room) throws IOException {
        long declared = body.declaredLength();
        if (declared > limit) {
            throw new BodyTooLargeException(limit);
        }
        int first = Math.clamp(declared, 0, Math.min(limit, FIRST_ROOM * 16));
        room.take(first);
        byte[] content = new byte[first];
        int used = 0;
        while (body.next()) {
            int length = body.length();
            if (length > limit - used) {
                throw new BodyTooLargeException(limit);
            }
            if (used + length > content.length) {
                int size = (int) Math.min(limit, roomFor(used + length, declared));
                room.take(size - content.length);
                content = Arrays.copyOf(content, size);
            }
            System.arraycopy(body.array(), body.offset(), content, used, length);
            used += length;
        }
        return used == content.length ? content : Arrays.copyOf(content, used);
    }

    private static long roomFor(int needed, long declared) {
        long doubled = Math.max(FIRST_ROOM, 2L * needed);
        return declared >= needed ? Math.min(declared, doubled) : doubled;
    }
}
