"""Where forms lead back to: a page of this portal, whatever stands in them."""

import pytest


@pytest.mark.parametrize("wanted", ["nowhere", "", "https://evil.example/", "//evil.example/"])
@pytest.mark.parametrize(
    ("form", "otherwise"), [("/purpose/", "/"), ("/check-selected/", "/orgs/")]
)
def test_a_form_with_a_mistyped_way_back_leads_elsewhere_in_the_portal(
    as_ana, form, otherwise, wanted
):
    answer = as_ana.post(form, {"next": wanted})

    assert answer.headers["Location"] == otherwise


def test_a_form_leads_back_to_where_it_stood(as_ana):
    answer = as_ana.post(
        "/purpose/", {"purpose": "T-1", "next": "/orgs/northwind/?as_of=2026-11-01"}
    )

    assert answer.headers["Location"] == "/orgs/northwind/?as_of=2026-11-01"
