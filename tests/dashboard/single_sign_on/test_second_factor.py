"""The provider's second factor stands for one of the portal, if it says so itself."""

import pytest

from customers.services.single_sign_on.configuration import SecondFactorClaim
from tests.helpers.accounts.codes import enter, is_in, set_up
from tests.helpers.accounts.events import events
from tests.helpers.single_sign_on.provider import Said

AMR, ACR = SecondFactorClaim("amr", "mfa"), SecondFactorClaim("acr", "urn:two")
SAYS = {AMR: Said({"amr": ["pwd", "mfa"]}), ACR: Said({"acr": "urn:two"})}
LACKS = {
    "no claim": Said(),
    "another method": Said({"amr": ["pwd"]}),
    "the value in acr": Said({"acr": "mfa"}),
    "part of a word": Said({"amr": ["mfa2"]}),
}


@pytest.fixture(params=[AMR, ACR], ids=["amr", "acr"])
def factor(request, provider, settings):
    settings.OIDC = provider.settings(second_factor=request.param)
    settings.REQUIRE_SECOND_FACTOR = True
    return request.param


def test_a_second_factor_at_the_provider_is_enough(factor, connected, browser, sign_in):
    sign_in(browser, said=SAYS[factor])

    assert is_in(browser)


def test_it_also_stands_for_the_users_factor_here(factor, connected, ana, browser, sign_in):
    set_up(ana)

    sign_in(browser, said=SAYS[factor])

    assert is_in(browser)


def test_the_provider_is_asked_for_the_level(factor, provider, browser):
    url = browser.get("/sign-in/").headers["Location"]

    assert ("acr_values=urn%3Atwo" in url) == (factor == ACR)


@pytest.mark.parametrize("lack", LACKS)
def test_without_it_nobody_gets_in(provider, settings, connected, browser, sign_in, lack):
    settings.OIDC = provider.settings(second_factor=AMR)

    answer = sign_in(browser, said=LACKS[lack])

    assert not is_in(browser)
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "the sign-in provider asked you for none" in page


def test_without_it_the_users_factor_here_is_asked_for(
    provider, settings, connected, ana, browser, sign_in
):
    settings.OIDC = provider.settings(second_factor=AMR)
    authenticator = set_up(ana)

    answer = sign_in(browser)

    assert answer.headers["Location"] == "/second-factor/?next=%2Fkeys%2F"
    assert not is_in(browser)
    enter(browser, authenticator.code())
    assert is_in(browser)


def test_a_sign_in_of_who_has_yet_to_set_one_up_is_recorded(
    connected, ana, browser, sign_in, settings
):
    settings.REQUIRE_SECOND_FACTOR = True

    sign_in(browser)

    assert ("signin.succeeded", "ana", "") in events(ana)
    assert not is_in(browser)


def test_what_the_provider_says_counts_for_nothing_unless_set(connected, ana, browser, sign_in):
    set_up(ana)

    sign_in(browser, said=SAYS[AMR])

    assert not is_in(browser)
