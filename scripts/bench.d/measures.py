"""The measurements. Each drives the targets in turn, round by round, and never two at a time."""
import http.client
import json
import os
import statistics
import subprocess
import sys
import time

import machine
import targets

HERE = os.path.dirname(os.path.abspath(__file__))
WARM_RUNS = 12
ROUTES = 44
SCRAPES = 200


class Bar:
    """One line of the report.

    most: what the gateway's value may be, as a multiple of nginx's (ratio) or by itself.
    """

    def __init__(self, what, unit, most, ratio):
        self.what, self.unit, self.most, self.ratio = what, unit, most, ratio

    def row(self, reference, value, rounds=None):
        ratio = None if not reference or value is None else value / reference
        if rounds:
            ratio = statistics.median(rounds)
        judged = ratio if self.ratio else value
        return {"what": self.what, "unit": self.unit, "nginx": reference, "agw": value, "ratio": ratio,
                "bar": self.most, "bar_is_ratio": self.ratio,
                "reached": None if judged is None or self.most is None else judged <= self.most}


def wrk(port, connections, seconds):
    """Figures of one run of wrk; latencies in µs."""
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", HERE + "/chat.lua",
         f"http://127.0.0.1:{port}/v1/chat/completions"],
        capture_output=True, text=True, timeout=seconds + 30).stdout
    figures = json.loads(output.splitlines()[-1])
    if figures["errors"] > figures["requests"] / 1000 or figures["requests"] == 0:
        sys.exit(f"bench: {figures['errors']} of {figures['requests']} requests failed on port {port}")
    return figures


def warm(target, connections=16):
    """Many short runs: a JIT compiler undoes code at the end of the first ones, when connections close."""
    for _ in range(WARM_RUNS):
        wrk(target.whole, connections, 3)


def cpu(pair, rounds, seconds):
    """CPU per request at 16 connections."""
    for target in pair:
        warm(target)
    used = {target.name: [] for target in pair}
    rates = {target.name: [] for target in pair}
    for number in range(rounds):
        for target in pair if number % 2 == 0 else reversed(pair):
            before = target.process.cpu_seconds()
            figures = wrk(target.whole, 16, seconds)
            used[target.name].append((target.process.cpu_seconds() - before) * 1e6 / figures["requests"])
            rates[target.name].append(figures["requests"] / figures["seconds"])
    return [Bar("CPU per request, c=16", "µs", 1.25, True).row(*compare(pair, used)),
            Bar("requests per second, c=16", "1/s", None, True).row(*compare(pair, rates))]


def latency(pair, direct_port, rounds, seconds):
    """What a target adds to the latency of the upstream, one request at a time."""
    for target in pair:
        wrk(target.whole, 1, seconds)
    added = {"p50": {t.name: [] for t in pair}, "p99": {t.name: [] for t in pair}}
    for number in range(rounds):
        direct = wrk(direct_port, 1, seconds)
        for target in pair if number % 2 == 0 else reversed(pair):
            figures = wrk(target.whole, 1, seconds)
            for name, values in added.items():
                values[target.name].append(figures[name] - direct[name])
    return [Bar("added latency p50, c=1", "µs", 1.5, True).row(*medians(pair, added["p50"])),
            Bar("added latency p99, c=1", "µs", 2.0, True).row(*medians(pair, added["p99"]))]


def sse(pair, rounds, seconds, streams=100):
    """CPU per relayed event: many streams, an event per stream every 10 ms."""
    used = {target.name: [] for target in pair}
    for number in range(-4, rounds):  # the first rounds warm up
        for target in pair if number % 2 == 0 else reversed(pair):
            value = sse_round(target, seconds, streams)
            if number >= 0:
                used[target.name].append(value)
    return [Bar(f"CPU per event, {streams} streams", "µs", 1.25, True).row(*compare(pair, used))]


def sse_round(target, seconds, streams):
    load = crowd(target, "stream", "--streams", str(streams), "--seconds", str(seconds))
    opened = json.loads(load.child.stdout.readline())
    before = target.process.cpu_seconds()
    figures = json.loads(load.child.stdout.readline())
    used = target.process.cpu_seconds() - before
    load.stop()
    if opened["lost"] or figures["lost"]:
        sys.exit(f"bench: {target.name} lost streams: {opened} {figures}")
    return used * 1e6 / figures["events"]


def idle(make_pair, streams):
    """Memory per stream that is open and silent, in processes that have done little else."""
    per_stream = []
    for target in make_pair():
        target.start()
        hold(target, min(500, streams))
        time.sleep(2)
        base = target.process.rss_bytes()
        full = hold(target, streams)
        per_stream.append((full - base) / streams / 1024)
        target.stop()
    return [Bar(f"RSS per idle stream, {streams} streams", "KiB", 1.25, True).row(*per_stream)]


def hold(target, streams):
    """RSS while so many streams are open."""
    load = crowd(target, "hold", "--streams", str(streams), "--model", "sim-idle")
    opened = json.loads(load.child.stdout.readline())
    if opened["open"] < streams:
        sys.exit(f"bench: {target.name} holds {opened} of {streams} streams")
    time.sleep(2)
    rss = target.process.rss_bytes()
    load.child.stdin.close()
    load.child.wait(30)
    load.stop()
    return rss


def crowd(target, command, *options):
    return machine.Process(
        targets.java("-Xmx512m", "dev.agw.simulator.Bench", command, "--url",
                     f"http://127.0.0.1:{target.stream}/v1/chat/completions", *options),
        target.log + ".load", pipes=True)


