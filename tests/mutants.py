"""Break the rules on purpose, one at a time, in a copy of the project: tests must fail.

Run with `make mutants`. Each mutant is one replacement, tried against the tests that are about what
it breaks; one that none of them notices is named, and the run ends with 1.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ACCESS, FORMER = (
    "tests/services/access/test_visible.py",
    "tests/services/credentials/test_former_credentials.py",
)
STORING = "tests/services/checking/test_store_access.py"
_WALK = "tests/access/test_who_may_open.py::test_"
_PAGES = f"{_WALK}each_page_opens_to_those_who_may_and_shows_what_they_proved"
OTHERS, NOBODYS = f"{_PAGES}[only another user's proof]", f"{_PAGES}[staff without the permission]"
_EXISTENCE = "tests/access/test_existence.py::test_"
CALLS = f"{_EXISTENCE}a_first_answer_costs_as_many_calls_whether_or_not_the_organization_is_known"
DENIED = f"{_EXISTENCE}a_first_answer_after_a_denial_costs_as_many_calls_too"
_ALIKE = f"{_EXISTENCE}an_organization_that_is_known_looks_like_one_that_is_not"
EXISTENCE, UNTESTED = f"{_ALIKE}[with_session]", f"{_ALIKE}[untested_credentials_get_a_400]"
_RECORDED = "tests/access/test_disclosures_are_recorded.py::test_what_a_page_shows_is_recorded"
LISTED, EXPORTED = (f"{_RECORDED}_and_nothing_else[{page}]" for page in ("organizations", "export"))
BACK_OFFICE = "tests/access/test_back_office.py"
FACTOR = "tests/dashboard/account/test_second_factor.py"
_ORGANIZATION = "tests/dashboard/organizations/test_organization.py::test_"
NOTES = VIEWERS = f"{_ORGANIZATION}notes_and_viewers_are_not_told_to_who_was_never_sent_a_customer"
_DESK = "tests/dashboard/test_desk.py::test_"
PAST = f"{_DESK}who_was_only_told_not_set_up_learns_nothing_of_the_past"
_UPSTREAM = "tests/upstream/client/test_"
FORK, WIRE = f"{_UPSTREAM}fork.py", f"{_UPSTREAM}answers_and_requests.py"
TLS, DEADLINE = f"{_UPSTREAM}tls.py", f"{_UPSTREAM}deadline.py"
BOUNDS = f"{_UPSTREAM}client_bounds.py"
CHAIN, PRUNING = (f"tests/services/disclosures/test_{what}.py" for what in ("chain", "pruning"))
DIGEST = "tests/commands/test_send_digest.py"
UNTIL, NOW = (
    f"_settle(row, {at}, news.unverified, was_sent=" for at in ("until", "timezone.now()")
)
SERVICES, DASHBOARD = "customers/services", "customers/dashboard"
UPSTREAM = "customers/upstream"
# What somebody may see, and everything.
VISIBLE, ALL = "visible_customers(user).filter(", "Customer.objects.filter("
PLAINLY = "plainly_visible(user)"

# No mutant touches a table, so that one database will do for all.
COMMAND = [sys.executable, "-B", "-m", "pytest", "-qx", "-pno:cacheprovider", "--reuse-db"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """`before` stands in `file` and becomes `after`; `tests` must notice."""

    file: str
    before: str
    after: str
    tests: str


MUTANTS = (
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        "proof.{{column}} >= %s AND proof.{{column}} >= {_PRESENT}",
        "%s IS NOT NULL AND proof.{{column}} >= {_PRESENT}",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        " AND proof.{{column}} >= {_PRESENT}",
        " AND {_PRESENT} IS NOT NULL",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        "proof.user_id = %s AND proof",
        "%s IS NOT NULL AND proof",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        "(NOT {{is_set_up}} OR {_SENT})",
        "(TRUE OR {_SENT})",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        "{_GRANTED} AND {_SENT})",
        "{_GRANTED} AND (TRUE OR {_SENT}))",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/visible.py",
        'filter(_is_own("customer_sent_at", user), user_id=user.pk)',
        "filter(user_id=user.pk)",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/visible.py",
        "if sent_at >= oldest_valid():",
        "if True:",
        ACCESS,
    ),
    Mutant(f"{SERVICES}/checking/store.py", "row.customer_sent_at = None", "pass", STORING),
    Mutant(f"{SERVICES}/checking/store.py", "if is_doubtful and", "if False and", FORMER),
    Mutant(f"{SERVICES}/checking/check.py", "not _has_met(user, org_id)", "False", CALLS),
    Mutant(f"{SERVICES}/checking/check.py", ", state=Access.State.GRANTED", "", DENIED),
    Mutant(f"{SERVICES}/checking/check.py", "if not asked_with.has_worked:", "if False:", UNTESTED),
    Mutant(f"{SERVICES}/lists/export.py", "record(user, chunk, where, origin)", "pass", EXPORTED),
    Mutant(
        f"{SERVICES}/checking/store.py",
        "row.proves_since != outcome.asked_with.",
        "False and ",
        FORMER,
    ),
    Mutant(
        f"{SERVICES}/credentials/store.py",
        "before.proves_since if before and same_user else now",
        "before.proves_since if before else now",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/credentials/store.py", "_drop_proofs_since(user_id, now)\n", "pass\n", ACCESS
    ),
    Mutant(
        f"{SERVICES}/organizations/page_fingerprint.py",
        "repr((session, ",
        "repr((",
        "tests/dashboard/organizations/test_in_place.py",
    ),
    Mutant(
        f"{SERVICES}/credentials/store.py",
        "Access.objects.filter(user_id=user.pk).delete()",
        "pass",
        "tests/services/credentials/test_store.py",
    ),
    Mutant(
        f"{SERVICES}/credentials/encryption.py",
        'if fields.pop("user") != user_id:',
        'if not fields.pop("user"):',
        "tests/services/credentials/test_encryption.py",
    ),
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        " AND proof.state = 'granted'",
        "",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/proof_rule.py",
        "{_PROOF} AND {_SENT})",
        "{_PROOF} AND (TRUE OR {_SENT}))",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access/visible.py",
        f"{VISIBLE}organization__org_id=org_id)",
        f"{ALL}organization__org_id=org_id)",
        OTHERS,
    ),
    Mutant(
        f"{SERVICES}/access/visible.py",
        '_IS_ANSWERED, Shows(user, "pk", "is_set_up")',
        "_IS_ANSWERED",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/lists/listing.py",
        "customers = _listed(user, visible(user), listed)",
        "customers = _listed(user, Customer.objects.all(), listed)",
        "tests/services/lists/test_listing.py",
    ),
    Mutant(
        f"{SERVICES}/lists/filter_choices.py",
        "({{allowed}}) IS TRUE",
        "({{allowed}}) IS NOT NULL",
        "tests/services/lists/test_filter_choices.py",
    ),
    Mutant(
        f"{SERVICES}/overview/sample.py",
        f"rows = list({PLAINLY}",
        "rows = list(Customer.objects",
        "tests/services/overview/test_sample.py",
    ),
    Mutant(
        f"{SERVICES}/lists/change_feed.py",
        "_of_kind(visible_changes(user), kind)",
        "_of_kind(Change.objects.all(), kind)",
        "tests/services/lists/test_change_feed.py",
    ),
    Mutant(
        f"{SERVICES}/search/find.py",
        f"visible = {PLAINLY}",
        "visible = Customer.objects.all()",
        "tests/services/search/test_find.py",
    ),
    Mutant(
        f"{SERVICES}/search/find.py",
        "visible.filter(organization__org_id=clues.text)",
        "Customer.objects.filter(organization__org_id=clues.text)",
        EXISTENCE,
    ),
    Mutant(f"{SERVICES}/search/unfound.py", f"{PLAINLY}.filter(", ALL, EXISTENCE),
    Mutant(
        f"{SERVICES}/lists/shared_cards.py",
        f"rows = {PLAINLY}.filter(",
        f"rows = {ALL}",
        "tests/services/lists/test_shared_cards.py",
    ),
    Mutant(
        f"{SERVICES}/lists/shared_cards.py",
        f"paid = {PLAINLY}",
        "paid = Customer.objects",
        "tests/services/lists/test_shared_cards.py",
    ),
    Mutant(
        f"{SERVICES}/lists/shared_cards.py",
        f"same = {PLAINLY}",
        "same = Customer.objects",
        "tests/services/lists/test_shared_cards.py",
    ),
    Mutant(
        f"{SERVICES}/organizations/same_customer.py",
        f"same = {PLAINLY}",
        "same = Customer.objects",
        "tests/dashboard/organizations/test_same_customer.py",
    ),
    Mutant(
        f"{SERVICES}/sync/failures.py", VISIBLE, ALL, "tests/dashboard/operations/test_syncs.py"
    ),
    Mutant(
        f"{SERVICES}/organizations/notes.py",
        "if last_sent(user, customer) is None:",
        "if 0:",
        NOTES,
    ),
    Mutant(
        f"{DASHBOARD}/organizations/notes.py",
        "if not _is_own(request, note):",
        "if False:",
        "tests/dashboard/organizations/test_notes.py",
    ),
    Mutant(
        f"{DASHBOARD}/organizations/notes.py",
        "notes_of(request.user, found.customer)",
        "Note.objects.all()",
        "tests/dashboard/organizations/test_notes.py",
    ),
    Mutant(f"{DASHBOARD}/organizations/past_day.py", "if not sees_whole_past(", "if 0 and (", PAST),
    Mutant(
        f"{DASHBOARD}/lists/lists.py",
        "chosen = visible_customers(request.user).filter(",
        "chosen = Customer.objects.filter(",
        "tests/dashboard/lists/test_lists.py",
    ),
    Mutant(
        f"{DASHBOARD}/lists/lists.py",
        "visible_customers(user).filter(organization__org_id=listed.card_of)",
        "Customer.objects.filter(organization__org_id=listed.card_of)",
        EXISTENCE,
    ),
    Mutant(
        f"{DASHBOARD}/site.py",
        " and not lacks_second_factor(request)",
        "",
        FACTOR,
    ),
    Mutant(f"{DASHBOARD}/site.py", "return request.session.get(PASSED) != factor", "", FACTOR),
    Mutant(
        f"{DASHBOARD}/account/factor_setup.py",
        "    request.session.cycle_key()",
        "    pass",
        FACTOR,
    ),
    Mutant(
        f"{SERVICES}/accounts/account_changes.py",
        "if end_sessions(user.pk, but=session_key):",
        "if False:",
        "tests/dashboard/account/test_factor_setup.py",
    ),
    Mutant(
        f"{SERVICES}/accounts/session_store.py",
        "session_key=hash_of(row.session_key)",
        "session_key=row.session_key",
        "tests/dashboard/account/test_session_store.py",
    ),
    Mutant(f"{DASHBOARD}/site.py", '{"view_on_site", "logout"}', '{"logout"}', BACK_OFFICE),
    Mutant(
        f"{DASHBOARD}/admin/declared_lookups.py",
        "return lookup in {*self._of_filters(request), *self._of_dates()}",
        "return True",
        BACK_OFFICE,
    ),
    Mutant(
        f"{DASHBOARD}/admin/quiet_deletion.py",
        "[bdi(row) for row in objs], {}",
        "super().get_deleted_objects(objs, request)[0], {}",
        BACK_OFFICE,
    ),
    Mutant(f"{DASHBOARD}/site.py", "if not request.user.has_perms(needed):", "if False:", NOBODYS),
    Mutant(f"{DASHBOARD}/organizations/organization.py", "if knows_past", "if True", VIEWERS),
    Mutant(f"{DASHBOARD}/lists/lists.py", "{*told, owner} if owner else ", "", LISTED),
    Mutant(f"{DASHBOARD}/lists/lists.py", "*(renewal.customer for renewal in renewed)", "", LISTED),
    Mutant(f"{SERVICES}/disclosures/entry_hash.py", '    "purpose",\n', "", CHAIN),
    Mutant(f"{SERVICES}/disclosures/entry_hash.py", '2: ("id", ', "2: (", CHAIN),
    Mutant(f"{SERVICES}/disclosures/chain.py", "if entry.format < format_:", "if False:", CHAIN),
    Mutant(f"{SERVICES}/disclosures/chain.py", "entry.id == number + 1", "True", CHAIN),
    Mutant(f"{SERVICES}/disclosures/pruning.py", "    list(follow(old, head))\n", "", PRUNING),
    Mutant(
        f"{SERVICES}/disclosures/pruning.py",
        '    check_removal(removals.order_by("-pk").first(), head)\n',
        "",
        PRUNING,
    ),
    Mutant(f"{SERVICES}/digest/send.py", '    record(user, news.told, "digest")\n', "", DIGEST),
    Mutant(f"{SERVICES}/digest/send.py", f"{UNTIL}False)", f"{NOW}False)", DIGEST),
    Mutant(f"{SERVICES}/digest/send.py", f"{UNTIL}True)", f"{NOW}True)", DIGEST),
    # Since when something is so tells of what others were sent.
    Mutant(
        f"{SERVICES}/lists/listed_since.py",
        'if not is_so or getattr(customer, "own_sent", None) is None:',
        "if not is_so:",
        "tests/services/lists/test_export.py",
    ),
    # A copy of a process must not take the answers to another's questions.
    Mutant(f"{UPSTREAM}/connections.py", "in _all:", "in ():", FORK),
    # An answer belongs to its request.
    Mutant(f"{UPSTREAM}/deadline.py", "is_usual = False", "is_usual = True", WIRE),
    Mutant(f"{UPSTREAM}/deadline.py", "has_more = True", "has_more = False", WIRE),
    Mutant(f"{UPSTREAM}/deadline.py", "(?!01)", "", WIRE),
    Mutant(f"{UPSTREAM}/deadline.py", "or not _says_once_where_it_ends(self)", "", WIRE),
    Mutant(f"{UPSTREAM}/deadline.py", "_current.exchange.has_more", "False", TLS),
    Mutant(f"{UPSTREAM}/connections.py", "is_understood and exchange", "exchange", WIRE),
    Mutant(f"{UPSTREAM}/connections.py", "and exchange.is_usual ", "", WIRE),
    Mutant(f"{UPSTREAM}/transport.py", "if exchange.has_more", "if False", WIRE),
    # What bounds a call.
    Mutant(f"{UPSTREAM}/deadline.py", "if size is None or size < 0", "if False", BOUNDS),
    Mutant(f"{UPSTREAM}/deadline.py", "if left <= 0", "if False", DEADLINE),
    Mutant(f"{UPSTREAM}/deadline.py", "min(self._pause, left)", "self._pause", DEADLINE),
    Mutant(f"{UPSTREAM}/transport.py", "if size > MAX_BODY", "if False", BOUNDS),
    Mutant(f"{UPSTREAM}/transport.py", "verify=self._verify", "verify=False", TLS),
    Mutant(f"{UPSTREAM}/client.py", 'scheme != "https"', 'scheme == ""', BOUNDS),
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "*.sqlite3*", "__pycache__", ".env")
        shutil.copytree(PROJECT, copy, ignore=ignored)
        if not pass_in(copy, *{mutant.tests for mutant in MUTANTS}):
            raise SystemExit(
                "The tests fail without any mutant, so that they would notice nothing."
            )
        survivors = sum(survives(mutant, copy) for mutant in MUTANTS)
    return bool(survivors)


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests pass with the mutant in the copy, which is whole again afterwards."""
    file = copy / mutant.file
    whole = file.read_text()
    if mutant.before not in whole:
        raise SystemExit(f"{mutant.file} holds no {mutant.before!r}; bring the mutant up to date.")
    file.write_text(whole.replace(mutant.before, mutant.after, 1))
    try:
        is_noticed = not pass_in(copy, mutant.tests)
    finally:
        file.write_text(whole)
    verdict = "noticed" if is_noticed else f"NOT NOTICED by {mutant.tests}"
    sys.stdout.write(f"{verdict}: {mutant.file}: {mutant.before} -> {mutant.after}\n")
    sys.stdout.flush()
    return not is_noticed


def pass_in(copy: Path, *tests: str) -> bool:
    ran = subprocess.run([*COMMAND, *tests], cwd=copy, capture_output=True, check=False)
    if ran.returncode not in {0, 1}:
        raise SystemExit(f"The tests could not run: {ran.stdout.decode()[-2000:]}")
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
