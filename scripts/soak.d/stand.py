"""What stands around the traffic: a gateway, four backends that can be killed, and manifests that can be changed."""
import json
import os
import signal
import socket
import subprocess
import sys
import time

import identity
import machine
import targets

SIDES = ("a", "b")
TOKENS = {"a": 24, "b": 40}
"""Completion tokens of each side's answers: they tell who answered."""
TOKEN_GAP_MS = 20
AFTERMATH = 0.25
"""Seconds for which a killed backend may still show, once it is there again."""

GATEWAY = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: soak}}
spec:
  gatewayClassName: enterprise-agentgateway
  listeners:
    - {{name: plain, port: {plain}, protocol: HTTP}}
    - {{name: secure, port: {secure}, protocol: HTTPS, tls: {{certificateRefs: [{{name: soak}}]}}}}
"""
ROUTE = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {kind}-{side}}}
spec:
  parentRefs: [{{name: soak}}]
  hostnames: [{side}.soak]
  rules:
    - matches: [{matches}]
      filters:
        - type: ResponseHeaderModifier
          responseHeaderModifier: {{set: [{{name: x-soak-generation, value: "{generation}"}}]}}
      backendRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: {kind}-{side}}}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: {kind}-{side}}}
spec: {spec}
"""
MATCHES = {"chat": "{path: {value: /v1}}",
           "echo": "{path: {value: /echo}}, {path: {value: /big}}, {path: {value: /ws}}"}
SPECS = {"chat": "{{type: AI, ai: {{llm: {{openai: {{host: 127.0.0.1, port: {port}}}}}}}}}",
         "echo": "{{static: {{hosts: [{{host: 127.0.0.1, port: {port}}}]}}}}"}
REST = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: rest}
spec:
  parentRefs: [{name: soak}]
  hostnames: [127.0.0.1]
  rules:
    - backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: echo-a}]
"""
SECRET = """
---
apiVersion: v1
kind: Secret
metadata: {{name: soak}}
type: kubernetes.io/tls
stringData:
  tls.crt: {certificate}
  tls.key: {key}
"""


class Backend:
    """A process on a port of its own, killed and started again there."""

    def __init__(self, kind, side, log):
        self.kind, self.side, self.log = kind, side, log
        self.port = machine.free_port()
        self.downs = []
        """Begin and end of each time in which answers may break; the end of one that lasts is infinite."""

    def command(self):
        if self.kind == "echo":
            return [sys.executable, targets.ROOT + "/scripts/soak.d/origin.py", str(self.port), self.side]
        return targets.java("-Xmx128m", "dev.agw.simulator.Bench", "simulate", "--port", str(self.port), "--tokens",
                            str(TOKENS[self.side]), "--token-gap-ms", str(TOKEN_GAP_MS))

    def start(self):
        for _ in range(20):  # a connection of somebody else may have the port for a moment
            self.process = machine.Process(self.command(), self.log, pipes=True)
            if self.process.child.stdout.readline():
                return
            self.process.stop()
            time.sleep(0.5)
        sys.exit(f"soak: the backend {self.kind}-{self.side} does not start:\n" + machine.read(self.log)[-2000:])

    def kill(self, pause):
        self.downs.append((time.monotonic(), float("inf")))
        machine.send(self.process.child.pid, signal.SIGKILL)
        self.process.child.wait(5)
        self.process.stop()
        self.process.child.stdin.close()
        self.process.child.stdout.close()
        time.sleep(pause)
        self.start()
        self.downs[-1] = (self.downs[-1][0], time.monotonic() + AFTERMATH)

    def was_down(self, since):
        """Whether an exchange that began at `since` and is over may have met a kill."""
        return any(end > since for _, end in self.downs)


class Stand:
    def __init__(self, directory):
        self.directory = directory
        self.config = os.path.join(directory, "config")
        os.makedirs(self.config)
        log = directory + "/backends.log"
        self.backends = {(kind, side): Backend(kind, side, log) for kind in MATCHES for side in SIDES}
        self.plain, self.secure = machine.free_port(), machine.free_port()
        self.admin, self.metrics = machine.free_port(), machine.free_port()
        self.log = directory + "/gateway.log"
        self.identities = [identity.identity(directory, name) for name in ("one", "two")]
        self.written = self.in_force = 0

    def start(self):
        for backend in self.backends.values():
            backend.start()
        self.write()
        self.in_force = self.written
        env = {"AGW_ADMIN_ADDRESS": f"127.0.0.1:{self.admin}", "AGW_METRICS_ADDRESS": f"127.0.0.1:{self.metrics}",
               "AGW_READINESS_ADDRESS": f"127.0.0.1:{machine.free_port()}", "AGW_UPSTREAM_IDLE_TIMEOUT": "3s",
               "AGW_SHUTDOWN_MIN": "0s", "AGW_SHUTDOWN_MAX": "5s"}
        env["AGW_OPTS"] = os.environ.get("AGW_OPTS", "-Xmx256m")
        self.gateway = machine.Process([targets.ROOT + "/scripts/agw", "serve", "--config", self.config], self.log, env)
        up = machine.wait_until(lambda: not self.gateway.alive() or self.listens(), 300, 0.1)
        if not up or not self.gateway.alive():
            sys.exit("soak: the gateway does not start:\n" + machine.read(self.log)[-2000:])

    def listens(self):
        return not any(refused(port) for port in (self.plain, self.secure))

    def page(self, port, path):
        """What an operator's port shows; empty if it does not answer."""
        address = f"http://127.0.0.1:{getattr(self, port)}{path}"
        shown = subprocess.run(["curl", "-s", "-m", "10", "-H", "Connection: close", address],
                               capture_output=True, text=True)
        return shown.stdout

    def loads(self, result):
        """How many loads of the configuration ended so."""
        for line in self.page("metrics", "/metrics").splitlines():
            if line.startswith("agentgateway_config_loads_total{") and f'"{result}"' in line:
                return float(line.rsplit(" ", 1)[1])
        return 0

    def write(self):
        """The next generation of the manifests, with the other certificate."""
        generation = self.written + 1
        certificate, key = self.identities[generation % 2]
        text = GATEWAY.format(plain=self.plain, secure=self.secure)
        text += REST + SECRET.format(certificate=json.dumps(certificate), key=json.dumps(key))
        for (kind, side), backend in self.backends.items():
            text += ROUTE.format(kind=kind, side=side, matches=MATCHES[kind], generation=generation,
                                 spec=SPECS[kind].format(port=backend.port))
        self.written = generation
        self.put(text)

    def put(self, text):
        with open(self.directory + "/next", "w") as file:
            file.write(text)
        os.replace(self.directory + "/next", self.config + "/soak.yaml")

    def reload(self):
        """Changes the manifests; False if the gateway did not take the change."""
        before = self.loads("success")
        self.write()
        taken = machine.wait_until(lambda: self.loads("success") > before, 15, 0.1)
        self.in_force = self.written
        return taken

    def reload_badly(self):
        """Writes manifests that are none; False if the gateway did not refuse them."""
        before = self.loads("failure")
        self.put("kind: Gateway\nspec: {listeners: [{prot: 1}]}\n")
        refused = machine.wait_until(lambda: self.loads("failure") > before, 15, 0.1)
        return self.reload() and refused


def refused(port):
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) != 0
