"""The image that the Dockerfile describes, built and run without an engine.

A folder stands for /srv/billing-portal. Every step runs as an unprivileged user to whom the rest of
the machine is read-only.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.helpers.portals.dockerfile import Stage, stages
from tests.helpers.sandbox_process import PROJECT

HOME = "/srv/billing-portal"
_BUILDS_FOR = 300  # seconds
_CONFINED = Path(__file__).with_name("confined.sh")
# What an engine passes on, and how this machine reaches the index of packages.
_PATH = "/usr/local/bin:/usr/bin:/bin"
_OF_THE_MACHINE = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "SSL_CERT")
_IS_ROOT = os.geteuid() == 0


class Image:
    """Built in `folder`; what its containers write and read is in two folders beside it."""

    def __init__(self, folder: Path) -> None:
        self._stages = stages((PROJECT / "Dockerfile").read_text())
        self.data, self.secrets = folder / "data", folder / "secrets"
        self._context = folder / "context"
        self._built, self._folder = folder / "build", folder / "portal"
        folder.chmod(0o755)
        for made in (self.data, self.secrets, self._built):
            made.mkdir()
            _own(made, self.user)
        _take_context(self._context)
        self._build(self._stages["build"])
        assert self.stage.texts("COPY") == [f"--from=build {HOME} ./"]
        shutil.copytree(self._built, self._folder, symlinks=True)

    @property
    def stage(self) -> Stage:
        return self._stages["portal"]

    @property
    def user(self) -> int:
        (user,) = self.stage.texts("USER")
        return int(user.partition(":")[0])

    def put(self, name: str, content: str) -> None:
        """Mount a file beside manage.py."""
        (self._folder / name).write_text(content)

    def start(self, command: list[str], log: Path, **more: str) -> "subprocess.Popen[bytes]":
        with log.open("w") as written:
            return subprocess.Popen(
                self._confined(self._folder, "ro", command),
                env=self._environment(more),
                stdout=written,
                stderr=written,
            )

    def run(self, command: list[str], **more: str) -> "subprocess.CompletedProcess[str]":
        return self._run(self._folder, "ro", command, self._environment(more))

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return {"HOME": "/", "PATH": _PATH} | self.stage.environment | more

    def _build(self, stage: Stage) -> None:
        environment = {
            name: text for name, text in os.environ.items() if name.startswith(_OF_THE_MACHINE)
        }
        environment |= {"HOME": "/", "PATH": _PATH} | stage.environment
        for step in stage.steps:
            if step.instruction == "COPY":
                self._copy(*step.text.split())
            elif step.instruction == "RUN":
                ran = self._run(self._built, "rw", ["/bin/sh", "-c", step.text], environment)
                assert ran.returncode == 0, f"{step.text}: {ran.stdout}{ran.stderr}"
            elif step.instruction == "WORKDIR":
                assert step.text == HOME

    def _copy(self, *names: str) -> None:
        *sources, to = names
        assert to == "./"
        for source in sources:
            if source == ".":
                shutil.copytree(self._context, self._built, dirs_exist_ok=True)
            else:
                shutil.copy(self._context / source, self._built)
        _own(self._built, self.user)

    def _run(
        self, folder: Path, mode: str, command: list[str], environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self._confined(folder, mode, command),
            env=environment,
            capture_output=True,
            text=True,
            timeout=_BUILDS_FOR,
            check=False,
        )

    def _confined(self, folder: Path, mode: str, command: list[str]) -> list[str]:
        """Where we are not root, a user namespace lets us mount, and is no privilege outside."""
        root, user = ([], self.user) if _IS_ROOT else (["--map-root-user"], 0)
        places = [str(folder), mode, str(self.data), str(self.secrets), sys.base_prefix, str(user)]
        return ["/usr/bin/unshare", "--mount", *root, "/bin/sh", str(_CONFINED), *places, *command]


def _take_context(folder: Path) -> None:
    """What .dockerignore lets in."""
    lines = (PROJECT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns[0] == "*", "everything is kept out but what is named"
    named = [line.removeprefix("!") for line in patterns if line.startswith("!")]
    nowhere = [line.removeprefix("**/") for line in patterns if line.startswith("**/")]
    assert len(patterns) == 1 + len(named) + len(nowhere)
    folder.mkdir()
    for name in named:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns(*nowhere))
        else:
            shutil.copy(PROJECT / name, folder)


def _own(folder: Path, user: int) -> None:
    if _IS_ROOT:
        subprocess.run(["chown", "--recursive", str(user), str(folder)], check=True)