def held(make_pair, simulator, streams, seconds):
    """How many streams are open after some seconds, and what holding them takes."""
    lost, memory, behind = [], [], []
    for target in make_pair():
        target.start()
        load = crowd(target, "hold", "--streams", str(streams), "--model", "sim-idle")
        load.child.stdout.readline()
        time.sleep(seconds)
        memory.append(target.process.rss_bytes() / 1024 / 1024)
        behind.append(simulator.rss_bytes() / 1024 / 1024)
        load.child.stdin.close()
        lost.append(streams - json.loads(load.child.stdout.readline())["open"])
        load.child.wait(30)
        load.stop()
        target.stop()
    return [Bar(f"lost of {streams} held for {seconds} s", "streams", 0, False).row(*lost),
            Bar(f"RSS with {streams} streams", "MiB", None, False).row(*memory),
            Bar("RSS of the simulator behind it", "MiB", None, False).row(*behind)]


def events(pair, rounds, seconds, streams=20):
    """How long events take from the upstream's clock to the client: few enough streams that nobody has to queue."""
    delays = {name: {target.name: [] for target in pair} for name in ("p50", "p99", "max")}
    for number in range(-1, rounds):  # the first round warms up
        for target in pair if number % 2 == 0 else reversed(pair):
            figures = delays_round(target, seconds, streams)
            for name, values in delays.items():
                if number >= 0:
                    values[target.name].append(figures[name + "_ms"])
    return [Bar(f"event delay {name}, {streams} streams", "ms", 10, False).row(*medians(pair, values))
            for name, values in delays.items()]


def delays_round(target, seconds, streams):
    load = crowd(target, "delays", "--streams", str(streams), "--warm-seconds", "3", "--seconds", str(seconds),
                 "--model", "sim-clock")
    figures = json.loads(load.child.stdout.readline())
    load.stop()
    if figures["lost"] or not figures["events"]:
        sys.exit(f"bench: {target.name} lost streams: {figures}")
    return figures


def start(make_pair, rounds):
    """From the start of the process to the first 200."""
    starts = {}
    for _ in range(rounds):
        pair = make_pair()
        for target in pair:
            starts.setdefault(target.name, []).append(start_once(target))
    seconds, cpu, memory = ({name: [once[i] for once in all_of] for name, all_of in starts.items()} for i in range(3))
    return [Bar("start to first 200", "s", 0.6, False).row(*medians(pair, seconds)),
            Bar("start to first 200, fastest", "s", None, False).row(*(min(seconds[one.name]) for one in pair)),
            Bar("CPU to first 200", "s", None, False).row(*medians(pair, cpu)),
            Bar("RSS idle", "MiB", 80, False).row(*medians(pair, memory))]


def start_without_cache(make_gateway, rounds):
    """The same of a gateway that has no AOT cache."""
    starts = []
    for _ in range(rounds):
        target = make_gateway()
        target.env = {**target.env, "AGW_OPTS": os.environ.get("AGW_OPTS", "") + " -XX:AOTMode=off"}
        starts.append(start_once(target))
    names = [("start without AOT cache", "s"), ("CPU to first 200 without", "s"), ("RSS idle without", "MiB")]
    return [Bar(*name, None, False).row(None, statistics.median(values)) for name, values in zip(names, zip(*starts))]


def start_once(target):
    """Seconds to the first 200, seconds of CPU of all that was started until then, and MiB of memory 2 s later."""
    target.start()
    cpu = target.process.cpu_seconds()
    time.sleep(2)
    memory = target.process.rss_bytes() / 1024 / 1024
    target.stop()
    return target.start_seconds, cpu, memory


def metrics(target):
    """Time of a scrape, and how many series it has."""
    if target.metrics is None:
        return []
    machine.wait_until(lambda: targets.listens(target.metrics), 10)
    times, page = [], b""
    for _ in range(20):
        connection = http.client.HTTPConnection("127.0.0.1", target.metrics, timeout=10)
        connection.connect()
        begin = time.monotonic()
        connection.request("GET", "/metrics")
        page = connection.getresponse().read()
        times.append((time.monotonic() - begin) * 1000)
        connection.close()
    return [Bar(f"/metrics, {series(page)} series", "ms", 3.0, False).row(None, statistics.median(times))]


def scrape(target, place):
    """Time of a scrape over a kept connection, after traffic on many routes has made thousands of series.

    The reference is nginx with the very same bytes in a file.
    """
    target.start()
    for number in range(ROUTES):
        if not targets.answers(target.whole, f"/r{number}/v1/chat/completions"):
            sys.exit(f"bench: route {number} gives no 200")
    machine.wait_until(lambda: targets.listens(target.metrics), 10)  # it opens after the first answers
    page, times = pages(target.metrics)
    target.stop()
    process, port = place.start_file("metrics", page)
    same, reference = pages(port)
    process.stop()
    if same != page:
        sys.exit("bench: nginx serves another page than it was given")
    return [Bar(f"/metrics, {series(page)} series, p50 of {SCRAPES}", "ms", 3.0, False)
            .row(statistics.median(reference), statistics.median(times)),
            Bar(f"/metrics, {series(page)} series, the first", "ms", None, False).row(reference[0], times[0])]


def pages(port):
    """The last of many pages, and how many ms each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    times, page = [], b""
    for _ in range(SCRAPES):
        begin = time.monotonic()
        connection.request("GET", "/metrics")
        page = connection.getresponse().read()
        times.append((time.monotonic() - begin) * 1000)
    connection.close()
    return page, times


def series(page):
    return sum(1 for line in page.splitlines() if line and not line.startswith(b"#"))


def medians(pair, values):
    return [statistics.median(values[target.name]) for target in pair]


def compare(pair, values):
    """The two medians, and the ratio of each round: noise that hits both sides of a round cancels out."""
    reference, value = (values[target.name] for target in pair)
    return [*medians(pair, values), [b / a for a, b in zip(reference, value)]]
