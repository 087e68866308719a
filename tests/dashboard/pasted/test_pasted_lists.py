"""Pasted lists in a browser without scripts: kept, shown in order, sorted, copied, exported."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import PastedId, PastedList
from customers.services.pasted_lists.keeping import MOST_IDS, MOST_LISTS
from tests.conftest import browser_of
from tests.helpers.pages.pasted_lists import lines, newest, paste, standing
from tests.helpers.rows import give_credentials, show


@pytest.fixture
def client(ana):
    give_credentials(ana)
    return browser_of(ana)


def uuids(count):
    return [f"00000000-0000-4000-8000-{number:012}" for number in range(count)]


def test_rows_are_in_the_order_pasted_whatever_they_were_pasted_by(ana, client):
    show(ana, "south-1", name="A")
    show(ana, "south-2", name="B", customer_id="cus_B")
    show(ana, "south-3", name="C", email="Mail@C.example", folded_email="mail@c.example")

    address = paste(client, "MAIL@c.example\n\nnobody@c.example\nsouth-1\ncus_B\nsouth-1\ncus_Nope")

    assert standing(client, address) == {
        "rows": ["south-3", "south-1", "south-2"],
        "unfitting": ["nobody@c.example", "cus_Nope"],
    }
    assert [row.place for row in client.get(address).context["rows"]] == ["1", "4", "5"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "312"), ("name", "123"), ("-name", "321"), ("-balance", "213"), ("nonsense", "312")],
)
def test_rows_are_sorted_and_exported_as_in_other_lists(ana, client, sort, order):
    for number, balance in (("1", 5), ("2", 9), ("3", 1)):
        show(ana, f"south-{number}", name=f"Clinic {number}", balance=balance)
    address = paste(client, "south-3 south-1 south-2")

    exported = client.get(f"{address}export/", {"sort": sort}).getvalue().decode()

    expected = [f"south-{number}" for number in order]
    assert standing(client, f"{address}?sort={sort}")["rows"] == expected
    assert [row["org_id"] for row in csv.DictReader(io.StringIO(exported))] == expected
    assert 'name="org" value="south-1"' in client.get(address).content.decode()


def test_a_thousand_ids_are_paged_by_as_many_statements_as_ten(ana, client):
    ids = uuids(MOST_IDS)
    for org_id in ids[:120]:
        show(ana, org_id)
    few, many = paste(client, "\n".join(ids[:60])), paste(client, "\n".join(ids))
    addresses = (few, many, f"{many}?after=2", f"{many}?after=3")
    for address in addresses:  # what is shown first is also counted by the hour
        client.get(address)

    counts, pages = [], []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            pages.append(client.get(address).context["found"])
        counts.append(len(queries))

    assert len(set(counts)) == 1, counts
    assert [(page.first, page.last, page.count) for page in pages] == [
        *((1, 50, 60), (1, 50, 120), (51, 100, 120), (101, 120, 120)),
    ]
    page = client.get(many)
    assert page.context["unasked"].left == MOST_IDS - 120 - 50
    assert client.get(f"{many}?all").context["unasked"].left == 0
    assert len(lines(client, many)) == MOST_IDS


def test_a_thousand_and_one_ids_are_refused_whole(client):
    answer = client.post("/orgs/pasted/", {"ids": "\n".join(uuids(MOST_IDS + 1))})

    assert "You pasted 1,001 ids; a list can have at most 1,000." in answer.content.decode()
    assert not PastedList.objects.exists()
    # Repeated and blank lines are no further ids.
    paste(client, "\n\n".join([*uuids(MOST_IDS), *uuids(5)]))


@pytest.mark.parametrize("text", ["", "\n \n", "Dear team, which card is it?", "4242424242424242"])
def test_a_text_without_ids_makes_no_list(client, text):
    answer = client.post("/orgs/pasted/", {"ids": text})

    assert "no org id, customer id or e-mail address" in answer.content.decode()
    assert not PastedList.objects.exists()


def test_the_spreadsheet_gets_a_line_for_each_pasted_line(ana, client):
    card = {"brand": "Visa", "last4": "4242", "expires_on": date(2031, 5, 31)}
    show(ana, "south-1", name="Clinic", delinquent=True, balance=-1250, **card)
    for number in "23":
        show(ana, f"south-{number}", email="a@b.example", folded_email="a@b.example")

    text = (
        "south-1\n\nwhat is it?\nnorth-1\nsouth-1\na@b.example\ncus_Nope\nsouth-2 south-3 north-2\n"
    )
    told = lines(client, paste(client, text))

    assert [line[0] for line in told] == [
        *("south-1", "", "", "north-1", "south-1", "a@b.example", "cus_Nope"),
        "south-2 south-3 north-2",
    ]
    assert told[0][1:6] == ["Clinic", "south-1", "Delinquent", "Visa •••• 4242", "2031-05-31"]
    assert told[0][7:9] == ["-12.50", "USD"]
    assert told[4] == told[0]
    assert told[1] == [""]
    assert [told[number][3] for number in (2, 3, 5, 6, 7)] == [
        "No id in this line",
        "Not asked yet",
        "2 organizations match",
        "No match",
        "2 organizations match",
    ]


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "|calc", "＝1", '"a\tb\n=1', "x\r\n=1\t=2"],
)
def test_no_cell_runs_or_leaves_its_place(ana, client, name):
    show(ana, "south-1", name=name)
    show(ana, "south-2", name="Harmless")
    address = paste(client, "=cmd|'/c calc'!A1\nsouth-1\nsouth-2")

    told = lines(client, address)
    pasted = list(csv.reader(io.StringIO("\n".join("\t".join(line) for line in told)), "excel-tab"))

    assert [len(line) for line in pasted] == [4, 10, 10]
    assert not [cell for line in pasted for cell in line if cell.strip()[:1] in set("=+@|＝")]
    assert pasted[0][0] == "'=cmd"
    assert not pasted[1][1].startswith("-")


def test_the_twenty_latest_lists_are_kept(client):
    for number in range(MOST_LISTS + 2):
        paste(client, f"south-{number} north-1")

    assert PastedList.objects.count() == MOST_LISTS
    assert not PastedId.objects.filter(text__in=["south-0", "south-1"]).exists()
    assert client.get("/orgs/pasted/").content.decode().count("2 lines") == MOST_LISTS


def test_a_list_ends_after_thirty_days_when_it_is_opened_or_pruned(client):
    addresses = [paste(client, f"south-{number} north-1") for number in range(3)]
    old = timezone.now() - timedelta(days=30, minutes=1)
    PastedList.objects.exclude(pk=newest().pk).update(pasted_at=old)

    assert client.get(addresses[0]).status_code == 404
    assert PastedList.objects.count() == 2
    assert client.get("/orgs/pasted/").content.decode().count("2 lines") == 1

    call_command("prune_history", "--dry-run")
    assert PastedList.objects.count() == 2
    call_command("prune_history")
    assert PastedList.objects.get() == newest()
    assert client.get(addresses[2]).status_code == 200


def test_a_list_can_be_edited_and_deleted(client):
    address = paste(client, "south-1\n\nnorth-1, cus_A\n")
    key = newest().key

    page = client.get("/orgs/pasted/", {"edit": key}).content.decode()
    assert "south-1\n\nnorth-1 cus_A</textarea>" in page

    assert client.post(f"{address}delete/", follow=True).status_code == 200
    assert client.get(address).status_code == 404
    assert not PastedId.objects.exists()


def test_the_search_box_leads_to_the_list_and_a_get_offers_it(ana, client):
    ids = uuids(30)
    for org_id in ids:
        show(ana, org_id)

    answer = client.post("/search/", {"q": " ".join(ids)})
    assert answer.headers["Location"] == newest().get_absolute_url()
    assert len(client.get(answer.headers["Location"]).context["rows"]) == 30

    with_lines = {"q": " ".join(ids), "lines": "\n\n".join(ids)}
    address = client.post("/search/", with_lines).headers["Location"]
    assert len(lines(client, address)) == 59
    before = PastedList.objects.count()
    assert "\n".join(ids) in client.get("/search/", {"q": "\n".join(ids)}).content.decode()
    page = client.get("/orgs/", {"q": " ".join(ids)}).content.decode()
    assert f'name="ids" value="{" ".join(ids)}"' in page
    assert PastedList.objects.count() == before


def test_markup_in_ids_and_names_stays_text(ana, client):
    show(ana, "south-1", name="<script>alert(1)</script>")
    address = paste(client, "south-1\n<script>alert-2</script>\n<b>x-9@y.example</b>")

    assert "<script>alert" not in client.get(address).content.decode()
    assert "<script>alert" not in client.get(f"/orgs/pasted/?edit={newest().key}").content.decode()
