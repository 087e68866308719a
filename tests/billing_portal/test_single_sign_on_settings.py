"""The settings of single sign-on, and the sentences that stop the start."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from billing_portal.single_sign_on import local_sign_in, single_sign_on
from customers.services.single_sign_on.configuration import SecondFactorClaim

SECRET = "a client secret of the tests"
GOOD = {
    "OIDC_ISSUER": "https://id.example.com/realms/staff/",
    "OIDC_CLIENT_ID": "billing-portal",
    "OIDC_CLIENT_SECRET": SECRET,
}
BAD = [
    ("OIDC_ISSUER", "id.example.com"),
    ("OIDC_ISSUER", "http://id.example.com"),
    ("OIDC_ISSUER", "https://id.example.com?tenant=1"),
    ("OIDC_ISSUER", "https://me:secret@id.example.com"),
    ("OIDC_CLIENT_ID", ""),
    ("OIDC_CLIENT_SECRET", ""),
    ("OIDC_SCOPES", "profile,email"),
    ("OIDC_GROUPS", "billing-support"),
    ("OIDC_GROUPS", "billing-support="),
    ("OIDC_GROUPS", "a=staff,=Support"),
    ("OIDC_SECOND_FACTOR", "mfa"),
    ("OIDC_SECOND_FACTOR", "amr:"),
    ("OIDC_SECOND_FACTOR", "aal:2"),
    ("OIDC_RECHECK", "0s"),
    ("OIDC_RECHECK", "soon"),
    ("OIDC_TOKEN_RECHECK", "59s"),
    ("OIDC_CA_BUNDLE", "/no/such/file.pem"),
]


@pytest.fixture
def configure(monkeypatch):
    def configured(**changes):
        for name, value in {**GOOD, **changes}.items():
            monkeypatch.setenv(name, value)
        return single_sign_on()

    return configured


def test_an_issuer_an_id_and_a_secret_are_enough(configure):
    sso = configure()

    assert sso.issuer == GOOD["OIDC_ISSUER"]  # with its slash
    assert sso.name == "id.example.com"
    assert (sso.scopes, sso.groups, sso.second_factor) == ("openid profile email", (), None)
    assert (sso.recheck, sso.token_recheck) == (timedelta(minutes=15), timedelta(days=7))
    assert SECRET not in repr(sso)


def test_groups_and_the_second_factor_are_read(configure):
    sso = configure(
        OIDC_GROUPS="billing=staff, billing=Support,/a=b/leads=Leads",
        OIDC_SECOND_FACTOR="acr:urn:example:two",
        OIDC_SCOPES="openid,groups",
    )

    assert sso.groups == (("billing", "staff"), ("billing", "Support"), ("/a=b/leads", "Leads"))
    assert sso.second_factor == SecondFactorClaim("acr", "urn:example:two")
    assert sso.scopes == "openid groups"


def test_a_provider_on_this_machine_may_speak_http(configure):
    assert configure(OIDC_ISSUER="http://127.0.0.1:8110").issuer == "http://127.0.0.1:8110"


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_named(configure, name, value):
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        configure(**{name: value})

    assert SECRET not in str(refused.value)


def test_without_an_issuer_there_is_none(configure):
    assert configure(OIDC_ISSUER="") is None


@pytest.mark.parametrize(
    ("value", "meant"), [("", "on"), ("ON", "on"), ("Off", "off"), ("Root", "Root")]
)
def test_who_may_use_a_password(configure, monkeypatch, value, meant):
    monkeypatch.setenv("LOCAL_SIGN_IN", value)

    assert local_sign_in(configure()) == meant


@pytest.mark.parametrize("value", ["off", "root"])
def test_somebody_must_be_able_to_sign_in(monkeypatch, value):
    monkeypatch.setenv("LOCAL_SIGN_IN", value)

    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER is not set"):
        local_sign_in(None)
