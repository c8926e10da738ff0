"""What a gateway holds: connections, threads, descriptors, heap."""
import json
import os
import re
import subprocess

import machine
import targets

HEAP_SLACK = 8 << 20
"""Bytes that live on without being a leak: code that was loaded, series of metrics, caches that have a bound."""
SLACK = {"descriptors": 4, "platform threads": 2, "heap, bytes": HEAP_SLACK}
GAUGES = {"client connections": "agentgateway_active_connections", "requests": "agentgateway_requests_in_flight",
          "streams": "agentgateway_streams_in_flight", "bytes of bodies": "agentgateway_body_held_bytes",
          "bytes of heads": "agentgateway_head_held_bytes",
          "queued requests": "agentgateway_requests_queued", "tasks": "agentgateway_tokio_num_alive_tasks"}
JVM_THREADS = re.compile(r'"(?:C[12] CompilerThread|GC Thread|G1 |Attach Listener)')
"""Threads that come and go as the JVM sees fit."""


def now(place):
    """What the gateway holds at this moment, by name; cheap figures only."""
    figures = dict.fromkeys(GAUGES, 0)
    for line in place.page("metrics", "/metrics").splitlines():
        for name, metric in GAUGES.items():
            if line.startswith((metric + " ", metric + "{")):
                figures[name] += int(float(line.rsplit(" ", 1)[1]))
    pools = json.loads(place.page("admin", "/pools") or "[]")
    figures["backend connections"] = sum(pool["open"] for pool in pools)
    figures["descriptors"] = len(machine.listing(f"/proc/{place.gateway.child.pid}/fd"))
    return figures


def whole(place):
    """What it holds, the costly figures too."""
    figures = now(place)
    figures["platform threads"], figures["virtual threads"] = threads(place)
    figures["heap, bytes"] = live_bytes(place)
    return figures


def idle(place):
    figures = now(place)
    return all(figures[name] == 0 for name in ("client connections", "requests", "streams", "backend connections"))


def threads(place):
    dump = os.path.join(place.directory, "threads.json")
    jcmd(place, "Thread.dump_to_file", "-overwrite", "-format=json", dump)
    with open(dump) as file:
        containers = json.load(file)["threadDump"]["threadContainers"]
    virtual = sum(1 for container in containers for thread in container["threads"] if thread.get("virtual"))
    printed = [line for line in jcmd(place, "Thread.print").splitlines() if line.startswith('"')]
    return sum(1 for line in printed if not JVM_THREADS.match(line)), virtual


def live_bytes(place):
    """After a collection, without the gaps that a collector leaves and calls fillers: up to 8 MB, as it happens."""
    lines = [line.split() for line in jcmd(place, "GC.class_histogram").splitlines()]
    gaps = sum(int(line[2]) for line in lines if len(line) > 3 and "jdk.internal.vm.Filler" in line[3])
    return int(lines[-1][2]) - gaps


def jcmd(place, *command):
    home = subprocess.run([targets.ROOT + "/scripts/find-jdk"], capture_output=True, text=True, check=True).stdout.strip()
    return subprocess.run([home + "/bin/jcmd", str(place.gateway.child.pid), *command],
                          capture_output=True, text=True, check=True).stdout


def leaks(before, after):
    """The names of what is more than before."""
    return [name for name in before if after[name] > before[name] + SLACK.get(name, 0)]
