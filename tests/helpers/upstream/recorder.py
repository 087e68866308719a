"""A server that records every request and answers with a customer."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from customers.upstream.secrets import Secrets
from customers.upstream.transport import Limits

API_KEY, TOKEN = "browser api.example.com 525ad5d6993247cccb083e5a", "a-session-token"
SECRETS = Secrets(API_KEY, TOKEN)
OF_EVERY_HTTP_CLIENT = {"host", "accept-encoding", "user-agent", "connection", "content-length"}
CUSTOMER = b'{"object": "customer", "id": "cus_1"}'
LIMITS = Limits(connect=1, read=1, deadline=2, retries=0)


class Request(NamedTuple):
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def own_headers(self):
        return {k: v for k, v in self.headers.items() if k not in OF_EVERY_HTTP_CLIENT}


class Recorder:
    """Records requests, and answers each with the same body and headers."""

    def __init__(self):
        self.requests = []
        self.body = CUSTOMER
        self.headers = {}
        self.url = ""


@contextmanager
def recording():
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            recorder.requests.append(
                Request(self.command, self.path, headers, self.rfile.read(length))
            )
            self.send_response(200)
            for name, value in recorder.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(recorder.body)

        do_POST = do_GET

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    recorder.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
