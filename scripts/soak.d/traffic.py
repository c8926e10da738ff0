"""The kinds of requests, and what each of them must be answered."""
import collections
import contextlib
import http.client
import itertools
import json
import os
import random
import socket
import ssl
import struct
import subprocess
import threading
import time
import zlib

import stand

PATIENCE = 30
WHOLE = 1 << 20
WRITE_OUT = "%{http_code} %{exitcode} %{http_version} gen=%header{x-soak-generation} reason=%header{x-agw-reason}"

TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname = False
TRUSTING.verify_mode = ssl.CERT_NONE


class Tally:
    """What was sent and what came back, of all threads together."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = collections.Counter()
        self.answers = collections.Counter()
        self.complaints = []

    def count(self, kind, answer):
        with self.lock:
            self.sent[kind] += 1
            self.answers[kind, answer] += 1

    def complain(self, what):
        with self.lock:
            self.complaints.append(f"{time.strftime('%H:%M:%S')} {what}")

    def kinds(self):
        return sorted(self.sent)


class Seen:
    """What came back of one request."""

    def __init__(self, status=0, body=b"", reason=None, generation=None, broken=""):
        self.status, self.body, self.reason, self.generation = status, body, reason, generation
        self.broken = broken


class Traffic:
    def __init__(self, place, tally):
        self.place, self.tally = place, tally
        self.numbers = itertools.count(1)

    def one(self):
        """One request, or a few that belong together."""
        kind, = random.choices(list(KINDS), KINDS.values())
        kind(self)

    # Requests that must be answered

    def chat(self):
        with self.connection() as (client, how):
            for _ in range(random.randint(1, 6)):
                self.exchange(client, "chat " + how, "chat", "POST", "/v1/chat/completions", self.ask(False, 1))

    def stream(self):
        with self.connection() as (client, how):
            for _ in range(random.randint(1, 2)):
                gap = random.choice((1, 5, 20))
                self.exchange(client, "stream " + how, "chat", "POST", "/v1/chat/completions", self.ask(True, gap))

    def echo(self):
        with self.connection() as (client, how):
            for _ in range(random.randint(1, 6)):
                self.exchange(client, "echo " + how, "echo", "GET", f"/echo/{next(self.numbers)}", None)

    def upload(self):
        with self.connection() as (client, how):
            body = random.randbytes(random.randint(1, 300_000))
            self.exchange(client, "upload " + how, "echo", "POST", "/echo/upload", Body(body, chunked=random.random() < .5))

    def big(self):
        with self.connection() as (client, how):
            self.exchange(client, "download " + how, "echo", "GET", f"/big/{WHOLE}", None)

    def exchange(self, client, kind, backend, method, path, body):
        side = random.choice(stand.SIDES)
        began, in_force = time.monotonic(), self.place.in_force
        seen = Seen()
        try:
            body = body or Body(b"")
            client.request(method, path, body.sent(), {"Host": side + ".soak", **body.fields}, encode_chunked=body.chunked)
            answer = client.getresponse()
            seen = Seen(answer.status, b"", answer.getheader("x-agw-reason"), answer.getheader("x-soak-generation"))
            pieces = []
            slowly = random.random() < .1
            while piece := answer.read1(65536):
                pieces.append(piece)
                time.sleep(.02 if slowly else 0)
            seen.body = b"".join(pieces)
            answer.read()  # complains of a body that is shorter than announced
        except (OSError, http.client.HTTPException) as e:
            seen.broken = repr(e)
        if seen.broken or seen.status >= 400:
            client.close()
        self.judge(kind, self.place.backends[backend, side], body.expected(side, path), began, in_force, seen)

    def judge(self, kind, backend, expected, began, in_force, seen):
        """Counts an answer, and complains of one that no rule explains."""
        met_kill = backend.was_down(began)
        right = seen.status == 200 and not seen.broken and expected(seen.body)
        label = "200" if right else "broken off" if seen.broken and seen.status in (0, 200) else str(seen.status)
        self.tally.count(kind, label + (", backend killed" if met_kill and not right else ""))
        told = f"{kind} of {backend.kind}-{backend.side}: {seen.status} {seen.reason} {seen.broken} {seen.body[:300]!r}"
        if seen.status >= 500 and not seen.reason:
            self.tally.complain("no reason: " + told)
        if not right and not met_kill:
            self.tally.complain("unexplained: " + told)
        if not right and seen.status == 200 and not seen.broken and not cut_short(seen):
            self.tally.complain("wrong answer: " + told)
        if right and int(seen.generation or 0) < in_force:
            self.tally.complain(f"generation {seen.generation} after {in_force} was taken: {told}")

    def ask(self, stream, gap_ms):
        nonce = f"soak-{next(self.numbers)}"
        question = {"model": nonce, "stream": stream, "messages": [{"role": "user", "content": nonce}]}
        if stream:
            question["stream_options"] = {"include_usage": True}
        return Body(json.dumps(question).encode(), model=nonce, stream=stream,
                    fields={"Content-Type": "application/json", "x-sim-token-gap": f"{gap_ms}ms"})

    @contextlib.contextmanager
    def connection(self):
        if random.random() < .5:
            client, how = http.client.HTTPConnection("127.0.0.1", self.place.plain, timeout=PATIENCE), "h1"
        else:
            client = http.client.HTTPSConnection("127.0.0.1", self.place.secure, timeout=PATIENCE, context=TRUSTING)
            how = "h1 tls"
        try:
            yield client, how
        finally:
            client.close()

    # HTTP/2, spoken by curl: several streams at once on one connection, some of which are given up

    def http2(self):
        secure = random.random() < .5
        asked, lines = [], []
        directory = os.path.join(self.place.directory, f"curl-{next(self.numbers)}")
        os.mkdir(directory)
        # Without TLS, curl 7.88 fails on the second stream of a connection that it was told to be HTTP/2.
        for number in range(random.randint(1, 8) if secure else 1):
            side, stream, left = random.choice(stand.SIDES), random.random() < .5, random.random() < .25
            body = self.ask(stream, 20 if left else 2)
            asked.append((side, stream, left, body))
            lines += self.transfer(secure, side, body, left, f"{directory}/{number}", number)
        began, in_force = time.monotonic(), self.place.in_force
        curl = subprocess.run(["curl", "--config", "-", "--no-progress-meter", "--parallel"],
                              input="\n".join(lines), capture_output=True, text=True)
        told = dict(line.split(" ", 1) for line in curl.stdout.splitlines())
        for number, (side, stream, left, body) in enumerate(asked):
            kind = ("stream" if stream else "chat") + (" h2 tls" if secure else " h2")
            self.http2_seen(kind, side, body, left, told.get(str(number), ""), f"{directory}/{number}", (began, in_force))
            with contextlib.suppress(OSError):
                os.remove(f"{directory}/{number}")
        os.rmdir(directory)

    def transfer(self, secure, side, body, left, output, number):
        url = f"https://127.0.0.1:{self.place.secure}" if secure else f"http://127.0.0.1:{self.place.plain}"
        fields = {"Host": side + ".soak", **body.fields}
        return ([] if number == 0 else ["next"]) + [
            f"url = {url}/v1/chat/completions", "insecure", "no-buffer", "http2" if secure else "http2-prior-knowledge",
            "data = " + json.dumps(body.content.decode()), f"output = {output}",
            f'max-time = {round(random.uniform(.05, .4), 3) if left else PATIENCE}',
            f'write-out = "{number} {WRITE_OUT}\\n"', *(f'header = "{name}: {value}"' for name, value in fields.items())]

    def http2_seen(self, kind, side, body, left, told, output, since):
        words = told.split(" ")
        status, code = (int(words[0]), int(words[1])) if len(words) >= 5 else (0, -1)
        if left and code == 28:
            self.tally.count(kind + ", left", "left")
            return
        seen = Seen(status, content(output), words[4][7:] if code >= 0 else None,
                    words[3][4:] if code >= 0 else None, f"curl's code {code}" if code else "")
        if status == 200 and words[2] != "2":
            self.tally.complain(f"HTTP/{words[2]} instead of HTTP/2: {told}")
        backend = self.place.backends["chat", side]
        self.judge(kind, backend, body.expected(side, ""), since[0], since[1], seen)

    # Tunnels

    def tunnel(self):
        side = random.choice(stand.SIDES)
        backend, began = self.place.backends["echo", side], time.monotonic()
        status, wrong = 0, ""
        try:
            with self.socket() as sock:
                sock.sendall(f"GET /ws HTTP/1.1\r\nHost: {side}.soak\r\nConnection: Upgrade\r\n"
                             "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
                head = read_until(sock, b"\r\n\r\n")
                status = int(head[9:12])
                for _ in range(random.randint(1, 10) if status == 101 else 0):
                    piece = random.randbytes(random.randint(1, 5000))
                    sock.sendall(piece)
                    wrong = wrong or ("" if read_exactly(sock, len(piece)) == piece else "another echo")
                if random.random() < .5:
                    reset(sock)
        except (OSError, ValueError) as e:
            wrong = repr(e)
        met_kill = backend.was_down(began)
        right = status == 101 and not wrong
        self.tally.count("tunnel", "101" if right else f"{status or 'broken off'}" + (", backend killed" if met_kill else ""))
        if not right and not met_kill:
            self.tally.complain(f"tunnel of echo-{side}: {status} {wrong}")

    # Clients that leave

    def leave(self):
        """In the middle of an answer or of a body, with a clean end or without."""
        side, how = random.choice(stand.SIDES), random.choice(("stream", "chat", "upload", "download"))
        try:
            with self.socket() as sock:
                sock.sendall(self.unfinished(side, how))
                for _ in range(random.randint(0, 3)):
                    sock.settimeout(.2)
                    with contextlib.suppress(TimeoutError):
                        sock.recv(2000)
                if random.random() < .5:
                    reset(sock)
        except OSError:
            pass
        self.tally.count(how + ", left", "left")

    def unfinished(self, side, how):
        if how == "download":
            return f"GET /big/{8 * WHOLE} HTTP/1.1\r\nHost: {side}.soak\r\n\r\n".encode()
        if how == "upload":
            return f"POST /echo/x HTTP/1.1\r\nHost: {side}.soak\r\nContent-Length: 500000\r\n\r\n".encode() + b"x" * 99999
        content = self.ask(how == "stream", 20).content
        return (f"POST /v1/chat/completions HTTP/1.1\r\nHost: {side}.soak\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(content)}\r\n\r\n").encode() + content

    def say_nothing(self):
        """Connects, says nothing or half a head or half a handshake, and leaves."""
        with contextlib.suppress(OSError), socket.create_connection(self.port(random.random() < .5), PATIENCE) as sock:
            sock.sendall(random.choice((b"", b"GET / HT", b"\x16\x03\x01\x02\x00\x01\x00", b"PRI * HTTP/2.0\r\n")))
            time.sleep(random.uniform(0, .2))
            if random.random() < .5:
                reset(sock)
        self.tally.count("silence", "left")

    # What must be refused

    def garbage(self):
        name, allowed, bytes_, secure = random.choice(garbage())
        status = 0
        with contextlib.suppress(OSError, ValueError), socket.create_connection(self.port(secure), PATIENCE) as sock:
            sock.sendall(bytes_)
            sock.shutdown(socket.SHUT_WR) if random.random() < .2 and name != "too large a body" else None
            status = int(sock.recv(65536)[9:12] or 0)
        self.tally.count("garbage", str(status) if status else "closed")
        if status not in allowed:
            self.tally.complain(f"garbage, {name}: {status} instead of one of {allowed}")

    def port(self, secure):
        return "127.0.0.1", self.place.secure if secure else self.place.plain

    def socket(self):
        secure = random.random() < .5
        sock = socket.create_connection(self.port(secure), PATIENCE)
        sock.settimeout(PATIENCE)
        return TRUSTING.wrap_socket(sock) if secure else sock


class Body:
    """What is sent, and what must come back."""

    def __init__(self, content, model=None, stream=False, chunked=False, fields=None):
        self.content, self.model, self.stream, self.chunked = content, model, stream, chunked
        self.fields = fields or ({"Transfer-Encoding": "chunked"} if chunked else {})

    def sent(self):
        if self.chunked:
            return (self.content[at:at + 7000] for at in range(0, len(self.content), 7000))
        return self.content or None

    def expected(self, side, path):
        return lambda body: self.is_answer(body, side, path)

    def is_answer(self, body, side, path):
        if path.startswith("/big/"):
            return len(body) == WHOLE and body.count(side.encode()) == WHOLE
        if path.startswith("/echo/upload"):
            return body.decode() == f"{side} {len(self.content)} {zlib.crc32(self.content)}"
        if path.startswith("/echo/"):
            return body.decode() == f"{side} {path}"
        return self.is_events(body, side) if self.stream else self.is_completion(body, side)

    def is_completion(self, body, side):
        with contextlib.suppress(ValueError, KeyError):
            answer = json.loads(body)
            return answer["model"] == self.model and answer["usage"]["completion_tokens"] == stand.TOKENS[side]
        return False

    def is_events(self, body, side):
        events = [line[6:] for line in body.decode().split("\n") if line.startswith("data: ")]
        if not events or events[-1] != "[DONE]":
            return False
        with contextlib.suppress(ValueError, KeyError):
            chunks = [json.loads(event) for event in events[:-1]]
            tokens = sum(1 for chunk in chunks if chunk["choices"] and chunk["choices"][0]["delta"].get("content"))
            return tokens == stand.TOKENS[side] and all(chunk["model"] == self.model for chunk in chunks)
        return False


def garbage():
    """Name, allowed statuses (0: the connection is closed), bytes, whether they go to the TLS port."""
    chat = b"POST /v1/chat/completions HTTP/1.1\r\nHost: a.soak\r\nContent-Type: application/json\r\n"
    return [
        ("noise", (400, 408, 0), random.randbytes(300), False),
        ("noise to TLS", (0,), b"\x80" + random.randbytes(300), True),
        ("plain text to TLS", (400,), b"GET / HTTP/1.1\r\nHost: a.soak\r\n\r\n", True),
        ("noise in HTTP/2", (0,), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + random.randbytes(300), False),
        ("a large head", (431,), b"GET / HTTP/1.1\r\nHost: a.soak\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", False),
        ("many fields", (431,), b"GET / HTTP/1.1\r\nHost: a.soak\r\n" + b"X: x\r\n" * 150 + b"\r\n", False),
        ("a long target", (414,), b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\nHost: a.soak\r\n\r\n", False),
        ("too large a body", (413,), chat + b"Content-Length: 20000000\r\n\r\n", False),
        ("two framings", (400,), chat + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", False),
        ("a bad chunk", (400,), chat + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", False),
        ("no JSON", (400,), chat + b"Content-Length: 5\r\n\r\n{nope", False),
        ("deep JSON", (400,), chat + b"Content-Length: 9000\r\n\r\n" + b"[" * 9000, False),
        ("an unknown host", (404,), b"GET / HTTP/1.1\r\nHost: nobody.soak\r\n\r\n", False),
        ("two hosts", (400,), b"GET / HTTP/1.1\r\nHost: a.soak\r\nHost: b.soak\r\n\r\n", False)]


def cut_short(seen):
    """Whether an answer of events tells itself that it was cut: it ends with an error event."""
    return b'"error"' in seen.body[-1000:]


def content(path):
    """Of a file; nothing if there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def reset(sock):
    """Has the close end the connection with RST."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def read_until(sock, end):
    read = b""
    while not read.endswith(end):
        byte = sock.recv(1)
        if not byte:
            raise ConnectionError("ended within its head: " + repr(read[:200]))
        read += byte
    return read


def read_exactly(sock, length):
    read = b""
    while len(read) < length:
        piece = sock.recv(length - len(read))
        if not piece:
            raise ConnectionError("ended within an echo")
        read += piece
    return read


KINDS = {Traffic.chat: 4, Traffic.stream: 4, Traffic.echo: 3, Traffic.upload: 2, Traffic.big: 1, Traffic.http2: 5,
         Traffic.tunnel: 2, Traffic.leave: 4, Traffic.say_nothing: 1, Traffic.garbage: 3}
"""How often each kind is sent, by weight."""
