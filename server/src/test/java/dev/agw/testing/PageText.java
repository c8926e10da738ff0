package dev.agw.testing;

import dev.agw.telemetry.Page;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A page of metrics as text.
public final class PageText {
    private PageText() {}

    /// What `scrape` hands over.
    public static String of(Consumer<Page> scrape) {
        AtomicReference<String> text = new AtomicReference<>("");
        scrape.accept((bytes, length) -> text.set(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        return text.get();
    }
}
