"""What is compared, and what stands behind it: configurations, commands, the first answer."""
import glob
import http.client
import json
import os
import resource
import shlex
import socket
import subprocess
import sys
import time

import machine

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ASK = json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]})
WORKERS = os.environ.get("AGW_BENCH_WORKERS", str(os.cpu_count()))

NGINX = """
daemon off;
{user}
worker_processes {workers};
worker_rlimit_nofile {files};
pid {dir}/nginx.pid;
error_log {dir}/error.log warn;
events {{ worker_connections {files}; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path {dir}/body;
    proxy_temp_path {dir}/proxy;
    fastcgi_temp_path {dir}/fastcgi;
    uwsgi_temp_path {dir}/uwsgi;
    scgi_temp_path {dir}/scgi;
{servers}
}}
"""
PROXY = """
    upstream {name} {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 100000000; }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            proxy_pass http://{name};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_buffering {buffering};
            proxy_read_timeout 600s;
        }}
    }}
"""
STATIC = """
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        default_type application/json;
        location / {{ return 200 '{body}'; }}
    }}
"""
FILE = """
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        default_type text/plain;
        root {root};
    }}
"""
MANIFESTS = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: bench, namespace: bench}}
spec:
  gatewayClassName: enterprise-agentgateway
  listeners:
    - {{name: whole, port: {whole}, protocol: HTTP}}
    - {{name: stream, port: {stream}, protocol: HTTP}}
---
{whole_route}
---
{stream_route}
"""
ROUTE = """
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {name}, namespace: bench}}
spec:
  parentRefs:
    - {{name: bench, sectionName: {name}}}
  rules:
    - backendRefs:
        - {{group: gateway.kgateway.dev, kind: Backend, name: {name}}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: {name}, namespace: bench}}
spec:
  type: AI
  ai:
    llm:
      openai: {{host: 127.0.0.1, port: {upstream}}}
"""


PATH_ROUTE = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: route-{number}, namespace: bench}}
spec:
  parentRefs:
    - {{name: bench, sectionName: whole}}
  rules:
    - matches: [{{path: {{value: /r{number}}}}}]
      backendRefs:
        - {{group: gateway.kgateway.dev, kind: Backend, name: whole}}
"""


def answer_of(size):
    """A chat completion of exactly so many bytes."""
    body = {
        "id": "chatcmpl-abcdefghijklmnopqrstuvwx", "object": "chat.completion", "created": 1767225600,
        "model": "gpt-4o",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "", "refusal": None},
                     "logprobs": None, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 57, "completion_tokens": 120, "total_tokens": 177,
                  "prompt_tokens_details": {"cached_tokens": 0}},
        "system_fingerprint": "fp_bench"}
    words = "These words make the answer as long as it has to be. " * 40
    body["choices"][0]["message"]["content"] = words[:size - len(json.dumps(body))]
    return json.dumps(body)


