"""Whatever staff write as an answer, of whatever organization: a text, or a sentence that refuses.

A text tells of the fields that it may name and of no other, and stays text on every page.
"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.models import Customer, Organization, ReplyTemplate
from customers.services.organizations.replies import reply_for
from customers.services.organizations.reply_editing import sample, save_text
from customers.services.organizations.reply_texts import PLACEHOLDERS, filled, problems
from tests.conftest import browser_of
from tests.helpers.hostile import texts
from tests.helpers.pages.markup import Tags
from tests.helpers.rows import give_credentials, show

on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
TODAY = timezone.localdate()
ORG = "northwind"


def storable(text):
    """Without what no column can hold."""
    return text.replace("\x00", "").encode(errors="replace").decode()[:1000]


# What no answer may tell, and no template can write by chance.
SECRET = "never-in-an-answer"
FIELDS = ("organization", "date", "card", "expiry")
placeholders = st.sampled_from(
    [
        *(f"{{{name}}}" for name in (*FIELDS, "customer_id", "email", "balance", "", " card", "0")),
        *("{organization.org_id}", "{card!r}", "{card:>9999999}", "{card[0]}", "{{card}}", "{}"),
        *("%(card)s", "${card}", "{{ customer.email }}", "{% debug %}", "{", "}"),
        "<boom onclick=alert(1)>",
        "{organization.__class__.__init__.__globals__}",
    ]
)
templates = st.lists(placeholders | texts, max_size=6).map("".join)
# Those that the form takes, at least mostly.
good_templates = st.lists(
    st.sampled_from(["{organization}", "{card}", "{expiry}", "\n", " & ", "%s", "<", "\u202e"])
    | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}<>")),
    max_size=5,
).map(lambda parts: "".join(parts) + "{date}")
states = st.sampled_from(ReplyTemplate.State.values)
languages = st.sampled_from(["en", "de"])
words = texts.map(lambda text: storable(text)[:255])
customers = st.fixed_dictionaries(
    {
        "state": st.sampled_from(Customer.State.values),
        "brand": words,
        "last4": words | st.just("4242"),
        "expires_on": st.none() | st.integers(-900, 900).map(lambda d: TODAY + timedelta(days=d)),
        "delinquent": st.sampled_from([None, True, False]),
        "subscription_status": st.sampled_from(["", "past_due", "active"]) | words,
        "cvc_check": st.sampled_from(["", "pass", "fail"]),
        "livemode": st.sampled_from([None, True, False]),
    }
)
UNSAID = dict.fromkeys(("customer_id", "email", "description", "currency", "default_id"), SECRET)


@pytest.fixture
def editor(ana):
    """Ana's browser, who may also write replies and was shown one organization."""
    ana.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))
    give_credentials(ana)
    show(ana, ORG)
    return browser_of(ana)


def check_that_nothing_is_live(page):
    """No tag or attribute that the portal's own pages have not."""
    for tag, attributes in page.tags:
        assert tag not in {"boom", "iframe", "style"}
        assert not any(name.startswith("on") for name in attributes), tag
        assert tag not in {"script", "img"} or (attributes.get("src") or "").startswith("/static/")
        for link in ("href", "src", "action"):
            assert not (attributes.get(link) or "").strip().startswith("javascript"), tag


@given(templates, states, languages)
def test_any_template_is_filled_in_or_refused_in_sentences(text, state, language):
    wrong = problems(state, text)

    assert all(sentence.endswith(".") for sentence in wrong)
    assert sample(text, language) or not text
    if not wrong:
        assert set(re.findall(r"\{(.*?)\}", text)) <= set(PLACEHOLDERS[state])
        assert not re.search("[<>]", text)


@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, templates)), states)
def test_what_is_filled_in_is_not_filled_in_again(values, state):
    text = " ".join(f"{{{name}}}" for name in PLACEHOLDERS[state])

    assert filled(text, values) == " ".join(values[name] for name in PLACEHOLDERS[state])


@on_one_database
@given(
    templates.map(lambda text: f"{{card}} {{expiry}} {storable(text)}"), customers, words, languages
)
def test_any_organization_gets_a_text_that_tells_no_other_field(ana, text, facts, name, language):
    """Even by a template that the form would not take."""
    organization = Organization(name=name, org_id=SECRET, description=SECRET)
    customer = Customer(organization=organization, checked_at=timezone.now(), **facts, **UNSAID)
    state = reply_for(customer, TODAY, language).state
    save_text(ana, state, language, text)

    answer = reply_for(customer, TODAY, language)

    assert (answer.state, bool(answer.text)) == (state, True)
    assert SECRET not in answer.text
    for field in set(FIELDS) - set(PLACEHOLDERS[state]):
        assert answer.text.count(f"{{{field}}}") >= text.count(f"{{{field}}}")


@on_one_database
@given(templates.map(storable) | good_templates, customers, words, languages, st.booleans())
def test_any_answer_stays_text_on_every_page(editor, text, facts, name, language, is_preview):
    customer = Customer.objects.get()
    Customer.objects.update(**facts)
    Organization.objects.update(name=name)
    customer.refresh_from_db()
    state = reply_for(customer, TODAY, language).state
    fields = {"text": text} | ({"preview": "yes"} if is_preview else {})

    written = editor.post(f"/replies/{language}/{state}/", fields, follow=True)
    shown = editor.get(f"/orgs/{ORG}/", {"reply": language})

    for response in (written, shown):
        assert response.status_code == 200
        check_that_nothing_is_live(Tags(response.content.decode()))
    row = ReplyTemplate.objects.filter(state=state, language=language).first()
    if row:
        assert problems(state, row.text) == []
