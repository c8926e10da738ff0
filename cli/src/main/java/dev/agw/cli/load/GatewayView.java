package dev.agw.cli.load;

/// What the gateway's own metrics say of the time that was measured.
///
/// @param requests that it answered; other clients' are among them
/// @param cpuPerRequest seconds
/// @param cpuShare use of the processors that it may use, from 0 to 1
/// @param overheadP50 most seconds that it took itself for half of the requests: the bound of a bucket
/// @param overheadP99 the same for 99 of 100
/// @param meanStreams event streams in flight, by looks once a second
/// @param residentBytes most resident memory at such a look
/// @param heapShare most use of the heap at such a look, from 0 to 1; garbage counts
/// @param gcSeconds time spent in collections
public record GatewayView(
        double requests,
        double cpuPerRequest,
        double cpuShare,
        double overheadP50,
        double overheadP99,
        double meanStreams,
        double residentBytes,
        double heapShare,
        double gcSeconds) {}
