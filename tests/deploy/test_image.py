"""The Dockerfile's steps, and what they build: behind deploy/nginx.conf, up to a signed-in user."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import requests
from django.http.request import validate_host
from requests.adapters import HTTPAdapter

from deploy.health_check import host_of
from tests.helpers.portals.image import HOME, Image
from tests.helpers.portals.installation import PATIENCE, wait_for
from tests.helpers.portals.nginx import HOST, nginx
from tests.helpers.portals.ports import free_port
from tests.helpers.sandbox_process import PROJECT

PASSWORD = "a password of the tests"
BROWSER = "127.0.0.7"  # another address than nginx's own
PYTHON = ["python", "manage.py"]


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Image:
    """Prepared as docs/install.md says, but on SQLite."""
    made = Image(tmp_path_factory.mktemp("image"))
    subprocess.run(["sh", "deploy/make_secrets.sh", str(made.secrets)], cwd=PROJECT, check=True)
    (made.secrets / "database_url").write_text("sqlite:////srv/data/portal.sqlite3\n")
    for file in made.secrets.iterdir():
        file.chmod(0o444)
    made.secrets.chmod(0o755)
    settings = (PROJECT / "deploy/portal.env").read_text()
    settings = settings.replace("/etc/billing-portal", "/run/secrets")
    made.put(".env", settings.replace("portal.example.com", HOST))
    for command in (["migrate", "--verbosity=0"], ["createsuperuser", "--noinput"]):
        ran = made.run(
            [*PYTHON, *command],
            DJANGO_SUPERUSER_USERNAME="ana",
            DJANGO_SUPERUSER_EMAIL="ana@staff.example",
            DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        )
        assert ran.returncode == 0, ran.stderr
    return made


class Container:
    def __init__(self, image: Image, log: Path) -> None:
        self.port, self.log = free_port(), log
        self.process = image.start(image.stage.command, log, PORT=str(self.port))
        wait_for(lambda: "Booting worker" in log.read_text())

    def processes(self) -> list[Path]:
        own = Path(f"/proc/{self.process.pid}")
        children = (own / f"task/{self.process.pid}/children").read_text().split()
        return [own, *(Path(f"/proc/{number}") for number in children)]


@pytest.fixture(scope="module")
def container(image, tmp_path_factory):
    started = Container(image, tmp_path_factory.mktemp("log") / "log")
    yield started
    started.process.terminate()
    assert started.process.wait(timeout=PATIENCE) == 0


@pytest.fixture(scope="module")
def front(container, tmp_path_factory):
    with nginx(tmp_path_factory.mktemp("nginx"), container.port) as served:
        yield served


@pytest.fixture
def browser(front):
    class FromElsewhere(HTTPAdapter):
        def init_poolmanager(self, *arguments, **more):
            super().init_poolmanager(*arguments, **more, source_address=(BROWSER, 0))

    session = requests.Session()
    session.trust_env = False
    session.verify = str(front.authority)
    session.mount("https://", FromElsewhere())
    return session


def sign_in(browser, front, **headers):
    address = f"{front.https}/admin/login/"
    page = browser.get(address, timeout=PATIENCE)
    assert page.status_code == 200
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text))
    form = {"csrfmiddlewaretoken": token, "username": "ana", "password": PASSWORD, "next": "/"}
    return browser.post(address, form, headers={"Referer": address} | headers, timeout=PATIENCE)


def test_a_user_signs_in_through_nginx(front, browser):
    page = sign_in(browser, front)

    assert (page.status_code, page.url) == (200, f"{front.https}/")
    assert "Overview" in page.text
    assert "max-age" in page.headers["Strict-Transport-Security"]
    assert all(cookie.secure for cookie in browser.cookies)


def test_the_address_of_the_browser_is_the_one_that_nginx_saw(front, browser, image):
    sign_in(browser, front, **{"X-Forwarded-For": "203.0.113.9"})

    events = image.run([*PYTHON, "export_security_events"]).stdout.splitlines()
    assert {json.loads(event)["address"] for event in events if "signin" in event} == {BROWSER}


def test_plain_http_leads_to_https(front):
    answer = requests.get(
        f"{front.http}/orgs/?q=1", headers={"Host": HOST}, allow_redirects=False, timeout=PATIENCE
    )

    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{HOST}/orgs/?q=1")


def test_what_a_browser_claims_of_its_connection_does_not_count(front, browser):
    claim = {"X-Forwarded-Proto": "http"}
    answer = browser.get(f"{front.https}/admin/login/", headers=claim, timeout=PATIENCE)

    assert (answer.status_code, answer.history) == (200, [])


def test_the_health_check_tells_a_portal_that_is_well_from_others(image, container):
    port = str(container.port)
    well = image.run(image.stage.health_check, PORT=port)
    refused = image.run(image.stage.health_check, PORT=port, ALLOWED_HOSTS="other.example")
    gone = image.run(image.stage.health_check, PORT=str(free_port()))

    assert (well.returncode, json.loads(well.stdout)["status"]) == (0, "ok")
    assert refused.returncode == 1
    assert (gone.returncode, gone.stderr) == (1, "")
    assert "does not answer" in gone.stdout


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        (["portal.example.com", "localhost"], "portal.example.com"),
        ([".example.com"], "example.com"),
        (["*"], "localhost"),
    ],
)
def test_the_health_check_asks_by_a_name_that_is_allowed(allowed, host):
    assert host_of(allowed) == host
    assert validate_host(host, allowed)


def test_no_secret_is_in_a_process_or_the_log(image, container, front, browser):
    sign_in(browser, front)
    said = [container.log.read_bytes()]
    said += [
        (process / name).read_bytes()
        for process in container.processes()
        for name in ("environ", "cmdline")
    ]

    assert any(b"PORT=" in text for text in said)
    for file in image.secrets.iterdir():
        if file.name != "database_url":
            assert not [text for text in said if file.read_bytes().strip() in text], file.name


def test_nothing_but_its_volumes_can_be_written(image):
    places = ["/srv/data", "/tmp", HOME, f"{HOME}/customers", "/srv", "/var/tmp", "/usr/local"]
    ran = image.run(["sh", "-c", f"for f in {' '.join(places)}; do touch $f/x && echo $f; done"])

    assert ran.stdout.split() == ["/srv/data", "/tmp"]


def test_no_step_needs_root_or_the_network_when_it_runs(image):
    assert image.user >= 1000
    assert image.stage.texts("RUN") == []
    assert image.run(["id", "-u"]).stdout.strip() in {str(image.user), "0"}


def test_only_what_the_portal_needs_gets_in(image):
    names = set(image.run(["ls", "-A"]).stdout.split())

    assert {".env", "manage.py", "staticfiles", ".venv"} <= names
    assert not names & {".git", ".github", "tests", "sandbox", "demo", "docs", "benchmarks"}


def test_static_files_are_collected(front, browser):
    page = browser.get(f"{front.https}/admin/login/", timeout=PATIENCE).text
    (path,) = set(re.findall(r'href="(/static/css/base\.[^"]+)"', page))

    assert browser.get(f"{front.https}{path}", timeout=PATIENCE).status_code == 200
