package dev.agw.http;

/// Bounds of a message head.
///
/// @param bytes most bytes of the whole head; beyond: 431
/// @param fields most field lines; beyond: 431
/// @param target most bytes of the request target; beyond: 414
public record HeadLimits(int bytes, int fields, int target) {
    /// 16 KiB, 100 fields, 8 KiB.
    public static final HeadLimits REQUEST = new HeadLimits(16 * 1024, 100, 8 * 1024);
    /// 64 KiB, 200 fields: providers send long lists of limits.
    public static final HeadLimits RESPONSE = new HeadLimits(64 * 1024, 200, 0);
}