def answers(port, path="/v1/chat/completions"):
    """Whether a POST is answered with 200."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("POST", path, ASK, {"Content-Type": "application/json"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def listens(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


class Target:
    """A gateway under test: one port to the upstream of whole answers, one to that of streams."""

    def __init__(self, name, command, env, whole, stream, log, metrics=None, config=None):
        self.name, self.whole, self.stream, self.metrics, self.config = name, whole, stream, metrics, config
        self.command, self.env, self.log = command, env, log
        self.process = None
        self.start_seconds = None

    def start(self):
        begin = time.monotonic()
        self.process = machine.Process(self.command, self.log, self.env)
        up = machine.wait_until(lambda: not self.process.alive() or answers(self.whole), 60)
        if not up or not self.process.alive():
            sys.exit(f"bench: {self.name} gave no 200 on port {self.whole}; its output:\n"
                     + machine.read(self.log)[-2000:])
        self.start_seconds = time.monotonic() - begin
        return self

    def stop(self):
        self.process.stop()


class Place:
    """A temporary directory with the upstreams' ports in it, where targets are made."""

    def __init__(self, directory):
        self.directory = directory
        self.static_port = machine.free_port()
        self.simulator_port = machine.free_port()
        self.simulator = None

    def subdirectory(self, name):
        path = os.path.join(self.directory, name)
        os.makedirs(path, exist_ok=True)
        return path

    def start_static(self):
        """The cheapest upstream there is: nginx answering from its configuration."""
        path = self.subdirectory("upstream")
        server = STATIC.format(port=self.static_port, body=answer_of(1024))
        process = machine.Process(nginx_command(path, server), path + "/output.log")
        if not machine.wait_until(lambda: answers(self.static_port), 10):
            sys.exit("bench: the upstream nginx does not start:\n" + machine.read(path + "/output.log"))
        return process

    def start_file(self, name, content):
        """An nginx that serves one file; the process and its port."""
        path, port = self.subdirectory("file"), machine.free_port()
        with open(f"{path}/{name}", "wb") as file:
            file.write(content)
        process = machine.Process(nginx_command(path, FILE.format(port=port, root=path)), path + "/output.log")
        if not machine.wait_until(lambda: listens(port), 10):
            sys.exit("bench: the nginx with a file does not start:\n" + machine.read(path + "/output.log"))
        return process, port

    def start_simulator(self, gap_ms=10):
        command = java("-Xmx512m", "dev.agw.simulator.Bench", "simulate", "--port", str(self.simulator_port),
                       "--tokens", "100000000", "--token-gap-ms", str(gap_ms), "--watch-ms", "5000")
        process = machine.Process(command, self.directory + "/simulator.log", pipes=True)
        if not process.child.stdout.readline():
            sys.exit("bench: the simulator does not start:\n" + machine.read(self.directory + "/simulator.log"))
        self.simulator = process
        return process

    def nginx(self, name="nginx"):
        path = self.subdirectory(name)
        whole, stream = machine.free_port(), machine.free_port()
        servers = (PROXY.format(name="whole", port=whole, upstream=self.static_port, buffering="on")
                   + PROXY.format(name="stream", port=stream, upstream=self.simulator_port, buffering="off"))
        return Target(name, nginx_command(path, servers), {}, whole, stream, path + "/output.log")

    def gateway(self, command, routes=0, name="gateway"):
        """`{config}`, `{whole}` and `{stream}` in the command become the directory of manifests and the two ports.

        routes: how many more there are to whole answers, on the paths /r0, /r1, ...
        """
        if command == "nginx":
            return self.nginx("nginx-again")
        path = self.subdirectory(name)
        whole, stream, metrics = machine.free_port(), machine.free_port(), machine.free_port()
        with open(path + "/bench.yaml", "w") as file:
            file.write(MANIFESTS.format(
                whole=whole, stream=stream,
                whole_route=ROUTE.format(name="whole", upstream=self.static_port),
                stream_route=ROUTE.format(name="stream", upstream=self.simulator_port)))
            file.write("".join(PATH_ROUTE.format(number=number) for number in range(routes)))
        env = {"AGW_ADMIN_ADDRESS": f"127.0.0.1:{machine.free_port()}",
               "AGW_METRICS_ADDRESS": f"127.0.0.1:{metrics}",
               "AGW_READINESS_ADDRESS": f"127.0.0.1:{machine.free_port()}"}
        words = [word.format(config=path, whole=whole, stream=stream) for word in shlex.split(command)]
        return Target("agw", words, env, whole, stream, f"{self.directory}/{name}.log", metrics, path)


def nginx_command(path, servers):
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    with open(path + "/nginx.conf", "w") as file:
        file.write(NGINX.format(workers=WORKERS, dir=path, servers=servers, files=files,
                                user="user root;" if os.geteuid() == 0 else ""))
    return ["nginx", "-p", path, "-e", path + "/error.log", "-c", path + "/nginx.conf"]


def java(heap, *arguments):
    home = subprocess.run([ROOT + "/scripts/find-jdk"], capture_output=True, text=True, check=True).stdout.strip()
    classes = os.environ.get("AGW_BENCH_CLASSPATH", ROOT + "/cli/target/dist/lib/*")
    if classes.endswith("/*") and not glob.glob(classes[:-1] + "agw-server*.jar"):
        sys.exit("bench: nothing is built in cli/target/dist; run: mvn -q -Dquick package")
    return [home + "/bin/java", heap, "-XX:+UseSerialGC", "-cp", classes, *arguments]
