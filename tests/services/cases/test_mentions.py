"""@name in a note puts the organization before that colleague, if they may see it."""

import pytest
from django.contrib.auth.models import Permission

from customers.models import Access, Mention, Note
from customers.services.access.visible import visible_customers
from customers.services.cases.mentions import see_mentions
from customers.services.lists.counts import count_worklists, worklist_counts
from customers.services.lists.listing import Listed, page
from customers.services.organizations.notes import add_note
from tests.helpers.rows import grant, show


@pytest.fixture
def northwind(ana, anas, ben, bens):
    """Both see it."""
    for user in (ana, ben):
        user.user_permissions.add(Permission.objects.get(codename="view_customer"))
    customer = show(ana, "northwind")
    grant(ben, customer.organization)
    return customer


def write(user, customer, text):
    return add_note(user, customer.organization, text, "")


def mine(user):
    return [row.organization.org_id for row in page(user, Listed(worklist="mine")).rows]


def test_a_mention_is_on_the_colleagues_list_until_they_open_the_organization(northwind, ana, ben):
    worklist_counts(ben)

    assert write(ana, northwind, "Please call them, @ben.").told == ["ben"]

    assert (mine(ben), mine(ana)) == (["northwind"], [])
    assert count_worklists(ben, ["mine"]) == {"mine": 1}
    assert worklist_counts(ben).counts["mine"] == 1

    see_mentions(ben, visible_customers(ben).get())

    assert mine(ben) == []
    assert worklist_counts(ben).counts["mine"] == 0


def test_who_opens_it_takes_it_from_no_other_list(northwind, ana, ben):
    southwind = show(ana, "southwind")
    grant(ben, southwind.organization)
    write(ana, northwind, "@ben")
    write(ana, southwind, "@ben")
    write(ben, northwind, "@ana")

    see_mentions(ben, northwind)

    assert (mine(ben), mine(ana)) == (["southwind"], ["northwind"])


@pytest.mark.parametrize(
    "text",
    ["@ben", "Hi @Ben!", "(@ben)", "@ben, @ben and @BEN", "@ben.", "@ben's turn", "x\n@ben\ny"],
)
def test_how_a_colleague_may_be_named(northwind, ana, ben, text):
    write(ana, northwind, text)

    assert Mention.objects.get().user == ben


@pytest.mark.parametrize("text", ["ana@ben", "jane.@ben.example", "@", "@ ben", "ben", "@benedict"])
def test_what_names_nobody(northwind, ana, text):
    write(ana, northwind, text)

    assert not Mention.objects.exists()


def test_unknown_names_are_told_to_the_writer(northwind, ana):
    found = write(ana, northwind, "@carla and @dora know")

    assert (found.told, found.unknown) == ([], ["carla", "dora"])


def test_one_who_writes_their_own_name_is_told_nothing(northwind, ana):
    found = write(ana, northwind, "@ana will do it")

    assert (found.told, found.unknown, found.without_access) == ([], [], [])
    assert not Mention.objects.exists()


@pytest.mark.parametrize("why", ["never proved", "denied", "no permission", "not staff"])
def test_who_may_not_see_it_is_not_told(northwind, ana, ben, why):
    if why == "never proved":
        Access.objects.filter(user=ben).delete()
    elif why == "denied":
        Access.objects.filter(user=ben).update(state="denied", customer_sent_at=None)
    elif why == "no permission":
        ben.user_permissions.clear()
    else:
        type(ben).objects.filter(pk=ben.pk).update(is_staff=False)

    found = write(ana, northwind, "@ben, look")

    assert not Mention.objects.exists()
    told = found.unknown if why == "not staff" else found.without_access
    assert told == ["ben"]


def test_who_may_no_longer_see_it_has_it_before_them_no_longer(northwind, ana, ben):
    write(ana, northwind, "@ben, look")
    Access.objects.filter(user=ben).update(state="denied", customer_sent_at=None)

    assert mine(ben) == []


def test_what_is_deleted_mentions_nobody(northwind, ana, ben):
    write(ana, northwind, "@ben, look")

    Note.objects.get().delete()

    assert mine(ben) == []


def test_a_note_that_cannot_be_noted_for_a_colleague_is_not_written(northwind, ana, monkeypatch):
    monkeypatch.setattr(Mention.objects, "create", lambda **columns: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write(ana, northwind, "@ben, look")

    assert not Note.objects.exists()
