"""The admin site: sign-in, staff check and permissions for the staff pages and the back office."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _

from customers.dashboard.sign_in import DUE, PASSED, OwnPasswordForm, SignIn
from customers.models import SecurityEvent
from customers.services.security_events import record_event

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

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Whoever may go on does; whoever still lacks the second factor is sent there."""
        if request.method == "GET" and super().has_permission(request):
            way = request.GET.get(REDIRECT_FIELD_NAME, "/")
            if not lacks_second_factor(request):
                return redirect("admin:index")
            return redirect(f"{reverse('second_factor')}?{urlencode({'next': way})}")
        context = {**self.each_context(request), **(extra_context or {})}
        return cast("HttpResponse", SignIn.as_view(extra_context=context)(request))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        if request.method == "POST" and request.user.is_authenticated:
            record_event(SecurityEvent.Code.SIGNED_OUT, user=request.user)
        return super().logout(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Django's own, with an old password that is counted when it is wrong."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return cast("TemplateResponse", view(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's own, without the one that leads any staff from a row's key to its org id."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the code of a second factor is still to be entered in this session."""
    if request.session.get(DUE):
        return True
    return settings.REQUIRE_SECOND_FACTOR and not request.session.get(PASSED)


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
