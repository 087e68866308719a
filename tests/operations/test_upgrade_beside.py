"""The previous release serves and syncs while the next one migrates its database, and after."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import requests

from tests.helpers.portals.installation import PATIENCE, Installation

PLAIN = {"SESSION_COOKIE_SECURE": "off", "CSRF_COOKIE_SECURE": "off"}
# What a next release may change, by the rules of tests/database/test_safe_migrations.py.
NEXT = {
    "0300_columns": """
class Migration(migrations.Migration):
    dependencies = [("customers", "{last}")]
    operations = [
        migrations.AddField("customer", "colour", models.CharField(max_length=9, null=True)),
        migrations.AddField("customer", "rank", models.IntegerField(db_default=0)),
    ]
""",
    "0301_index": """
class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0300_columns")]
    operations = [AddIndexOnline("customer", models.Index(fields=["rank"], name="by_rank"))]
""",
    "0302_check": """
class Migration(migrations.Migration):
    dependencies = [("customers", "0301_index")]
    operations = [
        AddCheckUnvalidated(
            "customer", models.CheckConstraint(condition=models.Q(rank__gte=0), name="ranked")
        )
    ]
""",
    "0303_checked": """
class Migration(migrations.Migration):
    dependencies = [("customers", "0302_check")]
    operations = [ValidateCheck("customer", "ranked")]
""",
}
IMPORTS = """
from django.db import migrations, models

from customers.database.online_changes import AddCheckUnvalidated, AddIndexOnline, ValidateCheck
"""


@pytest.fixture
def portal(new_database, sandbox):
    database = new_database("beside")
    portal = database.portal(sandbox)
    assert portal.run("migrate", "--verbosity=0").code == 0
    if not database.is_sqlite:  # as an attempt that was interrupted leaves it
        database.execute("CREATE INDEX by_rank ON customers_customer (balance)")
    portal.make_user("ana")
    assert portal.set_credentials("ana").code == 0
    assert portal.import_all().code == 0
    return portal


@pytest.fixture
def next_release(portal, tmp_path):
    made = Installation(tmp_path / "next", portal.environment)
    folder = made.folder / "customers" / "migrations"
    last = max(path.stem for path in folder.glob("0*.py"))
    for name, text in NEXT.items():
        (folder / f"{name}.py").write_text(IMPORTS + text.replace("{last}", last))
    return made


def signed_in(address):
    browser = requests.Session()
    form = browser.get(f"{address}/admin/login/", timeout=PATIENCE).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    typed = {"username": "ana", "password": "a password of the tests"}
    sent = typed | {"csrfmiddlewaretoken": token[1], "next": "/"}
    assert browser.post(f"{address}/admin/login/", sent, timeout=PATIENCE).status_code == 200
    return browser


def test_the_release_before_works_on_while_the_next_one_migrates(portal, next_release, tmp_path):
    previous = Installation(tmp_path / "previous", portal.environment | PLAIN)
    previous.collect()
    over = Event()
    with previous.served(tmp_path / "log") as served, ThreadPoolExecutor() as pool:
        browser = signed_in(served.address)

        def click():
            statuses = []
            while not over.is_set():
                for path in ("/", "/orgs/", "/healthz"):
                    answer = browser.get(f"{served.address}{path}", timeout=PATIENCE)
                    statuses.append(answer.status_code)
            return statuses

        clicking = pool.submit(click)
        syncing = pool.submit(portal.run, "sync_customers", "--limit", "20")
        migrated = next_release.manage("migrate", "--verbosity=0")
        again = portal.run("sync_customers", "--json")  # stores rows without the new columns
        over.set()

        assert (migrated.returncode, migrated.stderr) == (0, "")
        assert syncing.result().code == again.code == 0
        assert again.object["checked"] > 0
        assert set(clicking.result()) == {200}
    assert next_release.manage("migrate", "--check").returncode == 0
