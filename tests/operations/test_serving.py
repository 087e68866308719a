"""gunicorn with two workers, as its configuration file makes it serve."""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from customers.services.search.find import LONGEST_QUERY_STRING
from tests.helpers.commands import Portal
from tests.helpers.portals.installation import TOKEN, Installation, wait_for


@pytest.fixture(scope="module")
def environment(sandbox_process, tmp_path_factory) -> dict[str, str]:
    """On an empty database of SQLite: what is tried here asks it for next to nothing."""
    database = tmp_path_factory.mktemp("served") / "portal.sqlite3"
    return Portal(database, sandbox_process).environment


@pytest.fixture(scope="module")
def installation(environment, tmp_path_factory) -> Installation:
    """One that is ready to be served."""
    made = Installation(tmp_path_factory.mktemp("installation"), environment)
    made.collect()
    assert made.manage("migrate", "--verbosity=0").returncode == 0
    return made


@pytest.fixture
def served(installation, tmp_path):
    with installation.served(tmp_path / "log") as served:
        yield served


def folder_of(served):
    """Where its workers put their figures."""
    (folder,) = served.log.parent.glob("billing-portal-metrics-*")
    return folder


def ask(served, times=20):
    """Pages and the probe, all of which answer."""
    for _ in range(times):
        assert served.get("/healthz").status_code == 200
        assert served.get("/admin/login/").status_code == 200


def test_the_address_of_a_long_list_of_pasted_clues_is_served(served):
    answer = served.get(f"/orgs/?q={'a' * LONGEST_QUERY_STRING}&after={'b' * 500}")

    assert answer.status_code == 302


def test_workers_add_up_their_figures_and_log_one_object_a_line(served):
    for _ in range(20):
        assert served.get("/healthz").status_code == 200
    wait_for(lambda: served.counted("healthz") == 20)
    served.stop()

    lines = [line for line in served.text.splitlines() if line.startswith("{")]
    events = [json.loads(line) for line in lines]
    assert len([event for event in events if event.get("view") == "healthz"]) == 20
    assert {"gunicorn.error", "observability.middleware"} <= {event["logger"] for event in events}


def test_its_own_folder_of_figures_is_removed_at_its_end(served):
    folder = folder_of(served)

    served.stop()

    assert not folder.exists()


def test_a_removed_folder_of_figures_fails_no_request_and_is_made_again(served):
    ask(served)
    shutil.rmtree(folder_of(served))
    ask(served)
    served.renew_workers()
    ask(served)

    assert list(folder_of(served).glob("*.db"))
    assert served.counted("healthz") >= 20
    assert served.text.count("are not counted") == 0


def test_removed_files_of_figures_are_made_again(served):
    ask(served)
    for file in folder_of(served).iterdir():
        file.unlink()

    ask(served)

    wait_for(lambda: served.counted("healthz") > 0)
    assert served.counted("healthz") <= 20


def test_a_file_of_figures_that_was_cut_short_fails_no_request(served):
    ask(served)
    (folder_of(served) / "histogram_1.db").touch()

    assert served.get("/metrics", Authorization=f"Bearer {TOKEN}").status_code == 200


def test_figures_that_cannot_be_written_fail_no_request_and_are_said_once(served):
    folder = folder_of(served)
    shutil.rmtree(folder)
    folder.write_text("something else of that name")

    ask(served)
    served.renew_workers()
    ask(served)

    assert served.get("/metrics", Authorization=f"Bearer {TOKEN}").ok
    assert 1 <= served.text.count("Requests are not counted: ") <= 4  # once a worker


def test_a_folder_that_the_operator_named_is_made_and_left(installation, tmp_path):
    folder = tmp_path / "figures" / "portal"

    with installation.served(tmp_path / "log", PROMETHEUS_MULTIPROC_DIR=str(folder)) as served:
        ask(served)
        assert served.counted("healthz") > 0

    assert list(folder.glob("*.db"))
    assert list(tmp_path.glob("billing-portal-metrics-*")) == []


