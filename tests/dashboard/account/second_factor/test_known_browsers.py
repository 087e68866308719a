"""Wrong codes are counted apart for a browser that has passed before."""

from django.test import Client

from tests.conftest import browser_of
from tests.helpers.accounts.codes import enter, is_in, set_up, set_up_in, signed_in_by_password
from tests.helpers.accounts.wrong_codes import use_up_the_hour, wrong_codes


def new_sign_in(client):
    """In the same browser, after its session ended."""
    client.post("/admin/logout/")
    return signed_in_by_password(client=client)


def test_a_thief_of_the_password_does_not_keep_the_owner_out(authenticator):
    owner = signed_in_by_password()
    enter(owner, authenticator.code())
    use_up_the_hour()

    new_sign_in(owner)
    enter(owner, authenticator.code())

    assert is_in(owner)


def test_the_browser_of_the_set_up_has_passed(ana):
    owner = browser_of(ana)
    authenticator, _ = set_up_in(owner)
    use_up_the_hour()

    new_sign_in(owner)
    enter(owner, authenticator.code())

    assert is_in(owner)


def test_a_browser_that_has_passed_has_twenty_an_hour_of_its_own(authenticator):
    owner = signed_in_by_password()
    enter(owner, authenticator.code())
    for _ in range(4):
        wrong_codes(new_sign_in(owner), 5)
    right = authenticator.code()

    answer = enter(new_sign_in(owner), right)
    elsewhere = signed_in_by_password()
    enter(elsewhere, right)

    assert answer.status_code == 429
    assert is_in(elsewhere)


def test_a_browser_that_only_knew_the_password_has_not_passed(ana):
    thief = signed_in_by_password()
    owner = browser_of(ana)
    authenticator, _ = set_up_in(owner)
    for _ in range(4):
        wrong_codes(new_sign_in(thief), 5)
    right = authenticator.code()

    assert enter(new_sign_in(thief), right).status_code == 429
    new_sign_in(owner)
    enter(owner, right)
    assert is_in(owner)


def test_a_browser_has_passed_for_its_user_alone(authenticator, ben):
    client = signed_in_by_password()
    enter(client, authenticator.code())
    bens = set_up(ben)
    for _ in range(4):
        wrong_codes(signed_in_by_password("ben"), 5)

    client.post("/admin/logout/")
    answer = enter(signed_in_by_password("ben", client), bens.code())

    assert answer.status_code == 429


def test_a_forged_mark_of_a_browser_counts_for_nothing(authenticator, ana):
    owner = signed_in_by_password()
    enter(owner, authenticator.code())
    mark = owner.cookies["passed_browser"].value
    use_up_the_hour()
    thief = Client()
    thief.cookies["passed_browser"] = mark.split(":")[0] + ":forged:forged"

    answer = enter(signed_in_by_password(client=thief), authenticator.code())

    assert answer.status_code == 429
