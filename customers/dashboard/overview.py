"""The overview: what needs doing today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.dashboard.charts import bars
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import Credentials
from customers.services.access import visible_customers
from customers.services.overview import freshness, latest_changes, tiles
from customers.services.worklists import expiring_by_month


@require_safe
@staff_page()
def overview(request: StaffRequest) -> HttpResponse:
    user = request.user
    return render(
        request,
        "overview/overview.html",
        {
            "credentials": Credentials.objects.filter(user_id=user.pk).first(),
            "freshness": freshness(user),
            "tiles": tiles(user),
            "chart": bars(expiring_by_month(visible_customers(user))),
            "changes": latest_changes(user),
        },
    )