def test_a_reload_keeps_the_folder_of_figures(served):
    ask(served)
    folder, before = folder_of(served), served.workers()

    served.process.send_signal(signal.SIGHUP)
    wait_for(lambda: not set(served.workers()) & set(before))
    ask(served)

    assert folder_of(served) == folder
    assert served.counted("healthz") >= 20


def test_a_master_that_takes_over_keeps_its_figures_when_the_former_ends(served):
    served.process.send_signal(signal.SIGUSR2)
    wait_for(lambda: len(list(served.log.parent.glob("billing-portal-metrics-*"))) == 2)
    wait_for(lambda: served.text.count("Booting worker") == 4)
    (other,) = filter(is_master, served.workers())
    try:
        served.stop()
        ask(served)
        assert served.counted("healthz") > 0
        assert folder_of(served).is_dir()
    finally:
        os.kill(other, signal.SIGTERM)
    wait_for(lambda: not list(served.log.parent.glob("billing-portal-metrics-*")))


@pytest.mark.parametrize(
    ("sent", "is_https"),
    [
        ("https", True),
        ("https,https", True),
        ("https, http", True),
        ("HTTPS", True),
        ("http", False),
        ("http, https", False),
        ("", False),
        ("ftp", False),
    ],
)
def test_the_first_proxy_says_whether_the_browser_spoke_https(https_only, sent, is_https):
    answer = https_only.get("/admin/login/", X_Forwarded_Proto=sent)

    assert answer.status_code == (200 if is_https else 301)


def test_a_proxy_that_is_not_believed_says_nothing(installation, tmp_path):
    more = {"SECURE_SSL_REDIRECT": "on", "FORWARDED_ALLOW_IPS": "192.0.2.0/24"}
    with installation.served(tmp_path / "log", **more) as served:
        for sent in ("https", "https,https"):
            assert served.get("/admin/login/", X_Forwarded_Proto=sent).status_code == 301


@pytest.fixture(scope="module")
def https_only(installation, tmp_path_factory):
    log = tmp_path_factory.mktemp("https") / "log"
    with installation.served(log, SECURE_SSL_REDIRECT="on") as served:
        yield served


def test_without_static_files_all_say_what_to_do(environment, installation, tmp_path):
    bare = Installation(tmp_path / "bare", environment)

    with bare.served(tmp_path / "log") as served:
        pages = [served.get(path) for path in ("/admin/login/", "/orgs/x/", "/nowhere/")]
        probe = served.get("/healthz")
    checked = bare.manage("check", "--deploy")

    assert [page.status_code for page in pages] == [503, 302, 503]
    for said in (pages[0].text, pages[2].text, probe.text, served.text, checked.stderr):
        assert "collectstatic" in said
    assert probe.status_code == 503
    assert probe.json()["status"] == "unavailable"
    assert (checked.returncode, "billing_portal.E004" in checked.stderr) == (1, True)


def test_a_file_that_came_with_an_upgrade_is_missed(environment, tmp_path):
    upgraded = Installation(tmp_path / "upgraded", environment)
    upgraded.collect()
    (upgraded.folder / "static" / "css" / "new.css").write_text("p { color: red }")
    base = upgraded.folder / "templates" / "base.html"
    base.write_text(base.read_text().replace("css/base.css", "css/new.css"))

    with upgraded.served(tmp_path / "log") as served:
        page = served.get("/admin/login/")
    checked = upgraded.manage("check", "--deploy")

    assert (page.status_code, "collectstatic" in page.text) == (503, True)
    assert "1 static files have not been collected, such as css/new.css" in checked.stderr
    assert "css/new.css" in served.text


def test_collected_files_are_no_trouble(installation):
    checked = installation.manage("check", "--deploy")

    assert "E004" not in checked.stderr


def is_master(number: int) -> bool:
    """Whether it has workers of its own."""
    return bool(Path(f"/proc/{number}/task/{number}/children").read_text().split())
