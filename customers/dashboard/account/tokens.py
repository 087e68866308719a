"""The user's own API tokens: list, create and revoke them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.dashboard.account.confirmation import may_ask_to_confirm, require_confirmation
from customers.dashboard.account.token_form import TokenForm
from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.tokens.new_tokens import AlreadyMade, make_token
from customers.services.tokens.stored_tokens import ended, revoke, token_of, tokens_of, unended
from customers.services.wording.isolation import isolated

_LATEST_ENDED = 5


@require_safe
@staff_page()
def api_tokens(request: StaffRequest) -> HttpResponse:
    return _page(request, TokenForm())


@form_of("api_tokens")
@staff_page()
@may_ask_to_confirm("form_key", "name", "scopes", "lasts", "addresses", back="api_tokens")
def create_api_token(request: StaffRequest) -> HttpResponse:
    """Show the token, this once: the form sent again leads back to the list."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    require_confirmation(request)
    try:
        made = make_token(request.user, **form.cleaned_data)
    except AlreadyMade:
        messages.warning(
            request,
            _(
                "This token was created and shown before. If you have not saved it, revoke it and "
                "create another."
            ),
        )
        return redirect("api_tokens")
    context = {"token": made, "me": request.build_absolute_uri("/api/v1/me")}
    return render(request, "tokens/created.html", context)


@form_of("api_tokens")
@staff_page()
def revoke_api_token(request: StaffRequest, key: int) -> HttpResponse:
    token = token_of(request.user, key)
    if token and revoke([token]):
        messages.success(request, _("Revoked “%(name)s”.") % {"name": isolated(token.name)})
    return redirect("api_tokens")


def _page(request: StaffRequest, form: TokenForm) -> HttpResponse:
    own = tokens_of(request.user)
    context = {"form": form, "tokens": unended(own), "ended": ended(own)[:_LATEST_ENDED]}
    return render(request, "tokens/tokens.html", context)
