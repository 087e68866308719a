"""Take the README's pictures of a new demo, which has a database of its own for it.

Needs what the tests need: Playwright and Chromium.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from demo.first_env import SANDBOX_PORT, sandbox_url

_BASE_DIR = Path(__file__).resolve().parent.parent
_IMAGES = _BASE_DIR / "docs" / "images"
_SIGN_IN = re.compile(r"as ana with the password (\S+)")
_IS_UP = "Stop it with Ctrl-C."
_ORGANIZATION = "Sycamore Surgical"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.pictures", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--sandbox-port", type=int, default=SANDBOX_PORT)
    parser.add_argument("--folder", type=Path, default=_IMAGES, help="where to (docs/images)")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with _demo(options.port, options.sandbox_port) as password, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            base_url=f"http://127.0.0.1:{options.port}",
            viewport={"width": 1280, "height": 900},
            locale="en-GB",
        )
        page.set_default_timeout(60_000)
        _sign_in(page, password)
        _take_all(page, options.folder)
        browser.close()


@contextmanager
def _demo(port: int, sandbox_port: int) -> Iterator[str]:
    """A new demo; gives Ana's password."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            ["env", f"DATABASE_URL=sqlite:///{folder}/portal.sqlite3"]
            + [f"CATALYZE_BASE_URL={sandbox_url(sandbox_port)}", sys.executable, "-m", "demo"]
            + ["--port", str(port), "--sandbox-port", str(sandbox_port)],
            cwd=_BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield _password(process)
        finally:
            process.terminate()
            process.wait()


def _password(process: "subprocess.Popen[str]") -> str:
    printed = ""
    for line in process.stdout or ():
        printed += line
        if _IS_UP in line and (found := _SIGN_IN.search(printed)):
            return found[1]
    sys.exit(f"The demo did not start: {printed}")


def _sign_in(page: Page, password: str) -> None:
    page.goto("/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def _take_all(page: Page, folder: Path) -> None:
    _take(page, "/orgs/?worklist=delinquent", folder / "worklist.png")
    page.get_by_role("link", name=_ORGANIZATION).first.click()
    page.wait_for_load_state()
    _take(page, page.url, folder / "organization.png")
    # Last, when somebody has been at work.
    _take(page, "/", folder / "overview.png")


def _take(page: Page, url: str, path: Path) -> None:
    page.goto(url, wait_until="networkidle")
    page.screenshot(path=path)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
