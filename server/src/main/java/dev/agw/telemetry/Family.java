package dev.agw.telemetry;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Metrics that share their labels, with one child per combination of label values.
///
/// A child holds the cells of all its metrics, so that one look-up serves them all. There are at most `cap`
/// children; what comes later is counted in one more, whose label values are all `overflow`. Safe from any thread.
///
/// @param <S> the cells of a child
final class Family<K extends SeriesKey, S> {
    /// What every label of the child is called that takes what no longer fits.
    static final String OVERFLOW = "overflow";

    private record Child<S>(List<byte[]> labels, S cells) {}

    private final List<Column<S>> columns;
    /// Of each column.
    private final List<List<SampleName>> names;

    private final Supplier<S> cells;
    private final Runnable onOverflow;
    private final AtomicInteger room;
    private final int width;
    /// By key, and by [#OVERFLOW] for the child that takes what no longer fits.
    private final ConcurrentHashMap<Object, Child<S>> children = new ConcurrentHashMap<>();

    /// @param cells makes the cells of a new child
    /// @param cap how many children there may be
    /// @param onOverflow called for each look-up that found no room
    Family(List<Column<S>> columns, Supplier<S> cells, int cap, Runnable onOverflow) {
        this.columns = List.copyOf(columns);
        this.names = columns.stream()
                .map(column ->
                        column.metric().names().stream().map(SampleName::new).toList())
                .toList();
        this.cells = cells;
        this.onOverflow = onOverflow;
        this.room = new AtomicInteger(cap);
        this.width = columns.getFirst().width();
        if (columns.stream().anyMatch(column -> column.width() != width)) {
            throw new IllegalArgumentException("columns of one family differ in their labels: " + columns);
        }
    }

    /// The cells of the child with this key, made if there was none.
    S of(K key) {
        Child<S> child = children.get(key);
        return child != null ? child.cells() : create(key);
    }

    private S create(K key) {
        @Nullable
        Child<S> child = room.get() > 0 ? children.computeIfAbsent(key, this::createIfRoom) : children.get(key);
        if (child != null) {
            return child.cells();
        }
        onOverflow.run();
        return children.computeIfAbsent(OVERFLOW, name -> child(Collections.nCopies(width, OVERFLOW), cells.get()))
                .cells();
    }

    private @Nullable Child<S> createIfRoom(Object key) {
        return takeRoom() ? child(((SeriesKey) key).values(), cells.get()) : null;
    }

    private boolean takeRoom() {
        return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /// Puts cells made elsewhere in the place of those under this key; without room they are not shown.
    void put(K key, S made) {
        children.compute(key, (name, old) -> old != null || takeRoom() ? child(key.values(), made) : null);
    }

    /// Removes the child with this key.
    void remove(K key) {
        if (children.remove(key) != null) {
            room.incrementAndGet();
        }
    }

    /// Removes the child with this key if it still has these cells.
    void remove(K key, S made) {
        Child<S> child = children.get(key);
        if (child != null && child.cells().equals(made) && children.remove(key, child)) {
            room.incrementAndGet();
        }
    }

    private Child<S> child(List<String> values, S made) {
        if (values.size() != width) {
            throw new IllegalArgumentException("expected " + width + " label values, found " + values.size());
        }
        return new Child<>(columns.stream().map(column -> column.labels(values)).toList(), made);
    }

    /// Writes every metric with its samples; nothing while there is no child.
    void write(ByteText page, Format format) {
        if (children.isEmpty()) {
            return;
        }
        for (int first = 0; first < columns.size(); ) {
            Metric metric = columns.get(first).metric();
            int end = first + 1;
            while (end < columns.size() && columns.get(end).metric().equals(metric)) {
                end++;
            }
            for (SampleName name : names.get(first)) {
                metric.header(page, format, name.text());
                writeSamples(page, name, first, end);
            }
            first = end;
        }
    }

    private void writeSamples(ByteText page, SampleName name, int first, int end) {
        for (Child<S> child : children.values()) {
            for (int i = first; i < end; i++) {
                columns.get(i)
                        .cell()
                        .apply(child.cells())
                        .write(page, name, child.labels().get(i));
            }
        }
    }
}
