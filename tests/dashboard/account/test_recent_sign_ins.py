"""Users see the events of their own account, superusers all events."""

import re

from django.contrib.auth.models import User

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from tests.conftest import browser_of, make_staff
from tests.helpers.accounts.events import sign_in

Code = SecurityEvent.Code


def test_users_see_their_own_events_in_words(ana, ben):
    record_event(Code.SIGN_IN_FAILED, user=ben)
    client = sign_in(name="ana", REMOTE_ADDR="192.0.2.7")
    record_event(Code.PERMISSIONS_CHANGED, user=ana, detail={"added": ["is_staff"], "removed": []})

    page = client.get("/sign-ins/").content.decode()

    assert "Signed in" in page
    assert "192.0.2.7" in page
    assert "+ is_staff" in page
    assert "Sign-in failed" not in page


def test_older_events_are_on_pages_of_their_own(ana):
    client = browser_of(ana)
    for number in range(120):
        record_event(Code.SIGNED_IN, user=ana, detail={"added": [f"number {number}."]})

    seen, url = [], "/sign-ins/"
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r"number (\d+)\.", page)
        older = re.search(r'href="(\?before=\d+)"', page)
        url = older and f"/sign-ins/{older[1]}"

    assert seen == [str(number) for number in range(119, -1, -1)]


def test_a_page_without_events_says_so(ana):
    assert "No activity yet" in browser_of(ana).get("/sign-ins/").content.decode()


def test_superusers_find_all_events_and_others_none(ana):
    root = User.objects.create_superuser("root")
    sign_in(name="ana")
    sign_in(name="hunter2", password="wrong")
    url = "/admin/customers/securityevent/"

    everything = browser_of(root).get(url).content.decode()
    typed = browser_of(root).get(url, {"q": "hunter2"}).content.decode()
    coded = browser_of(root).get(url, {"code": "signin.failed"}).content.decode()

    assert "signin.succeeded" in everything
    assert "hunter2" not in everything
    assert "1 security event" in typed
    assert "1 security event" in coded
    assert browser_of(ana).get(url).status_code == 403
    for page in ("add/", f"{SecurityEvent.objects.first().pk}/delete/"):
        assert browser_of(root).get(f"{url}{page}").status_code == 403


def test_staff_without_any_permission_see_their_own_sign_ins(db):
    user = make_staff("dora")
    user.groups.clear()

    assert browser_of(user).get("/sign-ins/").status_code == 200
