"""What most tests stand on: the sandbox as the upstream, and staff with their own credentials."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, TransactionTestCase
from django.utils.translation import deactivate
from hypothesis import settings as hypothesis

from customers.models import Disclosure, DisclosureHead, Organization, VerifiedPosition
from customers.services.accounts.support_group import SUPPORT
from customers.services.credentials import store as credentials
from customers.services.disclosures import triggers as disclosure_triggers
from tests.helpers.sandbox_process import SandboxProcess
from tests.helpers.secrecy import Watch, watch_for_secrets

# The same examples on every run, so that a test fails because of a change and of nothing else;
# `make fuzz` tries ten thousand new ones.
hypothesis.register_profile(
    "quick", max_examples=60, deadline=None, database=None, derandomize=True
)
hypothesis.register_profile("thorough", max_examples=10_000, deadline=None, print_blob=True)
hypothesis.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="write a picture of every page here")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request in another language leaves its thread in it, as in production until the next."""
    yield
    deactivate()


@pytest.fixture(scope="session")
def screenshots(pytestconfig: pytest.Config) -> Path | None:
    """Where pictures of the pages are wanted, if they are."""
    folder = pytestconfig.getoption("--screenshots")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.fixture(scope="session")
def _watch_of_the_run() -> Iterator[Watch]:
    with pytest.MonkeyPatch.context() as patch:
        yield watch_for_secrets(patch)


@pytest.fixture(autouse=True)
def secrecy(_watch_of_the_run: Watch) -> Iterator[Watch]:
    """Fails a test that lets a secret out, by whatever way."""
    yield _watch_of_the_run
    assert _watch_of_the_run.take_leaks() == []


@pytest.fixture(scope="session", autouse=True)
def _the_log_may_be_emptied_between_tests() -> Iterator[None]:
    """The database refuses to empty the disclosure log; a test with real transactions has to."""
    empty_database = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        disclosure_triggers.drop()
        empty_database(case)  # which ends as `migrate` does, with the triggers made again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(scope="session")
def sandbox_process(_watch_of_the_run: Watch) -> Iterator[SandboxProcess]:
    with SandboxProcess("--organizations", "80") as process:
        passwords = [user["password"] for user in process.users().values()]
        _watch_of_the_run.know(process.api_key, *passwords)
        yield process


@pytest.fixture
def sandbox(sandbox_process: SandboxProcess, settings) -> Iterator[SandboxProcess]:
    """The upstream of this test, as it was at its start."""
    sandbox_process.reset()
    settings.CATALYZE_BASE_URL = sandbox_process.url
    yield sandbox_process
    sandbox_process.clear_faults()
    sandbox_process.set_latency(0)


@pytest.fixture
def ana(db) -> User:
    """Support staff; the sandbox shows her most organizations once she has signed in."""
    return make_staff("ana")


@pytest.fixture
def ben(db) -> User:
    """Support staff as well, who may see other organizations than Ana."""
    return make_staff("ben")


@pytest.fixture
def signed_in_ana(ana: User, sandbox: SandboxProcess) -> User:
    sign_in_upstream(ana, sandbox)
    return ana


@pytest.fixture
def signed_in_ben(ben: User, sandbox: SandboxProcess) -> User:
    sign_in_upstream(ben, sandbox)
    return ben


@pytest.fixture
def as_ana(signed_in_ana: User) -> Client:
    """A browser in which Ana is signed in."""
    return browser_of(signed_in_ana)


@pytest.fixture
def as_ben(signed_in_ben: User) -> Client:
    return browser_of(signed_in_ben)


def empty_log() -> None:
    """Make the log as it is at first, as only the owner of its tables can."""
    disclosure_triggers.drop()
    Disclosure.objects.all().delete()
    DisclosureHead.objects.all().delete()
    VerifiedPosition.objects.all().delete()
    disclosure_triggers.restore()


def make_staff(name: str) -> User:
    user = User.objects.create_user(name, password="a password of the tests", is_staff=True)
    user.groups.add(Group.objects.get(name=SUPPORT))
    return user


def sign_in_upstream(user: User, sandbox: SandboxProcess, *, keep: bool = False) -> None:
    """Give `user` credentials by signing in as the sandbox's user of the same name."""
    name = user.get_username()
    password = sandbox.users()[name]["password"]
    credentials.sign_in(user, name, password, sandbox.api_key, keep=keep)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def organization(org_id: str, name: str = "Northwind Clinics") -> Organization:
    return Organization.objects.create(org_id=org_id, name=name)
