"""What stands there: two providers, and gateways of which each has a weakness of its own."""
import glob
import http.server
import os
import re
import signal
import sys
import threading
import zipfile

import identity
import machine
import manifests
import targets

AGW = targets.ROOT + "/scripts/agw"
LIB = targets.ROOT + "/cli/target/dist/lib"
CERTIFICATE_DAYS = {"fresh": 90, "ending": 1}
START = 120
"""Seconds that a process has to come up, on a machine with other things to do."""
FILES = 400
"""Descriptors that the gateway `tight` may have."""

class Provider:
    """A simulated provider; answers well unless a request asks for something else."""

    def __init__(self, directory, name):
        self.port, self.log = machine.free_port(), f"{directory}/{name}.log"
        self.process = None

    def start(self):
        self.process = machine.Process([AGW, "simulate", "--port", str(self.port), "--first-token-delay", "5ms",
                                        "--token-gap", "2ms", "--tokens", "8"], self.log)
        if not machine.wait_until(lambda: targets.listens(self.port), START, 0.1):
            sys.exit("alerts-e2e: the simulator does not start:\n" + machine.read(self.log)[-2000:])

    def kill(self):
        kill(self.process)


class Collector:
    """A receiver of traces, which throws them away; answers with `status`."""

    def __init__(self):
        self.status = 200
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def become(self, status):
        self.status = status

    def handler(self):
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(collector.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler


class Gateway:
    """A gateway process on ports of its own.

    options: of its JVM; env: its settings; limit: most descriptors; library: folder of the distribution, if another.
    """

    def __init__(self, directory, name, options="-Xmx128m", limit=None, library=None, **env):
        self.name, self.port, self.metrics = name, machine.free_port(), machine.free_port()
        self.directory, self.log = f"{directory}/{name}", f"{directory}/{name}.log"
        os.makedirs(self.directory)
        self.readiness = machine.free_port()
        self.limited = ["sh", "-c", f"ulimit -n {limit}; exec \"$@\"", "sh"] if limit else []
        self.run_from(library)
        self.env = {"AGW_ADMIN_ADDRESS": f"127.0.0.1:{machine.free_port()}",
                    "AGW_METRICS_ADDRESS": f"127.0.0.1:{self.metrics}",
                    "AGW_READINESS_ADDRESS": f"127.0.0.1:{self.readiness}",
                    "AGW_SHUTDOWN_MIN": "0s", "AGW_SHUTDOWN_MAX": "3s", "AGW_OPTS": options, **env}
        self.process = None

    def run_from(self, library):
        """Which distribution the next process is of; None: this one."""
        gateway = [AGW] if library is None else launcher(library)
        self.command = [*self.limited, *gateway, "serve", "--config", self.directory]

    def write(self, text, name="manifests"):
        with open(self.directory + ".next", "w") as file:
            file.write(text)
        os.replace(self.directory + ".next", f"{self.directory}/{name}.yaml")

    def remove(self, name):
        os.remove(f"{self.directory}/{name}.yaml")

    def begin(self):
        self.process = machine.Process(self.command, self.log, self.env)
        return self

    def await_start(self):
        up = machine.wait_until(lambda: not self.process.alive() or targets.listens(self.readiness), START, 0.1)
        if not up or not self.process.alive():
            sys.exit(f"alerts-e2e: the gateway {self.name} does not start:\n" + machine.read(self.log)[-2000:])

    def start(self):
        self.begin().await_start()

    def terminate(self):
        """Tells it to end, and does not wait."""
        machine.send(self.process.child.pid, signal.SIGTERM)

    def kill(self):
        if self.process:
            kill(self.process)
        self.process = None

    def replace(self, library):
        """By a process of that distribution."""
        self.kill()
        self.run_from(library)
        self.start()


def kill(process):
    machine.send(process.child.pid, signal.SIGKILL)
    process.stop()


def launcher(library):
    return [targets.java("-Xmx128m")[0], f"@{targets.ROOT}/scripts/jvm.options", "-Xmx128m", "-jar", library + "/agw-cli.jar"]


def other_version(directory):
    """A copy of the distribution that says it is another version."""
    library = directory + "/other-version"
    os.makedirs(library)
    for jar in glob.glob(LIB + "/*.jar"):
        if not jar.endswith("/agw-cli.jar"):
            os.symlink(jar, f"{library}/{os.path.basename(jar)}")
    with zipfile.ZipFile(LIB + "/agw-cli.jar") as old, zipfile.ZipFile(library + "/agw-cli.jar", "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "META-INF/MANIFEST.MF":
                content = re.sub(rb"(?m)^Implementation-Version: .*$", b"Implementation-Version: 99.0.0\r", content)
            new.writestr(item, content)
    return library


class Place:
    """All of it; `main` has the routes of most scenarios."""

    def __init__(self, directory):
        self.steady, self.mortal = Provider(directory, "steady"), Provider(directory, "mortal")
        self.errors, self.secure = machine.free_port(), machine.free_port()
        self.identities = {name: identity.identity(directory, name, days) for name, days in CERTIFICATE_DAYS.items()}
        self.collector = Collector()
        self.main = Gateway(directory, "main", "-Xmx256m", AGW_TELEMETRY_OTLP_ENDPOINT=self.collector.endpoint,
                            AGW_TELEMETRY_OTLP_SAMPLING_RATIO="0.1")
        self.spare = Gateway(directory, "spare", AGW_METRICS_SERIES_CAP="60")
        self.small = Gateway(directory, "small", "-Xmx48m", AGW_LIMITS_HEAP_FOR_BODIES="55", AGW_LIMITS_HEAP_FOR_REQUESTS="65")
        self.tight = Gateway(directory, "tight", "-Xmx64m", limit=FILES)
        self.leaver = Gateway(directory, "leaver", "-Xmx64m")
        self.busy = Gateway(directory, "busy", "-Xmx128m -Xint -XX:ActiveProcessorCount=1")
        self.other, self.newer = Gateway(directory, "other"), other_version(directory)
        self.plain = [self.spare, self.small, self.tight, self.leaver, self.busy, self.other]
        self.gateways = [self.main, *self.plain]

    def start(self):
        self.steady.start()
        self.mortal.start()
        self.write_main("fresh")
        for gateway in self.plain:
            gateway.write(manifests.one_route(gateway.name, gateway.port, self.steady.port))
        self.start_gateways()

    def start_gateways(self):
        for gateway in [gateway.begin() for gateway in self.gateways]:
            gateway.await_start()

    def died(self):
        """The names of gateways that ended though nobody told them to."""
        return [gateway.name for gateway in self.gateways if gateway.process and not gateway.process.alive()]

    def write_main(self, certificate):
        """The manifests of `main`, with one of the two certificates."""
        ports = {"main": self.main.port, "errors": self.errors, "secure": self.secure}
        self.main.write(manifests.all_kinds(ports, self.steady.port, self.mortal.port, self.identities[certificate]))
