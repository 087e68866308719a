"""The schedule: when each command last ended, and how. It shows no billing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.dashboard.site import StaffRequest, staff_page
from customers.services.operations.schedule import scheduled_commands


@require_safe
@staff_page("customers.watch_syncrun")
def schedule(request: StaffRequest) -> HttpResponse:
    return render(request, "schedule/schedule.html", {"commands": scheduled_commands()})
