"""How many SQL statements pages run: each costs about a twentieth of the page."""

import pytest

from tests.helpers.pages.lists import put_customer, see


@pytest.fixture
def two(as_ana, sandbox):
    for name in ("fine", "late"):
        put_customer(sandbox, name, delinquent=name == "late")
    see(as_ana, "fine", "late")
    return as_ana


@pytest.mark.parametrize(
    ("url", "statements"),
    [
        ("/orgs/fine/", 16),
        ("/orgs/", 18),
        ("/orgs/?brand=Visa", 18),
        ("/orgs/?worklist=delinquent", 18),
    ],
)
def test_a_page_that_was_just_shown_runs_no_more(
    two, url, statements, django_assert_max_num_queries
):
    two.get(url)

    with django_assert_max_num_queries(statements):
        assert two.get(url).status_code == 200


def test_what_is_beside_an_answer_is_read_once_it_is_there(two, ana, django_assert_max_num_queries):
    two.post("/orgs/fine/notes/", {"text": "Call back", "ticket_url": ""})
    two.get("/orgs/fine/")

    with django_assert_max_num_queries(17):
        assert "Call back" in two.get("/orgs/fine/").content.decode()
