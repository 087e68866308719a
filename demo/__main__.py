"""Prepare the database and serve the portal, as `make run` does.

If CATALYZE_BASE_URL is the sandbox's address, also start the sandbox, and fill the portal with its
organizations, demo users and twelve weeks of history.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from billing_portal.utf8 import speak_utf8
from customers.management.garbage import collect_rarely
from demo.first_env import SANDBOX_PORT, sandbox_url, write_first_env

BASE_DIR = Path(__file__).resolve().parent.parent
_SECONDS_TO_START = 30.0


def main() -> None:
    speak_utf8()
    arguments = _arguments()
    port, sandbox_port = arguments.port, arguments.sandbox_port
    if write_first_env(BASE_DIR / ".env", sandbox_port):
        _say("Wrote .env with fresh random keys.")
    _check_port(port, f"try: make run PORT={port + 1}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")
    try:
        django.setup()
    except ImproperlyConfigured as exc:
        sys.exit(f"The settings cannot be used: {exc}")
    collect_rarely()
    call_command("check")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    signal.signal(signal.SIGTERM, _end)
    _serve(port, sandbox_port, ["--odd"] if arguments.odd else [])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the portal listens (8000)")
    parser.add_argument(
        "--sandbox-port",
        type=int,
        default=SANDBOX_PORT,
        help=f"where the sandbox does ({SANDBOX_PORT})",
    )
    parser.add_argument(
        "--odd",
        action="store_true",
        help="hostile and odd customers instead of an ordinary desk; use a database of its own",
    )
    return parser.parse_args()


def _serve(port: int, sandbox_port: int, kind: list[str]) -> None:
    """Run the portal, and the sandbox if configured, until a signal."""
    from django.conf import settings

    from demo.demo_users import first_day, refuse_made_up_data, refuse_real_data
    from demo.fill import fill

    processes = []
    sign_in = ""
    try:
        if sandbox_url(sandbox_port) != settings.CATALYZE_BASE_URL:
            refuse_made_up_data()
        else:
            _check_port(sandbox_port, "stop what listens there")
            refuse_real_data()
            began = first_day()
            options = ["--port", str(sandbox_port), "--lives-end-on", began.isoformat(), *kind]
            processes.append(_start("-m", "sandbox", *options))
            _wait_for(sandbox_port, processes[-1])
            sign_in = fill(began, _say)
        processes.append(_start("-m", "gunicorn", *gunicorn_arguments(port)))
        _wait_for(port, processes[-1])
        _say(f"\nThe portal is at http://127.0.0.1:{port}/")
        _say(sign_in or _first_steps(sandbox_port))
        _say("Stop it with Ctrl-C.")
        sys.exit(processes[-1].wait())
    except KeyboardInterrupt:
        _say("\nStopped.")
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def _first_steps(sandbox_port: int) -> str:
    from django.conf import settings
    from django.contrib.auth.models import User

    said = (
        f"It asks {settings.CATALYZE_BASE_URL}. The sandbox runs only for "
        f"{sandbox_url(sandbox_port)}."
    )
    if not User.objects.exists():
        said += "\nCreate a first user with: .venv/bin/python manage.py createsuperuser"
    return said


def gunicorn_arguments(port: int) -> list[str]:
    return [
        "billing_portal.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        # Seconds; with gunicorn's two, readers would meet closing connections.
        "--keep-alive=30",
        "--log-level=warning",
    ]


def _start(*arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, *arguments], cwd=BASE_DIR)


def _check_port(port: int, remedy: str) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Port {port} is already in use; {remedy}")


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"Nothing listens on port {port}; the lines above say why.")


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
