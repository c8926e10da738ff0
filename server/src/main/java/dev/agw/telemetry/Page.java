package dev.agw.telemetry;

/// Takes a page of metrics: the first `length` bytes of `bytes`, which are not to be looked at afterwards.
@FunctionalInterface
public interface Page {
    void take(byte[] bytes, int length);
}
