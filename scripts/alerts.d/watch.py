"""Who watches: a Prometheus, an Alertmanager, and who is told."""
import http.server
import json
import shutil
import sys
import threading
import time
import urllib.parse
import urllib.request

import machine

PROMETHEUS = """
global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}
rule_files: [{rules}]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["127.0.0.1:{alertmanager}"]}}]}}]}}
scrape_configs:
  - job_name: {job}
    static_configs:
{targets}
"""
TARGET = '      - {{targets: ["127.0.0.1:{port}"], labels: {{cluster: e2e, namespace: e2e, pod: {pod}}}}}'
ALERTMANAGER = """
route: {{receiver: script, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}}
receivers: [{{name: script, webhook_configs: [{{url: "http://127.0.0.1:{port}/", send_resolved: true}}]}}]
"""
JOB = "agentgateway-proxy"
NAMES = {"prometheus": ("prometheus",), "alertmanager": ("prometheus-alertmanager", "alertmanager"),
         "promtool": ("promtool",)}
"""What Debian calls them comes first."""


def command(name):
    """The path of a program; none if it is not there."""
    return next((path for path in map(shutil.which, NAMES[name]) if path), None)


class Told:
    """Hears from Alertmanager which alerts fire and which are resolved."""

    def __init__(self):
        self.changed = threading.Condition()
        self.alerts = {}
        """Labels and whether it fires, by fingerprint."""
        told = self

        class Hook(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                told.hear(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hear(self, notice):
        with self.changed:
            for alert in notice["alerts"]:
                self.alerts[alert["fingerprint"]] = (alert["labels"], alert["status"] == "firing")
            self.changed.notify_all()

    def fires(self, alert):
        """Whether one fires that has the name and the labels."""
        return any(firing and alert.is_told_by(labels) for labels, firing in list(self.alerts.values()))

    def await_state(self, alert, firing, seconds):
        """The time until it fires, or no longer does; none if that did not come in so many seconds."""
        begin = time.monotonic()
        with self.changed:
            come = self.changed.wait_for(lambda: self.fires(alert) == firing, seconds)
        return time.monotonic() - begin if come else None

    def firing(self):
        """The names of all that fire."""
        return sorted({labels["alertname"] for labels, firing in list(self.alerts.values()) if firing})


class Watch:
    """The two servers in a directory of theirs."""

    def __init__(self, directory, rules):
        self.directory, self.rules = directory, rules
        self.prometheus, self.alertmanager = machine.free_port(), machine.free_port()
        self.told = Told()

    def start(self, targets):
        """targets: port of the metrics by name of the gateway."""
        lines = [TARGET.format(port=port, pod=pod) for pod, port in targets.items()]
        self.write("prometheus.yml", PROMETHEUS.format(rules=self.rules, alertmanager=self.alertmanager, job=JOB,
                                                       targets="\n".join(lines)))
        self.write("alertmanager.yml", ALERTMANAGER.format(port=self.told.port))
        self.run("alertmanager", self.alertmanager, "--config.file", self.directory + "/alertmanager.yml",
                 "--storage.path", self.directory + "/alertmanager", "--cluster.listen-address=")
        self.run("prometheus", self.prometheus, "--config.file", self.directory + "/prometheus.yml",
                 "--storage.tsdb.path", self.directory + "/series", "--rules.alert.resend-delay=1s")

    def write(self, name, text):
        with open(f"{self.directory}/{name}", "w") as file:
            file.write(text)

    def run(self, name, port, *options):
        log = f"{self.directory}/{name}.log"
        process = machine.Process([command(name), f"--web.listen-address=127.0.0.1:{port}", *options], log)
        if not machine.wait_until(lambda: not process.alive() or ready(port), 30, 0.1) or not process.alive():
            sys.exit(f"alerts-e2e: {name} does not start:\n" + machine.read(log)[-2000:])

    def ask(self, expression):
        """The series that an expression gives now."""
        query = urllib.parse.urlencode({"query": expression})
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.prometheus}/api/v1/query?{query}", timeout=10) as answer:
                return json.load(answer)["data"]["result"]
        except urllib.error.HTTPError as refused:
            return sys.exit(f"alerts-e2e: Prometheus refuses {expression}: {refused.read().decode()}")

    def sees(self, count):
        """Whether so many gateways are scraped."""
        found = self.ask(f'sum(up{{job="{JOB}"}})')
        return bool(found) and float(found[0]["value"][1]) >= count


def ready(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
