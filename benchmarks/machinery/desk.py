"""A support desk: checked organizations, and staff who may see them."""

import io

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from benchmarks.machinery.filling import tidy
from customers.models import Access
from customers.services.credentials import store as credentials
from customers.services.organizations.csv_import import import_organizations
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from tests.helpers.sandbox_process import SandboxProcess

PASSWORD = "a password of the benchmark"
_MAIL = "soak@sandbox.invalid"
_UPSTREAM = "ana"  # the sandbox user whose credentials everyone has


def fill(sandbox: SandboxProcess, people: int) -> list[str]:
    """Returns the user names. Only the first user asks the sandbox; the others copy the proofs."""
    _refuse_other_people()
    listed = sandbox.control("GET", "organizations.csv").content.decode()
    import_organizations(io.StringIO(listed, newline=""))
    users = _make_users(people)
    for user in users:
        password = sandbox.users()[_UPSTREAM]["password"]
        credentials.sign_in(user, _UPSTREAM, password, sandbox.api_key, keep=False)
    report = Sync(Options((users[0].pk,)), "benchmark").run()
    if not report.checked:
        raise RuntimeError(f"The first sync checked nothing: {dict(report.troubles)}")
    _copy_proofs(users[0], users[1:])
    return [user.username for user in users]


def _refuse_other_people() -> None:
    if User.objects.exclude(email=_MAIL).exists():
        raise SystemExit("This database is in use; name an empty one.")
    User.objects.all().delete()


def _make_users(people: int) -> list[User]:
    # Hashed once, because it is slow by design.
    hashed = make_password(PASSWORD)
    names = [f"person-{number:02}" for number in range(people)]
    users = User.objects.bulk_create(
        [User(username=n, email=_MAIL, password=hashed, is_staff=True) for n in names]
    )
    Group.objects.get(name="Support").user_set.add(*users)
    return users


def _copy_proofs(giver: User, takers: list[User]) -> None:
    proofs = list(Access.objects.filter(user=giver))
    for taker in takers:
        Access.objects.bulk_create(
            [
                Access(
                    user_id=taker.pk,
                    organization_id=proof.organization_id,
                    state=proof.state,
                    proved_at=proof.proved_at,
                    customer_sent_at=proof.customer_sent_at,
                )
                for proof in proofs
            ],
            batch_size=1000,
        )
    tidy()
