"""Whatever stands in an address, a form, a header or a cookie: never a server error."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.services.lists.listing import FILTERS, SORTS
from customers.services.lists.worklists import BY_KEY
from tests.helpers.hostile import HOSTILE, bytes_of_text, texts

on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = (
    *("q", "worklist", "sort", "after", "before", "start", "mode", "expires", "format", "page"),
    *("view", "columns"),
    *("next", *FILTERS),
)
KNOWN_VALUES = (*BY_KEY, *SORTS, *(f"-{sort}" for sort in SORTS), "live", "jsonl", "2026-02")
values = st.one_of(bytes_of_text, st.sampled_from(KNOWN_VALUES).map(str.encode))
queries = st.lists(st.tuples(st.sampled_from(NAMES) | texts, values), max_size=4)
fields = st.dictionaries(
    st.sampled_from(
        ("org", "all", "column", "page_size", "next", "text", "ticket_url", "language")
        + ("name", "shared", "list", "of_view")
        + ("paste-api_key", "sign_in-username")
    ),
    texts.map(lambda text: text.encode(errors="replace").decode()),
)
FORMS = (
    *("check_selected", "credentials_paste", "credentials_sign_in", "credentials_test"),
    *("set_language", "export_selected", "list_settings", "saved_views"),
)
HEADERS = ("Accept-Language", "Host", "Referer", "User-Agent", "X-Request-ID", "X-Forwarded-Proto")
in_a_header = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80)


@pytest.fixture
def browser(as_ana, sandbox):
    """Ana's, who sees one organization, so that lists have something to show."""
    as_ana.get(f"/orgs/{sandbox.org_id('Bingo')}/")
    return as_ana


def address(path, query):
    pairs = "&".join(f"{quote(name, errors='replace')}={quote(value)}" for name, value in query)
    return f"{path}?{pairs}"


@on_one_database
@given(bytes_of_text, st.sampled_from(["", "check/", "notes/"]))
def test_any_org_id_in_an_address_is_asked_about_or_refused(browser, org_id, action):
    path = f"/orgs/{quote(org_id, safe='')}/{action}"

    response = browser.post(path) if action else browser.get(path)

    assert response.status_code in {200, 301, 302, 404}


@on_one_database
@given(queries)
@pytest.mark.parametrize("path", ["/orgs/", "/search/", "/export/"])
def test_any_query_of_a_list_is_answered(browser, path, query):
    response = browser.get(address(path, query))

    assert response.status_code in {200, 302}
    assert b"".join(response)[:1] != b"\x00"


@on_one_database
@given(st.sampled_from(sorted(SORTS)), st.sampled_from(["", "-"]), values)
def test_any_cursor_gives_a_page_of_the_list(browser, sort, sign, cursor):
    response = browser.get(
        address("/orgs/", [("sort", f"{sign}{sort}".encode()), ("after", cursor)])
    )

    assert response.status_code == 200


@on_one_database
@given(fields)
@pytest.mark.parametrize("name", FORMS)
def test_any_form_is_answered_with_a_page(browser, name, fields):
    response = browser.post(reverse(name), fields)

    assert response.status_code in {200, 204, 302}


@on_one_database
@given(st.sampled_from(HEADERS), in_a_header)
def test_any_header_is_answered(browser, name, value):
    response = browser.get("/orgs/", headers={name: value})

    assert response.status_code in {200, 301, 302, 400}


@on_one_database
@given(st.sampled_from(["sessionid", "csrftoken", "messages", "django_language", "x"]), in_a_header)
def test_any_cookie_is_answered(client, db, name, value):
    # As a header: newer Pythons' http.cookies refuses to write what a browser may send.
    response = client.get("/orgs/", headers={"Cookie": f"{name}={value}"})

    assert response.status_code in {200, 302}


@pytest.mark.parametrize("path", ["customers/organization", "customers/syncrun", "auth/user"])
@pytest.mark.parametrize("text", HOSTILE)
def test_any_search_of_the_back_office_is_answered(admin_client, path, text):
    query = [("q", text.encode("utf-8", "surrogatepass")), ("o", b"x"), ("p", b"-1")]

    response = admin_client.get(address(f"/admin/{path}/", query))

    assert response.status_code in {200, 302}
