package dev.agw.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks at the metrics of all pods.
final class Pods {
    /// What a check does with the metrics of the pods that could be read.
    interface Look {
        Finding of(List<PodMetrics> pods, Snapshot snapshot, Aim aim);
    }

    private Pods() {}

    /// What one pod shows may be a failure, but only all pods together are a pass.
    static Logic all(Look look) {
        return (snapshot, aim) -> {
            if (snapshot.pods().isEmpty()) {
                return Finding.skip(Snapshot.NO_METRICS);
            }
            List<PodMetrics> read = read(snapshot);
            List<String> unread = unread(snapshot);
            Finding found = read.isEmpty() ? Finding.unknown("no pod could be read") : look.of(read, snapshot, aim);
            return unread.isEmpty() || found.status() == Status.FAIL ? found : unknown(found, unread);
        };
    }

    static List<PodMetrics> read(Snapshot snapshot) {
        List<PodMetrics> read = new ArrayList<>();
        for (Part<PodMetrics> part : snapshot.pods().values()) {
            if (part instanceof Part.Read<PodMetrics>(PodMetrics pod)) {
                read.add(pod);
            }
        }
        return read;
    }

    private static List<String> unread(Snapshot snapshot) {
        List<String> unread = new ArrayList<>();
        for (Map.Entry<String, Part<PodMetrics>> entry : snapshot.pods().entrySet()) {
            if (entry.getValue() instanceof Part.Unreadable<PodMetrics>(String why, String remedy)) {
                unread.add(entry.getKey() + ": " + why + (remedy.isEmpty() ? "" : "; " + remedy));
            }
        }
        return unread;
    }

    private static Finding unknown(Finding found, List<String> unread) {
        String others = found.status() == Status.UNKNOWN ? "" : "; of the others: " + found.observed();
        return new Finding(
                Status.UNKNOWN, unread.size() + " of the pods could not be read" + others, found.expected(), unread);
    }
}
