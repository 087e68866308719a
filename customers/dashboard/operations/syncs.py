"""Sync runs: progress, results, failures and retry. They show no billing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from customers.dashboard.organizations.checked import check_and_say
from customers.dashboard.posting import form_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.models import SyncRun
from customers.services.sync.failures import AT_ONCE, retry, visible_failures

_PERMISSION = "customers.watch_syncrun"
_LATEST = 50
_REFRESH = 5  # seconds between refreshes of a running sync
OUTCOMES = {
    "answered": gettext_lazy("answered"),
    "listed": gettext_lazy("permission list read"),
    "denied": gettext_lazy("no permission"),
    "missing": gettext_lazy("not known to Catalyze"),
    "expired": gettext_lazy("session ended"),
    "unavailable": gettext_lazy("Catalyze unavailable"),
    "invalid": gettext_lazy("unusable answer"),
    "discounted": gettext_lazy("too late, or not trusted"),
    "not asked": gettext_lazy("not asked"),
}


@require_safe
@staff_page(_PERMISSION)
def syncs(request: StaffRequest) -> HttpResponse:
    runs = list(SyncRun.objects.all()[:_LATEST])
    response = render(request, "syncs/list.html", {"runs": runs})
    return _refreshed(response, any(run.is_running for run in runs))


@require_safe
@staff_page(_PERMISSION)
def sync_run(request: StaffRequest, key: int) -> HttpResponse:
    run = get_object_or_404(SyncRun, pk=key)
    sees_customers = request.user.has_perm(SEE_CUSTOMERS)
    failures = list(visible_failures(request.user, run)[: AT_ONCE + 1]) if sees_customers else []
    context = {
        "run": run,
        "outcomes": [(OUTCOMES.get(name, name), count) for name, count in run.counts.items()],
        "troubles": run.counted_troubles,
        "failures": failures[:AT_ONCE],
        "sees_customers": sees_customers,
        "has_more": len(failures) > AT_ONCE,
        "at_once": AT_ONCE,
    }
    return _refreshed(render(request, "syncs/run.html", context), run.is_running)


@form_of("sync_run", "key")
@staff_page(_PERMISSION, SEE_CUSTOMERS)
def sync_retry(request: StaffRequest, key: int) -> HttpResponse:
    run = get_object_or_404(SyncRun, pk=key)
    check_and_say(
        request,
        lambda: retry(request.user, run),
        _("Nothing left to retry with your credentials."),
    )
    return redirect(run)


def _refreshed(response: HttpResponse, is_running: bool) -> HttpResponse:
    if is_running:
        response["Refresh"] = str(_REFRESH)
    return response
