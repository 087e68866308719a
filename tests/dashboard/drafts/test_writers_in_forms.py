"""Every form whose content outlasts a session says whose page it stands on, and no other does."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import get_resolver, reverse

from customers.services.drafts.writer import writer_of
from tests.dashboard.drafts.conftest import PAGE
from tests.helpers.pages.sent_forms import form_on

# Where each stands, and what of it is kept.
KEPT = {
    "write_note": (PAGE, {"text", "ticket_url"}),
    "purpose": (PAGE, {"purpose"}),
    "search": ("/", {"q"}),
    "check_selected": ("/orgs/", {"org", "all"}),
    "export_selected": ("/orgs/", {"org", "all"}),
    "act_on_cases": ("/orgs/", {"org", "all"}),
    "watch_selected": ("/orgs/", {"org", "all"}),
    "reply": ("/replies/de/card/", {"text"}),
}


def declared():
    patterns = get_resolver().url_patterns[1].url_patterns
    return {
        pattern.name: set(keeps)
        for pattern in patterns
        if (keeps := vars(pattern.callback).get("keeps"))
    }


def test_each_form_that_is_kept_has_a_row():
    assert declared() == {name: fields for name, (_, fields) in KEPT.items()}


@pytest.mark.parametrize("name", KEPT)
def test_it_says_whose_page_it_stands_on(desk, signed_in_ana, name):
    signed_in_ana.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))
    of_selection = ("export_selected", "act_on_cases", "watch_selected")
    form_of_selection = dict.fromkeys(of_selection, "check_selected")
    args = ["acme"] if name == "write_note" else []
    action = "" if name == "reply" else reverse(form_of_selection.get(name, name), args=args)

    form = form_on(desk.get(KEPT[name][0]), action)

    assert [writer_of(signed) for signed in form["writer"]] == [signed_in_ana.pk]


def test_no_secret_is_among_what_is_kept():
    fields = set().union(*declared().values())

    assert not [name for name in fields if any(w in name for w in ("pass", "key", "token", "code"))]


@pytest.mark.parametrize("name", ["credentials_sign_in", "credentials_paste", "credentials_forget"])
def test_forms_of_credentials_name_no_writer(desk, name):
    assert "writer" not in form_on(desk.get("/credentials/"), reverse(name))
