"""What is drawn once and kept says the same to everybody, and nothing of who asked first."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.test.utils import override_script_prefix
from django.utils.translation import override


@pytest.fixture
def drawn():
    """Draw a template that loads what pages load, with some values."""

    def of(source):
        template = engines["django"].from_string("{% load i18n static portal kept %}" + source)
        return lambda **values: template.render(values, RequestFactory().get("/some/path/"))

    return of


def test_nothing_of_a_request_is_kept(drawn):
    inside = "<b>{{ name }}{{ request.path }}{{ csrf_token }}</b>"
    page = drawn("{{ name }}{% kept %}" + inside + "{% endkept %}")

    assert page(name="ana") == "ana<b></b>"
    assert page(name="ben") == "ben<b></b>"


def test_what_is_kept_is_drawn_once_for_each_language(drawn, monkeypatch):
    page = drawn("{% kept %}{% blank_note_form as form %}{{ form.text.label }}{% endkept %}")

    with override("en"):
        assert page() == "Note"
    with override("de"):
        assert page() == "Notiz"
    monkeypatch.setattr("customers.dashboard.templatetags.portal.NoteForm", None)
    with override("en"):
        assert page() == "Note"


def test_words_are_in_the_language_of_the_page_each_time(drawn):
    page = drawn('{% translate "Organizations" %} {% translate "Copy" context "verb" %}')

    for _ in range(2):
        with override("en"):
            assert page() == "Organizations Copy"
        with override("de"):
            assert page() == "Organisationen Kopieren"


def test_addresses_follow_the_place_of_the_portal(drawn):
    page = drawn("{% url 'organizations' %} {% url 'organization' org_id %}")

    for _ in range(2):
        assert page(org_id="a") == "/orgs/ /orgs/a/"
        with override_script_prefix("/billing/"):
            assert page(org_id="b") == "/billing/orgs/ /billing/orgs/b/"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% url name %}", ["/orgs/", "/changes/"]),
        ("{% url name as at %}{{ at }}", ["/orgs/", "/changes/"]),
        ("{% url 'organizations' as at %}{{ at }}", ["/orgs/", "/orgs/"]),
        ("{% translate name %}", ["organizations", "changes"]),
        (
            "{% translate 'Copy' as word %}{{ name }}{{ word }}",
            ["organizationsCopy", "changesCopy"],
        ),
        ("{% translate 'x' context name %}", ["x", "x"]),
        ("{% translate 'a'|add:name %}", ["aorganizations", "achanges"]),
    ],
)
def test_what_is_named_elsewhere_is_looked_up_each_time(drawn, source, said):
    page = drawn(source)

    assert [page(name=name) for name in ("organizations", "changes")] == said


@pytest.mark.parametrize(
    "include",
    [
        "include '_partials/mark.html' with brand=name",
        "include '_partials/mark.html' with brand=name only",
        "include part with brand=name",
    ],
)
def test_a_part_is_drawn_with_its_own_values_each_time(drawn, include):
    page = drawn("{% with brand=other %}{% " + include + " %}{{ brand }}{% endwith %}")

    for name, mark in (("Visa", "#visa"), ("JCB", "#jcb")):
        said = page(name=name, other="<b>", part="_partials/mark.html")
        assert mark in said
        assert said.endswith("&lt;b&gt;")


def test_what_is_marked_up_in_the_template_stays_so(drawn):
    page = drawn("{% kept %}<i>{% translate 'a < b' %}</i>{% endkept %}{{ name }}")

    assert page(name="<b>") == "<i>a < b</i>&lt;b&gt;"
