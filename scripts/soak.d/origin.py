"""A plain backend that says who it is: origin.py PORT TAG

    GET  /echo/...   the tag and the path
    POST /echo/...   the tag, the length and the checksum of the body
    GET  /big/N      N bytes of the tag, in chunks
    GET  /ws         with Upgrade: whatever comes goes back
"""
import http.server
import sys
import zlib

PIECE = 16 * 1024


class Origin(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.headers.get("Upgrade"):
            self.tunnel()
        elif self.path.startswith("/big/"):
            self.big(int(self.path.split("/")[2]))
        else:
            self.answer(f"{self.server.tag} {self.path}")

    def do_POST(self):
        length, check = 0, 0
        for piece in self.body():
            length += len(piece)
            check = zlib.crc32(piece, check)
        self.answer(f"{self.server.tag} {length} {check}")

    def body(self):
        if self.headers.get("Transfer-Encoding"):
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            yield self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def big(self, length):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        whole = (self.server.tag * PIECE).encode()
        for at in range(0, length, PIECE):
            piece = whole[:min(PIECE, length - at)]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def tunnel(self):
        self.send_response(101)
        self.send_header("Connection", "Upgrade")
        self.send_header("Upgrade", self.headers["Upgrade"])
        self.end_headers()
        self.close_connection = True
        while piece := self.rfile.read1(PIECE):
            self.wfile.write(piece)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request, address):
        pass  # clients leave


server = Server(("127.0.0.1", int(sys.argv[1])), Origin)
server.tag = sys.argv[2]
print("listening", flush=True)
server.serve_forever()
