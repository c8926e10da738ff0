"""How long the change of one route takes to count, from the write of its file to the first answer by it."""
import http.client
import statistics
import sys
import time

import machine
from measures import Bar

CHANGES = 20
PAUSE = 0.25  # between changes, so that each is one of its own
LAYOUTS = [(10, 1), (5000, 1), (5000, 50), (5000, 5000)]  # routes, files
LONGEST = 10

BACKEND = """
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: plain, namespace: bench}}
spec:
  type: Static
  static:
    hosts:
      - {{host: 127.0.0.1, port: {upstream}}}
"""
ROUTE = """---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: route-{number}
  namespace: bench
spec:
  parentRefs:
    - {{name: bench, sectionName: whole}}
  rules:
    - matches:
        - path: {{type: PathPrefix, value: /route/{number}}}
      filters:
        - type: ResponseHeaderModifier
          responseHeaderModifier: {{set: [{{name: x-change, value: "{change}"}}]}}
      backendRefs:
        - {{group: gateway.kgateway.dev, kind: Backend, name: plain}}
      timeouts: {{request: 30s}}
"""


def reload(make_gateway, upstream):
    """Rows for each layout: the first change of a fresh process, then 20 more."""
    rows = []
    for number, (routes, files) in enumerate(LAYOUTS):
        target = make_gateway(number)
        routing = Routing(target.config, routes, files, upstream)
        target.start()
        time.sleep(1)
        first = change(target, routing)
        before = target.process.cpu_seconds()
        times = [change(target, routing) for _ in range(CHANGES)]
        used = (target.process.cpu_seconds() - before) * 1000 / CHANGES
        target.stop()
        what = f"reload, {routes} routes, {files} file" + ("s" if files > 1 else "")
        rows += [Bar(what + ", first", "ms", 30, False).row(None, first),
                 Bar(what + ", p50", "ms", 30, False).row(None, statistics.median(times)),
                 Bar(what + ", max", "ms", None, False).row(None, max(times)),
                 Bar(what + ", CPU", "ms", None, False).row(None, used)]
    return rows


class Routing:
    """Routes in files; the one in the middle says in its answers how often it has changed."""

    def __init__(self, folder, routes, files, upstream):
        self.folder, self.changes = folder, 0
        self.per_file = routes // files
        self.file = files // 2
        self.route = self.file * self.per_file + self.per_file // 2
        with open(f"{folder}/backend.yaml", "w") as file:
            file.write(BACKEND.format(upstream=upstream))
        for number in range(files):
            self.write(number)

    def write(self, number):
        routes = range(number * self.per_file, (number + 1) * self.per_file)
        text = "".join(ROUTE.format(number=i, change=self.changes if i == self.route else 0) for i in routes)
        with open(f"{self.folder}/routes-{number:04}.yaml", "w") as file:
            file.write(text)

    def change(self):
        self.changes += 1
        self.write(self.file)


def change(target, routing):
    """Milliseconds from the end of a write to the first answer by the new route."""
    time.sleep(PAUSE)
    connection = http.client.HTTPConnection("127.0.0.1", target.whole, timeout=LONGEST)
    in_effect(connection, routing)
    routing.change()
    begin = time.monotonic()
    while not in_effect(connection, routing):
        time.sleep(0.001)
        if time.monotonic() - begin > LONGEST:
            sys.exit(f"bench: a change was not in effect within {LONGEST} s; the output:\n"
                     + machine.read(target.log)[-2000:])
    took = (time.monotonic() - begin) * 1000
    connection.close()
    return took


def in_effect(connection, routing):
    connection.request("GET", f"/route/{routing.route}")
    answer = connection.getresponse()
    answer.read()
    return answer.status == 200 and answer.getheader("x-change") == str(routing.changes)
