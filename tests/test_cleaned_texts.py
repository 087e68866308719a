"""The upgrade cleans what former releases stored, and tells of no change by it."""

from importlib import import_module

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from hypothesis import given
from hypothesis import strategies as st

from customers.models import (
    Change,
    Credentials,
    Customer,
    Disclosure,
    Note,
    Organization,
    ReplyTemplate,
)
from customers.services.checking.store import store
from customers.services.disclosures.chain import verify_log
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin
from customers.upstream.clean_text import clean_line, clean_lines
from tests.helpers.migrations.former_models import FORMER_MODELS
from tests.helpers.rows import (
    ago,
    answered,
    give_credentials,
    make_change,
    make_organization,
    stripe_customer,
)

migration = import_module("customers.migrations.0036_clean_stored_texts")
texts = st.text(st.characters(exclude_categories=()), max_size=40)
LIE = "\u202eAcme\x1b[2J\r\nLtd\u2028\ufeff"
PLAIN = "Acme[2J Ltd"


@pytest.fixture(params=[1, 500])
def clean(request, monkeypatch):
    """The upgrade, with so many rows at a time."""
    monkeypatch.setattr(migration, "_ROWS_AT_A_TIME", request.param)
    return lambda: migration.clean(FORMER_MODELS, None)


@pytest.fixture
def anas(ana):
    return give_credentials(ana)


def everything_of(model):
    return list(model.objects.order_by("pk").values())


@given(texts)
def test_it_cleans_as_texts_are_cleaned_now(text):
    assert migration._line(text) == clean_line(text)
    assert migration._lines(text) == clean_lines(text)


def test_names_and_descriptions_of_organizations(anas, clean):
    for org_id in ("a", "b", "c"):
        make_organization(org_id)
        store([answered(org_id, anas, ago(5))])
    Organization.objects.filter(org_id="b").update(name=LIE, description=f"one\r\n{LIE}")
    Organization.objects.filter(org_id="c").update(name="\u202e\x07")

    clean()

    rows = Organization.objects.order_by("org_id")
    assert [row.name for row in rows] == ["Northwind Clinics", PLAIN, ""]
    assert [str(row) for row in rows] == ["Northwind Clinics", PLAIN, "c"]
    assert [row.description for row in rows] == ["", "one\nAcme[2J\nLtd", ""]


def test_an_answer_is_cleaned_as_the_next_one_is_read_so_that_nothing_changed(anas, clean):
    sent = stripe_customer(
        id="cus_\u200e1\n2",
        email="\u202eana@x.example\t",
        description=f"{LIE}{'x' * 990}\r\ny",
        brand="\u2067Visa\u2069",
        country=" US\u202c",
    )
    make_organization("northwind")
    store([answered("northwind", anas, ago(9), sent)])
    today = everything_of(Customer)
    former = "\u202eAcme[2JLtd\u2028\ufeff" + "x" * 990 + "y"
    Customer.objects.update(
        customer_id="cus_\u200e12",
        email="\u202eana@x.example",
        description=former[:1000],
        brand="\u2067Visa\u2069",
        country=" US\u202c",
    )
    assert everything_of(Customer) != today

    clean()
    assert everything_of(Customer) == today

    store([answered("northwind", anas, ago(5), sent)])
    assert not Change.objects.exists()
    assert Customer.objects.get().changed_at == today[0]["changed_at"]


def test_what_the_payload_does_not_say_any_more_is_cleaned_by_itself(anas, clean):
    make_organization("northwind")
    store([answered("northwind", anas, ago(9))])
    Customer.objects.update(email=LIE, last4="42\u202e42")

    clean()

    row = Customer.objects.get()
    assert (row.email, row.last4) == (PLAIN, "4242")


def test_what_is_clean_is_not_touched(anas, clean):
    for org_id in ("a", "b"):
        make_organization(org_id, name="Zoë’s مرفأ 👩\u200d⚕\ufe0f")
        store([answered(org_id, anas, ago(9), stripe_customer(description='a "b" \\ c'))])
        store([answered(org_id, anas, ago(5), stripe_customer(delinquent=True, last4="0007"))])
    models = (Organization, Customer, Change, Credentials)
    before = [everything_of(model) for model in models]

    clean()

    assert [everything_of(model) for model in models] == before


def test_the_history_says_the_same_in_clean_words(clean, ana):
    northwind = make_organization("northwind")
    make_change(
        northwind,
        email=[LIE, "b@x.example"],
        delinquent=[None, True],
        balance=[-5, 0],
        brand=["", LIE],
    )
    Change.objects.update(changed_details=True)

    clean()

    change = Change.objects.get()
    assert change.differences == {
        "email": [PLAIN, "b@x.example"],
        "delinquent": [None, True],
        "balance": [-5, 0],
        "brand": ["", PLAIN],
    }
    assert (change.changed_details, change.is_counted) == (True, True)


def test_what_staff_wrote(ana, anas, clean):
    northwind = make_organization("northwind")
    Note.objects.create(
        organization=northwind,
        author=ana,
        written_at=ago(5),
        text="one\r\n\u202etwo\x1b",
        ticket_url="https://x.example/\u202e1",
    )
    ReplyTemplate.objects.create(
        state="card", language="en", text="{date}\r\n\u2066{card}", changed_at=ago(5)
    )
    ana.first_name, ana.last_name = "\u202eAna", "O’Hara\u200f"
    ana.save()
    Credentials.objects.update(users_id="u\u200e1")
    LogEntry.objects.create(
        user=ana,
        content_type=ContentType.objects.get_for_model(Organization),
        object_id="1",
        object_repr=LIE,
        action_flag=CHANGE,
    )

    clean()

    note = Note.objects.get()
    assert (note.text, note.ticket_url) == ("one\ntwo", "https://x.example/1")
    assert ReplyTemplate.objects.get().text == "{date}\n{card}"
    ana.refresh_from_db()
    assert (ana.first_name, ana.last_name) == ("Ana", "O’Hara")
    assert Credentials.objects.get().users_id == "u1"
    assert LogEntry.objects.get().object_repr == PLAIN


def test_the_disclosure_log_is_left_as_it_was_written(ana, anas, clean):
    make_organization("northwind")
    store([answered("northwind", anas, ago(5))])
    record(ana, Customer.objects.all(), "page", Origin(purpose="TICKET\u202e\x1b[2J\n7"))
    before = everything_of(Disclosure)

    clean()

    assert everything_of(Disclosure) == before
    assert verify_log().entries == 1


def test_it_may_be_run_again(anas, clean):
    make_organization("northwind", name=LIE)
    store([answered("northwind", anas, ago(5))])
    clean()
    once = [everything_of(model) for model in (Organization, Customer)]

    clean()

    assert [everything_of(model) for model in (Organization, Customer)] == once
