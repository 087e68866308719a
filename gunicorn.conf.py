"""How gunicorn serves the portal: `gunicorn billing_portal.wsgi` needs no other option.

It logs as the portal does, its workers add up their figures in a folder of their own, and of the
entries that a chain of proxies makes in X-Forwarded-Proto the first counts.
"""

import os
import shutil
import tempfile
from importlib import import_module
from ipaddress import ip_address, ip_network
from typing import Any

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# The process that made the folder, and may remove it. One that the operator named has none.
_MADE_BY = "PORTAL_METRICS_MADE_BY"

_is_new = _FOLDER not in os.environ  # it is there when gunicorn reads this file again
if _is_new:
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="billing-portal-metrics-")
    os.environ[_MADE_BY] = str(os.getpid())

# Only now, because Prometheus reads the environment when it is imported.
logconfig_dict = import_module("billing_portal.settings").LOGGING
# What says that the browser's own connection was https. X-Forwarded-Proto is read below.
secure_scheme_headers = {"X-FORWARDED-PROTOCOL": "ssl", "X-FORWARDED-SSL": "on"}

# The address of a list of a hundred pasted ids is longer than gunicorn takes by itself.
limit_request_line = 8190

workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 8
timeout = 60  # seconds
control_socket_disable = True  # nobody uses it, and the home folder need not be writable


def when_ready(server: Any) -> None:
    """A daemon is another process than the one that read this file."""
    if _is_new:
        os.environ[_MADE_BY] = str(os.getpid())


def on_exit(server: Any) -> None:
    if os.environ.get(_MADE_BY) == str(os.getpid()):
        shutil.rmtree(os.environ[_FOLDER], ignore_errors=True)


def pre_request(worker: Any, req: Any) -> None:
    """Each proxy of a chain may add an entry: `https, http`. gunicorn knows single words alone."""
    sent = ",".join(value for name, value in req.headers if name == "X-FORWARDED-PROTO")
    entries = [entry.strip().lower() for entry in sent.split(",") if entry.strip()]
    if entries and _is_believed(req):
        req.scheme = "https" if entries[0] == "https" else "http"


def _is_believed(req: Any) -> bool:
    """Whether a proxy sent it, by the same rule as gunicorn's own: FORWARDED_ALLOW_IPS."""
    if not isinstance(req.peer_addr, tuple):
        return True  # a Unix socket
    peer, allowed = ip_address(req.peer_addr[0]), req.cfg.forwarded_allow_ips
    return "*" in allowed or any(peer in ip_network(entry, strict=False) for entry in allowed)
