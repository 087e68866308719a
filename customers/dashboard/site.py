"""The admin site: sign-in, staff check and permissions for the staff pages and the back office."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request that staff_page has let through: somebody is signed in."""

    user: User


class BillingSite(admin.AdminSite):
    site_title = _("Billing portal")
    site_header = _("Billing portal")
    index_title = _("Back office")
    site_url = "/"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's own, without the one that leads any staff from a row's key to its org id."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]


def staff_page(permission: str = "customers.view_customer") -> Callable[[View], View]:
    """Open a page to signed-in staff with the permission; send others to sign in, or say no."""

    def decorate(view: View) -> View:
        @wraps(view)
        def permitted(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wraps(view)(admin.site.admin_view(permitted))

    return decorate
