"""Requests at a steady pace, well or ill, and connections that stay open."""
import dataclasses
import http.client
import json
import socket
import ssl
import threading
import time

PATIENCE = 20
"""Seconds that a client waits for the next byte."""
TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE
CHAT = "/v1/chat/completions"


@dataclasses.dataclass(frozen=True)
class Ask:
    """One request to a model; with body=False a GET of the path."""
    host: str
    path: str = CHAT
    model: str = "gpt-4o-mini"
    stream: bool = False
    fields: tuple = ()
    """Further fields of the head: pairs of name and value."""
    prompt: str = "Hello"
    body: bool = True

    def text(self):
        if not self.body:
            return None
        asked = {"input": self.prompt} if self.path != CHAT else {"messages": [{"role": "user", "content": self.prompt}]}
        return json.dumps({"model": self.model, "stream": self.stream, **asked})

    def head(self):
        return {"Host": self.host, "Content-Type": "application/json", **dict(self.fields)}

    def send(self, client):
        client.request("POST" if self.body else "GET", self.path, self.text(), self.head())
        return client.getresponse()


class Flow:
    """Sends what it is told to, so many times a second, until it is stopped; what comes back does not matter to it."""

    def __init__(self, port, ask, rate=8.0, clients=1, secure=False):
        self.port, self.secure = port, secure
        self.ask = self.usual = ask
        self.pause = clients / rate if rate else 0
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(clients)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def become(self, **what):
        """Changes the requests from the next one on."""
        self.ask = dataclasses.replace(self.ask, **what)

    def recover(self):
        """Has the requests be again what they were."""
        self.ask = self.usual

    def run(self):
        client = self.client()
        while not self.stopped.is_set():
            due = time.monotonic() + self.pause
            try:
                self.ask.send(client).read()
            except (OSError, http.client.HTTPException):
                client.close()
            self.stopped.wait(max(0.0, due - time.monotonic()))
        client.close()

    def client(self):
        if self.secure:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=PATIENCE, context=TRUSTING)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def stop(self):
        self.stopped.set()


class Crowd:
    """Requests whose answers never end: they hold what a gateway needs for them until they are let go."""

    def __init__(self, port):
        self.port, self.held = port, []

    def gather(self, count, ask):
        """So many more; those that are turned away are not held."""
        for _ in range(count):
            client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                client.request("POST", ask.path, ask.text(), ask.head())
                self.held.append(client)
            except OSError:
                client.close()

    def arrive(self, count):
        """So many connections that ask for nothing."""
        self.held += [socket.create_connection(("127.0.0.1", self.port)) for _ in range(count)]

    def leave(self):
        for one in self.held:
            one.close()
        self.held = []


def leave_early(port, ask):
    """A client that goes away in the middle of its stream."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        ask.send(client).read1(64)
    except (OSError, http.client.HTTPException):
        pass
    finally:
        client.close()
