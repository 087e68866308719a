"""An organization's page knows the list that it was opened from, and leads on through it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from customers.models import Disclosure
from tests.conftest import empty_log
from tests.helpers.pages.lists import put_customer, see
from tests.helpers.pages.organization import text_of

LIST = "worklist=delinquent&sort=-name"


@pytest.fixture
def three(as_ana, sandbox):
    for name in ("a", "b", "c"):
        put_customer(sandbox, name, delinquent=True)
    put_customer(sandbox, "paid", delinquent=False)
    see(as_ana, "a", "b", "c", "paid")
    empty_log()


def opened(client, name, query=LIST):
    return client.get(f"/orgs/{name}/", {"from": query})


def test_the_rows_of_a_list_carry_it_along(as_ana, three):
    listed = text_of(as_ana.get(f"/orgs/?{LIST}"))

    assert 'href="/orgs/b/?from=worklist%3Ddelinquent%26sort%3D-name"' in listed


def test_the_page_says_where_on_the_list_it_is_and_leads_back(as_ana, three):
    text = text_of(opened(as_ana, "b"))

    assert 'href="/orgs/?worklist=delinquent&amp;sort=-name#o' in text
    assert "2 of 3" in text
    assert "/orgs/b/next/?from=worklist%3Ddelinquent%26sort%3D-name" in text
    assert "/orgs/b/previous/?from=" in text


def test_an_end_of_the_list_leads_no_further(as_ana, three):
    first, last = (text_of(opened(as_ana, name)) for name in ("c", "a"))

    assert "/orgs/c/previous/" not in first
    assert "/orgs/c/next/" in first
    assert "/orgs/a/next/" not in last
    assert "/orgs/a/previous/" in last


def test_the_next_one_is_opened_from_the_same_list_and_its_page_recorded(as_ana, three):
    response = as_ana.get("/orgs/c/next/", {"from": LIST})
    assert not Disclosure.objects.exists()
    as_ana.get(response.url)

    assert urlsplit(response.url).path == "/orgs/b/"
    assert parse_qs(urlsplit(response.url).query) == {"from": [LIST]}
    entry = Disclosure.objects.get()
    assert (entry.where, entry.organization.org_id) == ("page", "b")


def test_behind_the_last_one_it_says_so_and_stays(as_ana, three):
    text = text_of(as_ana.get("/orgs/a/next/", {"from": LIST}, follow=True))

    assert "That was the last organization on this list." in text
    assert "<bdi>a</bdi></h1>" in text


@pytest.mark.parametrize(
    "query",
    ["//evil.example/", "https://evil.example/?x", "next=//evil.example", "\x00", "%ff", "&" * 800],
)
def test_what_is_no_list_leads_nowhere_else(as_ana, three, query):
    text = text_of(opened(as_ana, "b", query))
    onward = as_ana.get("/orgs/b/next/", {"from": query})

    assert 'href="//' not in text
    assert 'href="https://evil' not in text
    assert onward.url.startswith("/orgs/")


def test_a_query_too_long_for_an_address_is_left_out(as_ana, three):
    text = text_of(as_ana.get("/orgs/", {"q": "a " + "x" * 900}))

    assert "?from=" not in text


def test_a_check_a_note_and_a_step_of_the_case_keep_the_list(as_ana, three):
    checked = as_ana.post("/orgs/b/check/", {"from": LIST, "reply": "de"})
    noted = as_ana.post("/orgs/b/notes/", {"from": LIST, "text": "Asked for a card."})
    taken = as_ana.post("/orgs/b/case/take/", {"from": LIST})

    for response in (checked, noted, taken):
        assert parse_qs(urlsplit(response.url).query)["from"] == [LIST]


def test_the_form_of_the_case_carries_the_list(as_ana, three):
    form = text_of(opened(as_ana, "b")).partition('id="case"')[2].partition("</form>")[0]

    assert f'name="from" value="{LIST}"' in form.replace("&amp;", "&")


def test_a_page_that_was_opened_by_itself_has_no_neighbours(as_ana, three):
    text = text_of(as_ana.get("/orgs/b/"))

    assert "/orgs/b/next/" not in text
    assert "/orgs/b/previous/" not in text
