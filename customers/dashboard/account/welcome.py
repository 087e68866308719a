"""The page of an invitation's link: set the first password, then sign in."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from customers.services.accounts.invitations import invitation_tokens
from customers.services.accounts.language_and_zone import language_of


class WelcomePage(PasswordResetConfirmView):
    """Django keeps the token in the session, so that it leaves the address at once."""

    token_generator = invitation_tokens
    template_name = "welcome/welcome.html"
    reset_url_token = "password"

    def get_user(self, uidb64: str) -> User | None:
        user: User | None = super().get_user(uidb64)
        return user if user and user.is_active and user.is_staff else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the language that the colleague was given, whatever the browser asks for."""
        language = language_of(self.user) if self.validlink and self.user else ""
        if language:
            translation.activate(language)
        days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
        return super().get_context_data(invited=self.user, days=days, **kwargs)

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Whoever else was signed in with this browser, such as the inviter, no longer is."""
        answer = super().form_valid(form)
        logout(self.request)
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return answer

    def get_success_url(self) -> str:
        query = {
            "next": reverse("credentials"),
            "name": self.user.get_username() if self.user else "",
        }
        return f"{reverse('admin:login')}?{urlencode(query)}"
