"""The admin site: sign-in, staff check and permissions for the staff pages and the back office."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from customers.dashboard.permissions import PermissionMissing
from customers.services.second_factor import has_second_factor

View = Callable[..., HttpResponseBase]
SEE_CUSTOMERS = "customers.view_customer"
# What the session knows of the second factor: that it is still due, or was passed.
DUE, PASSED = "second_factor_due", "second_factor_passed"


class StaffRequest(HttpRequest):
    """A request that staff_page has let through: somebody is signed in."""

    user: User


class BillingSite(admin.AdminSite):
    site_title = _("Billing portal")
    site_header = _("Billing portal")
    index_title = _("Back office")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The password first; then, from those who set one up, the code of the second factor."""
        answer = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            request.session[DUE] = has_second_factor(request.user)
        if answer.status_code == 200 and super().has_permission(request):
            query = urlencode({"next": request.GET.get("next", "/")})
            return redirect(f"{reverse('second_factor')}?{query}")
        return answer

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's own, without the one that leads any staff from a row's key to its org id."""
        replaced = {"view_on_site", "logout"}
        own = [url for url in super().get_urls() if getattr(url, "name", "") not in replaced]
        return [path("logout/", self.sign_out, name="logout"), *own]

    def sign_out(self, request: HttpRequest) -> HttpResponseBase:
        """Also without a session: a form that was open too long must not end in the back office."""
        return self.logout(request) if request.method == "POST" else redirect("overview")


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the code of a second factor is still to be entered in this session."""
    if request.session.get(DUE):
        return True
    return settings.REQUIRE_SECOND_FACTOR and not request.session.get(PASSED)


def staff_page(*permissions: str) -> Callable[[View], View]:
    """Open a page to signed-in staff with the permissions, which are to see customers unless it
    names others; send others to sign in, or say no.

    A page that shows customers names that permission, too, also if it shows them only when a form
    could not be taken.
    """
    needed = permissions or (SEE_CUSTOMERS,)

    def decorate(view: View) -> View:
        @wraps(view)
        def permitted(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perms(needed):
                raise PermissionMissing(*needed)
            return view(request, *args, **kwargs)

        return wraps(view)(admin.site.admin_view(permitted))

    return decorate
