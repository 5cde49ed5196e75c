"""Where alerts are sent in tests: a web server and a mail server on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler, StreamRequestHandler, ThreadingTCPServer
from typing import Any


@dataclass
class Receiver:
    """What arrived, and how the next messages are answered."""

    port: int = 0
    status: int = 200
    received: list[Any] = field(default_factory=list)


@contextmanager
def _served(receiver: Receiver, handler: type[BaseRequestHandler]) -> Iterator[Receiver]:
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def webhook() -> Iterator[Receiver]:
    """Keeps the JSON of each POST, by its path."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if receiver.status == 200:
                receiver.received.append((self.path, body))
            self.send_response(receiver.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with _served(receiver, Handler) as served:
        yield served


@contextmanager
def mail_server() -> Iterator[Receiver]:
    """Keeps what each message was: the commands of its session, and its text."""
    receiver = Receiver(status=250)

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            commands: list[str] = []
            while line := self.rfile.readline():
                commands.append(line.decode().strip())
                verb = line[:4].upper()
                if verb == b"EHLO":
                    self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
                elif verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                    receiver.received.append((commands, text))
                    self.wfile.write(b"250 kept\r\n")
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    status = 235 if verb == b"AUTH" else receiver.status
                    self.wfile.write(b"%d as you say\r\n" % status)

    with _served(receiver, Handler) as served:
        yield served
