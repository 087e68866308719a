"""The pages that read what grows with the years, within one process."""

from collections.abc import Iterator
from datetime import timedelta

import django

from benchmarks.pages import Times, counted_again, got, times_of


def pages_of_years(times: int) -> Times:
    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client, override_settings

    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        user, client = User.objects.get(pk=1), Client()
        client.force_login(user)
        pages = {name: got(client, address) for name, address in _addresses()}
        counted = counted_again(user, pages, _COUNTED)
        # Apart, or the next page of its kind is one that has to count.
        return times_of(pages, times, warming=1) | times_of(counted, times, warming=1)


_COUNTED = ("list, first page", "changes", "reports", "overview")


def _addresses() -> Iterator[tuple[str, str]]:
    from django.utils import timezone

    from benchmarks.machinery.filling import COMMON_WORD
    from customers.models import Change, Customer

    card = Customer.objects.select_related("organization").filter(state="card").latest("pk")
    page, today = card.organization.get_absolute_url(), timezone.localdate()
    early = Change.objects.order_by("seen_at", "pk")[Change.objects.count() // 10]
    yield "bare signed-in view", "/bare/"
    yield "overview", "/"
    yield "organization", page
    for days in (90, 900):
        yield f"organization as of {days} days ago", f"{page}?as_of={today - timedelta(days)}"
    yield "list, first page", "/orgs/"
    yield "worklist delinquent", "/orgs/?worklist=delinquent"
    yield "search, a common word", f"/orgs/?q={COMMON_WORD}"
    yield "search, last four digits", "/orgs/?q=4242"
    yield "changes", "/changes/"
    yield (
        "changes, after nine tenths",
        f"/changes/?after={early.seen_at:%Y-%m-%dT%H:%M:%S.%fZ}~{early.pk}",
    )
    yield "changes, became delinquent", "/changes/?kind=became_delinquent"
    yield "changes, of one organization", f"/changes/?org={card.organization.org_id}"
    yield "changes, of what I watch", "/changes/?whose=watched"
    yield (
        "changes, a month two years ago",
        f"/changes/?since={today - timedelta(730)}&until={today - timedelta(700)}",
    )
    yield "reports", "/reports/"
