"""nginx with deploy/nginx.conf, for a host and ports of the tests."""

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.portals.installation import PATIENCE, wait_for
from tests.helpers.portals.ports import free_port
from tests.helpers.portals.programs import program
from tests.helpers.sandbox_process import PROJECT
from tests.helpers.upstream.certificates import Authority

HOST = "127.0.0.1"
# What Debian's own nginx.conf gives to a site, with folders of the tests.
_AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site;
}}
"""


@dataclass(frozen=True, slots=True)
class Nginx:
    http: str
    https: str
    authority: Path


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def nginx(folder: Path, portal: int) -> Iterator[Nginx]:
    """In front of the portal on that port."""
    authority, plain, encrypted = Authority(), free_port(), free_port()
    served = Nginx(f"http://{HOST}:{plain}", f"https://{HOST}:{encrypted}", folder / "ca.pem")
    served.authority.write_bytes(authority.pem)
    certificate = authority.server_file(folder)
    site = (PROJECT / "deploy/nginx.conf").read_text().replace("portal.example.com", HOST)
    for what, instead in (
        (r"(?<=listen )80\b", f"{HOST}:{plain}"),
        (r"(?<=listen )443\b", f"{HOST}:{encrypted}"),
        (r"listen \[::\]:.*", ""),
        (r"/etc/letsencrypt/\S+\.pem", str(certificate)),
        (r"http://127\.0\.0\.1:8000", f"http://{HOST}:{portal}"),
    ):
        site, times = re.subn(what, instead, site)
        assert times, what
    (folder / "site").write_text(site)
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder))
    command = [program("nginx"), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert (tested.returncode, "[warn]" in tested.stderr) == (0, False), tested.stderr
    process = subprocess.Popen(command)
    try:
        wait_for(lambda: _answers(encrypted))
        yield served
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
