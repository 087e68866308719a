"""Whose program a request is from."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db.models import Q
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from customers.models import ApiToken
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.identities import has_signed_in_within
from customers.services.tokens.networks import is_within
from customers.services.tokens.token_text import digest_of, is_token_text

_SEE_CUSTOMERS = {"content_type__app_label": "customers", "codename": "view_customer"}


class TokenRefused(Exception):
    """The same for all reasons, so that a thief learns nothing about the token."""

    def __init__(self) -> None:
        super().__init__("The token is unknown or no longer valid.")


@dataclass(frozen=True, slots=True)
class Caller:
    user: User
    token_id: int
    token_name: str
    scopes: frozenset[str]
    expires_at: datetime


@sensitive_variables("token")
def authenticate(token: str, ip_address: str | None) -> Caller:
    """Raises TokenRefused, also while the user may not open pages."""
    if not is_token_text(token):
        raise TokenRefused
    now = timezone.now()
    row = _unended(digest_of(token), now)
    if row is None or not is_within(ip_address, row.addresses):
        raise TokenRefused
    if not (_may_see_customers(row.user) and _has_signed_in_recently(row.user)):
        raise TokenRefused
    _note_use(row, now)
    return Caller(row.user, row.pk, row.name, frozenset(row.scopes), row.expires_at)


def _unended(digest: str, now: datetime) -> ApiToken | None:
    tokens = ApiToken.objects.filter(digest=digest, revoked_at=None, expires_at__gt=now)
    of_staff = tokens.filter(user__is_active=True, user__is_staff=True)
    return of_staff.select_related("user").first()


def may_open_pages(user: User) -> bool:
    return user.is_active and user.is_staff and _may_see_customers(user)


def tokens_work(user: User) -> bool:
    """A user without these rights keeps their tokens, which work again when the rights return, as
    they do after a new sign-in at the provider."""
    return may_open_pages(user) and _has_signed_in_recently(user)


def _may_see_customers(user: User) -> bool:
    """As has_perm() of an active user, but reads one permission instead of all in two queries."""
    held = Permission.objects.filter(Q(user=user) | Q(group__user=user), **_SEE_CUSTOMERS)
    return user.is_superuser or held.exists()


def _has_signed_in_recently(user: User) -> bool:
    sso: SingleSignOn | None = settings.OIDC
    return sso is None or has_signed_in_within(user, sso, sso.token_recheck)


def _note_use(row: ApiToken, now: datetime) -> None:
    """Once per minute of the clock: with its first request, which no rate limit refuses."""
    minute = now.replace(second=0, microsecond=0)
    if row.last_used_at is None or row.last_used_at < minute:
        unused = Q(last_used_at=None) | Q(last_used_at__lt=minute)
        ApiToken.objects.filter(unused, pk=row.pk).update(last_used_at=now)
