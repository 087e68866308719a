"""The overview and an organization's page while answers are held, and who accepts them."""

import pytest
from django.contrib.auth.models import Permission

from customers.models import Customer, HeldAnswer, SecurityEvent
from tests.conftest import browser_of
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.commands import run
from tests.helpers.programs.program import Program
from tests.helpers.sync.lying import held, lie, make_desk, states
from tests.helpers.sync.runs import run as sync

MANY = 50
SAID = "Catalyze has reported no payment method for 50 organizations that had one."
ACCEPT = "/mass-change/accept/"


@pytest.fixture
def lied_to(signed_in_ana, sandbox):
    org_ids = make_desk(signed_in_ana, MANY)
    sandbox.set_fault("not-set-up")
    sync(signed_in_ana)
    return org_ids


def may_accept(user):
    user.user_permissions.add(Permission.objects.get(codename="accept_mass_change"))
    return browser_of(user)


def test_the_overview_says_what_is_held_and_who_can_accept_it(as_ana, lied_to):
    page = as_ana.get("/").content.decode()

    assert SAID in page
    assert "Colleagues with the permission “Can accept held answers” can accept it." in page
    assert ACCEPT not in page


def test_whoever_sees_none_of_them_is_told_nothing(as_ana, as_ben, lied_to):
    assert "reported no payment method" not in as_ben.get("/").content.decode()


def test_the_organization_shows_its_last_state_and_what_is_held(as_ana, lied_to):
    page = as_ana.get(f"/orgs/{lied_to[0]}/").content.decode()
    rows = as_ana.get("/orgs/").content.decode()

    assert "4242" in page
    assert "Catalyze has reported no payment method. We hold this back" in page
    assert "Held back: Catalyze reports no payment method." in rows


def test_the_api_says_the_last_state_and_that_an_answer_is_held(signed_in_ana, lied_to):
    program = Program(give_token(signed_in_ana))

    stored = program.data(f"/orgs/{lied_to[0]}")
    checked = program.data(f"/orgs/{lied_to[0]}?refresh=true")
    (row, *_) = program.data("/orgs?limit=1")["data"]

    for answer in (stored, checked):
        assert answer["trouble"]["code"] == "mass_not_set_up"
        assert (answer["data"]["last4"], answer["stale"]) == ("4242", True)
    assert (row["last4"], row["stale"]) == ("4242", True)


def test_a_check_of_it_says_so_too(as_ana, lied_to):
    page = as_ana.post(f"/orgs/{lied_to[0]}/check/", follow=True).content.decode()

    assert "We hold this back until it is confirmed." in page
    assert "No changes" not in page


def test_whoever_was_never_sent_the_customer_sees_nothing_of_it(as_ana, as_ben, lied_to):
    page = as_ben.post(f"/orgs/{lied_to[0]}/check/").content.decode()

    assert "4242" not in page
    assert "We hold this back until it is confirmed." in page
    assert held() == MANY


def test_the_button_is_for_those_with_the_permission(as_ana, signed_in_ana, lied_to):
    assert as_ana.post(ACCEPT).status_code == 403
    assert held() == MANY

    browser = may_accept(signed_in_ana)
    assert f'action="{ACCEPT}"' in browser.get("/").content.decode()
    page = browser.post(ACCEPT, follow=True).content.decode()

    assert "Accepted. Lists and pages show it now." in page
    assert (held(), states()) == (0, {"none": MANY})
    event = SecurityEvent.objects.get(code="mass_change.accepted")
    assert (event.username, event.detail) == ("ana", {"organizations": MANY})
    assert "Nothing is being held back." in browser.post(ACCEPT, follow=True).content.decode()


def test_the_command_accepts_in_somebody_s_name(ben, signed_in_ana, lied_to):
    ran = run("accept_mass_change", "ben")

    assert (ran.code, ran.out) == (0, "Accepted 50 answers.\n")
    assert states() == {"none": MANY}
    assert SecurityEvent.objects.get(code="mass_change.accepted").username == "ben"
    assert run("accept_mass_change", "ben").out == "No answers are held.\n"
    assert SecurityEvent.objects.filter(code="mass_change.accepted").count() == 1


def test_a_sync_says_what_it_holds(signed_in_ana, sandbox):
    make_desk(signed_in_ana, MANY)
    sandbox.set_fault("not-set-up")

    plain = run("sync_customers")
    as_json = run("sync_customers", "--json")

    assert "50 organizations that had a payment method now have none, says Catalyze." in plain.out
    assert (plain.code, as_json.object["held"]) == (0, MANY)
    assert HeldAnswer.objects.filter(is_held=True).count() == MANY


def test_many_that_became_delinquent_are_said_once(as_ana, signed_in_ana, sandbox):
    org_ids = make_desk(signed_in_ana, MANY)
    lie(sandbox, "delinquent", org_ids[:20])

    sync(signed_in_ana)

    assert "20 organizations became delinquent in one sync." in as_ana.get("/").content.decode()
    Customer.objects.update(delinquent=False)
    assert "in one sync" not in as_ana.get("/").content.decode()
