"""What most tests stand on: the sandbox as the upstream, and staff with credentials of their own."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from customers.models import Organization
from customers.services import credentials
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[SandboxProcess]:
    with SandboxProcess("--organizations", "60") as process:
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


def make_staff(name: str) -> User:
    user = User.objects.create_user(name, password="a password of the tests", is_staff=True)
    user.groups.add(Group.objects.get(name="Support"))
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
