"""The page about the API: its commands are run as they stand there."""

import json
import shutil
import subprocess
from html import unescape
from re import DOTALL, findall

import pytest

from customers.api.problem import PROBLEMS
from customers.models import Disclosure
from tests.conftest import browser_of, make_staff
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.programs.api_table import ADDRESSES
from tests.helpers.rows import ago, give_credentials, make_change, show

ORG = "7c1f0a52-0d3e-4f57-9a70-5d1c9f3f3b11"


@pytest.fixture
def user(transactional_db):
    ana = make_staff("ana")
    give_credentials(ana)
    customer = show(ana, ORG, delinquent=True, first_checked_at=ago(60))
    change = make_change(customer.organization, last4=["1111", "4242"])
    change.changed_method = True
    change.save()
    return ana


def test_every_command_of_the_page_works(user, live_server, tmp_path):
    page = browser_of(user).get(f"{live_server.url}/api/docs/", headers=_host(live_server))
    keep, *commands = commands_of(page.content.decode())
    token = give_token(user)

    ran(keep, tmp_path, token)
    answers = {command: json.loads(ran(f"{command} --silent", tmp_path)) for command in commands}

    assert len(answers) == 8
    assert all("status" not in answer for answer in answers.values()), answers
    assert (tmp_path / "portal-token").stat().st_mode & 0o077 == 0
    assert not any(token in command for command in commands)
    # One organization, its history, a list, a search and the changes.
    assert Disclosure.objects.filter(org_id=ORG, where="api").count() == 5


def _host(live_server) -> dict[str, str]:
    return {"Host": live_server.url.removeprefix("http://")}


def commands_of(page: str) -> list[str]:
    found = findall(r'<pre class="code-block" data-part="[^"]+">(.*?)</pre>', page, DOTALL)
    return [unescape(command) for command in found]


def ran(command: str, folder, typed: str = "") -> str:
    shell = shutil.which("bash") or "bash"
    done = subprocess.run(
        [shell, "-c", command], cwd=folder, input=typed, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_page_shows_every_address_and_every_type_of_problem(as_ana):
    page = as_ana.get("/api/docs/").content.decode()

    assert all(f'id="of-{row.split()[0]}"' in page for row in ADDRESSES)
    assert all(f"<code>{type_}</code>" in page for type_ in PROBLEMS)
