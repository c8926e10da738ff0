package dev.agw.telemetry;

import java.nio.charset.StandardCharsets;

/*
 * A page of thousands of lines is written by code that a JIT compiler has hardly seen, for a scrape comes every few
 * seconds. Copying arrays is fast even there, going through characters is not.
 */
/// The name of a metric's samples as bytes, and what begins the lines of a histogram. The arrays are not to be
/// changed.
final class SampleName {
    private final String text;
    private final byte[] plain;
    private final byte[] bucket;
    private final byte[] sum;
    private final byte[] count;

    SampleName(String text) {
        this.text = text;
        this.plain = bytes(text);
        this.bucket = bytes(text + "_bucket{");
        this.sum = bytes(text + "_sum");
        this.count = bytes(text + "_count");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String text() {
        return text;
    }

    byte[] plain() {
        return plain;
    }

    byte[] bucket() {
        return bucket;
    }

    byte[] sum() {
        return sum;
    }

    byte[] count() {
        return count;
    }
}
