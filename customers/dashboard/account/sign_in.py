"""Sign in and out, and change the password: counted, paused and recorded."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from customers.dashboard.account.known_browsers import is_known, remember
from customers.dashboard.requests.session_timeout import begin_session
from customers.dashboard.single_sign_on.marks import began_at_provider
from customers.models import SecurityEvent
from customers.services.accounts.passwords import begin_sign_in, is_own_password, note_failure
from customers.services.accounts.second_factor import factor_of
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify, notify_superusers
from customers.services.single_sign_on.local_sign_in import (
    is_emergency_user,
    may_use_password,
    password_form,
)

PASSED = "second_factor_passed"  # session key: the factor passed in this session
_Code = SecurityEvent.Code


class PasswordForm(AdminAuthenticationForm):
    """One message for a wrong password, an unknown name and a user who may not sign in."""

    error_messages = {"invalid_login": _("Wrong username or password.")}

    def confirm_login_allowed(self, user: User) -> None:
        """Refuses the right password as a wrong one if LOCAL_SIGN_IN does."""
        super().confirm_login_allowed(user)
        if not may_use_password(user):
            raise self.get_invalid_login_error()

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        if name is None or not self.cleaned_data.get("password"):
            return self.cleaned_data
        attempt = begin_sign_in(name)
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            note_failure(attempt, _Code.SIGN_IN_FAILED, _Code.SIGN_IN_PAUSED, typed_name=name)
            raise
        attempt.succeeded()
        return cleaned


class SignInPage(LoginView):
    """The password first, then a code from users with a second factor."""

    authentication_form = PasswordForm
    template_name = "admin/login.html"

    def get_initial(self) -> dict[str, Any]:
        return {"username": self.request.GET.get("name", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sso = settings.OIDC
        provider = sso.name if sso else ""
        return super().get_context_data(provider=provider, local=password_form(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        is_first = form.get_user().last_login is None
        answer = super().form_valid(form)
        begin_session(self.request)
        if factor_of(form.get_user()):
            record_event(_Code.CODE_ASKED, user=form.get_user())
        else:
            note_sign_in(self.request, form.get_user(), answer, is_first=is_first)
        return answer


class OwnPasswordForm(AdminPasswordChangeForm):
    def clean_old_password(self) -> str:
        typed: str = self.cleaned_data["old_password"]
        if not is_own_password(self.user, typed):
            raise forms.ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return typed


def note_sign_in(
    request: HttpRequest, user: User, answer: HttpResponse, *, is_first: bool = False
) -> None:
    """Record a complete sign-in, and mail the user if the browser is new."""
    is_new = not is_first and not is_known(request, user)
    detail = {"new_browser": True} if is_new else {}
    if began_at_provider(request):
        detail["provider"] = True
    event = record_event(_Code.SIGNED_IN, user=user, detail=detail)
    if is_emergency_user(user) and not began_at_provider(request):
        emergency = record_event(_Code.EMERGENCY, user=user)
        notify(emergency)
        notify_superusers(emergency)
    elif is_new:
        notify(event)
    remember(request, user, answer)
