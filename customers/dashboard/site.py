"""The admin site: sign-in, staff check, and permissions for staff pages and the back office."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from customers.dashboard import moved
from customers.dashboard.account.sign_in import PASSED, OwnPasswordForm, SignInPage
from customers.dashboard.back import way_back
from customers.dashboard.permissions import PermissionMissing
from customers.dashboard.single_sign_on.marks import (
    FACTOR_AT_PROVIDER,
    PROVIDER_SESSION,
    remember_leaving,
)
from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.accounts.session_users import session_factor
from customers.services.disclosures.declared import only

View = Callable[..., HttpResponseBase]
_View = TypeVar("_View", bound=View)
SEE_CUSTOMERS = "customers.view_customer"


class StaffRequest(HttpRequest):
    """A request that staff_page has let through: the user is signed in."""

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
        """Redirect users who are already signed in, to the second factor if it is still missing."""
        if request.method == "GET" and super().has_permission(request):
            way = request.GET.get(REDIRECT_FIELD_NAME, "/")
            if not lacks_second_factor(request):
                return redirect(way_back(request, reverse("admin:index")))
            return redirect(f"{reverse('second_factor')}?{urlencode({'next': way})}")
        context = {**self.each_context(request), **(extra_context or {})}
        return cast("HttpResponse", SignInPage.as_view(extra_context=context)(request))

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        """Users without their second factor may sign out too."""
        return view if view == self.logout else super().admin_view(view, cacheable)

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        if request.method == "POST" and request.user.is_authenticated:
            record_event(SecurityEvent.Code.SIGNED_OUT, user=request.user)
        return super().logout(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Django's view, never cached; wrong old passwords count as failed attempts."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return cast("TemplateResponse", never_cache(view)(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without view_on_site, which would tell any staff user the org id behind a row's key."""
        replaced = {"view_on_site", "logout"}
        own = [url for url in super().get_urls() if getattr(url, "name", "") not in replaced]
        return [path("logout/", self.sign_out, name="logout"), *moved.back_office, *own]

    def sign_out(self, request: HttpRequest) -> HttpResponseBase:
        """Works without a session: an expired form must not lead to the back office.
        Users who signed in at the provider go there, to sign out there too."""
        if request.method != "POST":
            return redirect("overview")
        provider_session = request.session.get(PROVIDER_SESSION)
        answer = self.logout(request)
        if provider_session is None:
            return answer
        remember_leaving(request, provider_session)
        return redirect("signed_out")


def lacks_second_factor(request: HttpRequest) -> bool:
    """Neither the user's own factor nor a required one was passed, here or at the provider."""
    if FACTOR_AT_PROVIDER in request.session:
        return False
    factor = session_factor(request.user) if request.user.is_authenticated else None
    if factor is None:
        return bool(settings.REQUIRE_SECOND_FACTOR)
    return request.session.get(PASSED) != factor


def password_page(view: Callable[..., HttpResponse]) -> View:
    """For signed-in staff, even if the second factor is still missing."""

    @never_cache
    @wraps(view)
    def decorated(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return decorated


def staff_page(*permissions: str, discloses: Sequence[str] = ()) -> Callable[[View], View]:
    """Open a page to signed-in staff with all of `permissions`, by default SEE_CUSTOMERS.
    A page that shows customers requires that permission even if only its error page shows them.
    `discloses` lists the ways (Disclosure.Where) in which it may show them."""
    needed = permissions or (SEE_CUSTOMERS,)

    def decorate(view: View) -> View:
        @wraps(view)
        def permitted(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perms(needed):
                raise PermissionMissing(*needed)
            with only(discloses):
                return view(request, *args, **kwargs)

        page = wraps(view)(admin.site.admin_view(permitted))
        vars(page)["discloses"] = discloses
        return page

    return decorate
