"""Run the sandbox: `python -m sandbox --help`."""

import argparse
import sys
from pathlib import Path

import uvloop

from sandbox.command_line import parser, start_of
from sandbox.server import serve
from sandbox.state import SandboxState
from sandbox.world.world import World


def main() -> int:
    options = _options()
    try:
        state = SandboxState(start_of(options))
    except OSError as exc:
        return _failed(f"Cannot read {exc.filename}: {exc.strerror}.")
    if options.organizations_csv:
        return _write_csv(state.world, options.organizations_csv)
    return _serve(state, options.host, options.port)


def _options() -> argparse.Namespace:
    arguments = parser()
    options = arguments.parse_args()
    if options.only_folder and options.customers is None:
        arguments.error("--only-folder needs --customers FOLDER.")
    return options


def _serve(state: SandboxState, host: str, port: int) -> int:
    try:
        uvloop.run(serve(state, host, port, _announce))
    except OSError as exc:
        return _failed(f"Cannot listen on {host} port {port}: {exc.strerror}.")
    return 0


def _announce(address: str) -> None:
    sys.stdout.write(f"Sandbox of the Catalyze API listening on {address} (made-up data)\n")
    sys.stdout.flush()


def _write_csv(world: World, name: str) -> int:
    try:
        if name == "-":
            sys.stdout.buffer.writelines(world.csv_chunks())
            sys.stdout.buffer.flush()
        else:
            with Path(name).open("wb") as file:
                file.writelines(world.csv_chunks())
    except OSError as exc:
        return _failed(f"Cannot write {name}: {exc.strerror}.")
    return 0


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
