package dev.agw.http2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fields of earlier blocks, the newest at 1 (RFC 7541 §2.3.2): a ring that forgets the oldest when it is full.
final class DynamicTable {
    private @Nullable HeaderField[] ring = new HeaderField[16];
    private int newest = -1;
    private int count;
    private int size;
    private int capacity;

    /// @param capacity most bytes, as [HeaderField#size] counts
    DynamicTable(int capacity) {
        this.capacity = capacity;
    }

    int count() {
        return count;
    }

    int size() {
        return size;
    }

    int capacity() {
        return capacity;
    }

    /// The field at an index from 1 to [#count].
    HeaderField get(int index) {
        HeaderField field = ring[Math.floorMod(newest - index + 1, ring.length)];
        if (field == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return field;
    }

    /// Adds a field; one that is larger than the table empties it (RFC 7541 §4.4).
    void add(HeaderField field) {
        shrinkTo(capacity - field.size());
        if (field.size() > capacity) {
            return;
        }
        if (count == ring.length) {
            grow();
        }
        newest = (newest + 1) % ring.length;
        ring[newest] = field;
        count++;
        size += field.size();
    }

    void resize(int newCapacity) {
        capacity = newCapacity;
        shrinkTo(newCapacity);
    }

    private void shrinkTo(int most) {
        while (count > 0 && size > most) {
            int oldest = Math.floorMod(newest - count + 1, ring.length);
            size -= get(count).size();
            ring[oldest] = null;
            count--;
        }
    }

    private void grow() {
        @Nullable HeaderField[] larger = Arrays.copyOf(ring, ring.length * 2);
        for (int i = 0; i < count; i++) {
            larger[i] = get(count - i);
        }
        Arrays.fill(larger, count, larger.length, null);
        ring = larger;
        newest = count - 1;
    }
}
