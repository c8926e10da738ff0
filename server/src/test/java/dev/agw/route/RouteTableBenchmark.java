package dev.agw.route;

import dev.agw.exchange.Request;
import dev.agw.policy.Requests;
import dev.agw.resource.HttpRoute;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Prints what a table of 5,000 routes costs: CPU time to compile, heap, CPU time of a look-up. Run its `main`.
final class RouteTableBenchmark {
    private static final int LOOK_UPS = 5_000_000;

    private RouteTableBenchmark() {}

    public static void main(String[] args) {
        for (int count : new int[] {10, 5000}) {
            report(count, routes(count));
        }
    }

    private static void report(int count, List<HttpRoute> routes) {
        double millis = warmBuildMillis(routes);
        long heap = usedHeap();
        RouteTable<Rule<String>> table = build(routes);
        System.out.printf("%d routes: built in %.1f ms, %.1f MB%n", count, millis, (usedHeap() - heap) / 1e6);
        Request[] requests = requests(count);
        run(table, requests);
        long start = cpuNanos();
        long found = run(table, requests);
        System.out.printf("  %.0f ns a look-up (%d found)%n", (cpuNanos() - start) / (double) LOOK_UPS, found);
    }

    /// The median of a hundred builds behind a hundred others.
    private static double warmBuildMillis(List<HttpRoute> routes) {
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
            long start = cpuNanos();
            build(routes);
            nanos[i] = cpuNanos() - start;
        }
        Arrays.sort(nanos, 100, 200);
        return nanos[150] / 1e6;
    }

    private static long run(RouteTable<Rule<String>> table, Request[] requests) {
        long found = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            found += table.match(requests[i % requests.length]).prefixSegments();
        }
        return found;
    }

    private static RouteTable<Rule<String>> build(List<HttpRoute> routes) {
        RouteCompiler<String> compiler = new RouteCompiler<>(Routes.REFERENCES);
        List<CompiledRoute<Rule<String>>> compiled = new ArrayList<>(routes.size());
        routes.forEach(route -> compiled.add(compiler.compile(route)));
        return RouteTable.of(compiled);
    }

    private static List<HttpRoute> routes(int count) {
        List<HttpRoute> routes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String host = i % 2 == 0 ? "tenant" + i + ".example.com" : "shared.example.com";
            routes.add(
                    Routes.route("route-" + i, List.of(host), Routes.rule("chat", Routes.match("/team" + i + "/v1"))));
        }
        return routes;
    }

    private static Request[] requests(int count) {
        Request[] requests = new Request[count];
        for (int i = 0; i < count; i++) {
            String host = i % 2 == 0 ? "tenant" + i + ".example.com" : "shared.example.com";
            requests[i] = Requests.of("POST", "http://" + host + ":8080/team" + i + "/v1/chat/completions");
        }
        return requests;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
