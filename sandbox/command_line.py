"""Command-line options of `python -m sandbox`."""

import argparse
import ipaddress
import re
from datetime import date
from pathlib import Path

from sandbox.control import controls_as_text
from sandbox.faults.switchboard import FAULT_KINDS, Fault, read_fault
from sandbox.parameters import FaultError
from sandbox.state import Start
from sandbox.world.world import WorldOptions

DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
SECONDS_PER_UNIT = {"ms": 0.001, "s": 1.0}
HIGHEST_PORT = 65_535

EPILOG = f"""examples:
  python -m sandbox
  python -m sandbox --port 0 --organizations 5000 --latency 50ms --fault 503:0.1
  python -m sandbox --organizations-csv organizations.csv

kinds of faults:
  {" ".join(FAULT_KINDS[:12])}
  {" ".join(FAULT_KINDS[12:24])}
  {" ".join(FAULT_KINDS[24:])}

control routes (no sign-in; only from this machine):
{controls_as_text()}
"""


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Serve a stand-in for the Catalyze API with made-up organizations.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_server_options(options)
    _add_world_options(options)
    return options


def start_of(options: argparse.Namespace) -> Start:
    world = WorldOptions(
        seed=options.seed,
        today=options.today,
        lives_end_on=options.lives_end_on,
        organizations=options.organizations,
        is_odd=options.odd,
        folder=options.customers,
        only_folder=options.only_folder,
    )
    return Start(world=world, faults=tuple(options.fault), latency=options.latency)


def _add_server_options(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "--host", type=_loopback, default="127.0.0.1", help="a loopback address (%(default)s)"
    )
    options.add_argument(
        "--port", type=_port, default=8900, help="0 picks a free one (%(default)s)"
    )
    options.add_argument(
        "--latency", type=_duration, default=0.0, metavar="50ms", help="wait before every answer"
    )
    options.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="KIND[:SHARE]",
        help="spoil this share of the customer calls; may be repeated",
    )


def _add_world_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("--seed", type=int, default=1, help="what the data is made from")
    options.add_argument(
        "--today",
        type=_day,
        default=date.today(),
        metavar="YYYY-MM-DD",
        help="the day that customers are asked for (today)",
    )
    options.add_argument(
        "--lives-end-on",
        type=_day,
        metavar="YYYY-MM-DD",
        help="the day that expiry dates and events are counted from (--today)",
    )
    options.add_argument(
        "--organizations", type=_number, default=250, metavar="N", help="how many (%(default)s)"
    )
    options.add_argument(
        "--odd",
        action="store_true",
        help="instead of an ordinary desk, hostile and odd customers, and every state there is",
    )
    options.add_argument(
        "--customers", type=_folder, metavar="FOLDER", help="also serve each *.json of a folder"
    )
    options.add_argument(
        "--only-folder", action="store_true", help="serve nothing but the folder's organizations"
    )
    options.add_argument(
        "--organizations-csv", metavar="FILE", help="write their list (- is stdout) and exit"
    )


def _loopback(text: str) -> str:
    host = "127.0.0.1" if text == "localhost" else text
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise argparse.ArgumentTypeError(
            f"{text} is not a loopback address; the sandbox can be changed by anyone who reaches "
            "it, so it serves this machine only."
        )
    return host


def _port(text: str) -> int:
    port = _number(text)
    if port > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is not a port; the highest is {HIGHEST_PORT}.")
    return port


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of 0 or more.")
    return int(text)


def _duration(text: str) -> float:
    match = DURATION.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text} is not a duration such as 50ms or 1.5s.")
    return float(match[1]) * SECONDS_PER_UNIT[match[2]]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{text} is not a day such as 2015-03-31.") from exc


def _folder(text: str) -> Path:
    folder = Path(text)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is not a folder.")
    return folder


def _fault(text: str) -> Fault:
    kind, colon, share = text.partition(":")
    try:
        return read_fault({"kind": kind, "share": float(share) if colon else 1})
    except FaultError as exc:
        raise argparse.ArgumentTypeError(str(exc)) from exc
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{share} is not a share from 0 to 1.") from exc
