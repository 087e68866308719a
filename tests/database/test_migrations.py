"""Migrations fill in, from what is stored, the columns that they add."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from customers.models import (
    Change,
    Credentials,
    Customer,
    Organization,
    SyncRun,
)
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.wording.messages import said
from tests.helpers.migrations.former_models import FORMER_MODELS
from tests.helpers.rows import (
    ago,
    answered,
    give_credentials,
    make_customer,
    make_organization,
    refused,
    stripe_customer,
)

since = import_module("customers.migrations.0005_fill_customer_since")
kinds = import_module("customers.migrations.0007_fill_change_kinds")
axes = import_module("customers.migrations.0044_drop_axes")
codes = import_module("customers.migrations.0091_keep_former_sentences")
folded = import_module("customers.migrations.0038_fill_folded_columns")


SENTENCE = "Catalyze “sent” 100 % of 'nothing' (%(status)s)."


@pytest.fixture
def sentences(db):
    """The columns that kept errors as sentences; first of all, while no row waits for checks."""
    for table in ("customers_customer", "customers_credentials"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE {table} ADD COLUMN last_error varchar(255) DEFAULT '' NOT NULL"
            )


def models_at(migration):
    """The models as they are before that migration."""
    loader = MigrationLoader(connection, replace_migrations=False)
    return loader.project_state(("customers", migration), at_end=False).apps


@pytest.fixture
def anas(ana):
    return give_credentials(ana)


@pytest.mark.parametrize("rows_at_a_time", [1, 500])
def test_since_is_filled_in_from_the_changes(sentences, anas, monkeypatch, rows_at_a_time):
    monkeypatch.setattr(since, "_ROWS_AT_A_TIME", rows_at_a_time)
    for org_id in ("north", "south"):
        make_organization(org_id)
        for age, late in ((9, True), (7, False), (5, True), (3, True)):
            sent = stripe_customer(delinquent=late, balance=age)
            store([answered(org_id, anas, ago(age), sent)])
    store([refused("south", anas, ago(1), Result.UNAVAILABLE)])
    names = ("state_seen_at", "delinquent_after", "delinquent_seen_at", "failing_since")
    expected = list(Customer.objects.order_by("pk").values(*names))
    former = models_at("0005_fill_customer_since")
    Customer.objects.update(**dict.fromkeys(names))
    failed = former.get_model("customers", "Customer").objects.filter(organization__org_id="south")
    failed.update(last_error="It was unavailable.")

    since.fill(former, None)

    assert list(Customer.objects.order_by("pk").values(*names)) == expected
    assert expected[0]["delinquent_after"]


def test_former_sentences_are_kept_as_a_code(sentences, anas, ana):
    make_customer(make_organization("north"))
    make_customer(make_organization("south"))
    former = models_at("0091_keep_former_sentences")
    failed = former.get_model("customers", "Customer").objects.filter(organization__org_id="south")
    failed.update(last_error=SENTENCE)
    former.get_model("customers", "Credentials").objects.update(last_error=SENTENCE)
    troubles = {"once": 1, SENTENCE: 3}
    run = SyncRun.objects.create(started_at=ago(9), troubles=troubles)
    empty = SyncRun.objects.create(started_at=ago(8), troubles={})

    codes.keep(former, None)

    told = dict(Customer.objects.values_list("organization__org_id", "last_error_code"))
    assert told == {"north": "", "south": "legacy"}
    assert said(Customer.objects.get(organization__org_id="south").last_error) == SENTENCE
    assert not Customer.objects.get(organization__org_id="north").last_error
    assert said(Credentials.objects.get(user=ana).last_error) == SENTENCE
    run.refresh_from_db()
    empty.refresh_from_db()
    assert [(said(why), count) for why, count in run.counted_troubles] == [
        (SENTENCE, 3),
        ("once", 1),
    ]
    assert empty.counted_troubles == []

    former.get_model("customers", "Customer").objects.update(last_error="")
    codes.back(former, None)

    assert failed.get().last_error == SENTENCE
    assert SyncRun.objects.get(pk=run.pk).troubles == troubles


def test_kinds_are_filled_in_from_the_differences(anas):
    make_organization("northwind")
    store([answered("northwind", anas, ago(9))])
    store([answered("northwind", anas, ago(5), stripe_customer(delinquent=True))])
    Change.objects.update(became_delinquent=False)

    kinds.fill(FORMER_MODELS, None)

    assert Change.objects.get().became_delinquent is True


def test_nothing_of_axes_is_left(db):
    kind = ContentType.objects.create(app_label="axes", model="accessattempt")
    Permission.objects.create(content_type=kind, codename="view_accessattempt")
    recorder = MigrationRecorder(connection)
    recorder.record_applied("axes", "0001_initial")

    axes.forget(FORMER_MODELS, SimpleNamespace(connection=connection))

    assert not ContentType.objects.filter(app_label="axes").exists()
    assert not Permission.objects.filter(codename="view_accessattempt").exists()
    assert not [key for key in recorder.applied_migrations() if key[0] == "axes"]
    assert ContentType.objects.filter(app_label="customers").exists()


@pytest.mark.parametrize("rows_at_a_time", [1, 2, 5_000])
def test_names_and_addresses_so_far_are_folded(anas, monkeypatch, rows_at_a_time):
    monkeypatch.setattr(folded, "_ROWS_AT_A_TIME", rows_at_a_time)
    for org_id, name in (("a", "Ärzte"), ("b", ""), ("c", "Éclair"), ("d", "Ωmega")):
        make_organization(org_id, name)
        sent = stripe_customer(email=f"{name}@xn--mller-kva.example" if name else None)
        store([answered(org_id, anas, ago(5), sent)])
    make_organization("without an answer", "Ólaf")
    columns = ("organization__folded_name", "folded_name", "folded_email")
    expected = list(Customer.objects.order_by("pk").values_list(*columns))
    Customer.objects.update(folded_name="", folded_email="")
    Organization.objects.update(folded_name="")

    folded.fill(FORMER_MODELS, SimpleNamespace(connection=connection))

    assert list(Customer.objects.order_by("pk").values_list(*columns)) == expected
    assert expected[0] == ("arzte", "arzte", "arzte@muller.example")
    assert expected[1] == ("", "", "")
    assert Organization.objects.get(org_id="without an answer").folded_name == "olaf"
