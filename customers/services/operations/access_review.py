"""Who may see what, and since when: one row for each right of each user, for an auditor."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Max, Min, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.models import Credentials, OidcIdentity
from customers.services.access.proof_rule import SentAt
from customers.services.access.visible import granted_proofs, listed_proofs
from customers.services.audit.exports import record_export
from customers.services.operations.granted_since import granted_since
from customers.services.single_sign_on.local_sign_in import may_use_password
from customers.services.tokens.authenticate import may_open_pages, tokens_work
from customers.services.tokens.stored_tokens import token_state, tokens_of
from customers.services.wording.csv_and_jsonl import file_lines

ACCESS_COLUMNS = (
    *("username", "user_id", "is_active", "right", "name", "state"),
    *("since", "until", "last_used_at", "count", "detail"),
)
_CHUNK = 500  # users whose groups are read at once
_FLAGS = {"is_staff": "staff", "is_superuser": "superuser"}
# How an organization is proved.
_OWN, _LISTED = "own credentials", "permission list"
_ASKED_AT = "organization__permissionlist__asked_at"
_Rows = Iterable[dict[str, Any]]


def export_access(
    format_: str, usernames: Iterable[str] = (), *, with_organizations: bool = False
) -> Iterator[str]:
    """Lines in csv or jsonl. Recorded as an export: it names organizations, but no billing."""
    names = list(usernames)
    options: dict[str, Any] = {"user": names} if names else {}
    options |= {"proofs": True} if with_organizations else {}
    record_export("access", format_, options=options)
    users = User.objects.filter(username__in=names) if names else User.objects.all()
    return file_lines(format_, ACCESS_COLUMNS, _rows(users, with_organizations=with_organizations))


def _rows(users: QuerySet[User], *, with_organizations: bool) -> Iterator[dict[str, Any]]:
    kinds = (*_KINDS, _organizations) if with_organizations else _KINDS
    granted = users.prefetch_related("groups__permissions", "user_permissions__content_type")
    for user in granted.order_by("username").iterator(chunk_size=_CHUNK):
        whose = {
            "username": user.get_username(),
            "user_id": user.pk,
            "is_active": user.is_active,
        }
        for rows_of in kinds:
            for row in rows_of(user):
                yield {name: _value((whose | row).get(name)) for name in ACCESS_COLUMNS}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _account(user: User) -> _Rows:
    yield {
        "right": "account",
        "name": user.get_full_name() or None,
        "state": _standing(user),
        "since": user.date_joined,
        "last_used_at": user.last_login,
        "detail": "password" if _has_password(user) else "no password",
    }


def _has_password(user: User) -> bool:
    """Whether the user has a password that LOCAL_SIGN_IN accepts."""
    return user.has_usable_password() and may_use_password(user)


def _standing(user: User) -> str:
    if not user.is_active:
        return "inactive"
    return "opens pages" if may_open_pages(user) else "opens no page"


def _roles(user: User) -> _Rows:
    since = granted_since(user)
    for flag, right in _FLAGS.items():
        if getattr(user, flag):
            yield {"right": right, "since": since.get(flag)}
    for group in sorted(user.groups.all(), key=lambda group: group.name):
        grants = sorted(permission.codename for permission in group.permissions.all())
        yield {
            "right": "group",
            "name": group.name,
            "since": since.get(f"group {group.name}"),
            "detail": " ".join(grants) or None,
        }
    own = user.user_permissions.all()
    for name in sorted(f"{each.content_type.app_label}.{each.codename}" for each in own):
        yield {"right": "permission", "name": name, "since": since.get(name)}


def _second_factors(user: User) -> _Rows:
    for device in TOTPDevice.objects.filter(user_id=user.pk, confirmed=True):
        yield {
            "right": "second factor",
            "name": device.name,
            "since": device.created_at,
            "last_used_at": device.last_used_at,
        }


def _provider_identities(user: User) -> _Rows:
    for identity in OidcIdentity.objects.filter(user_id=user.pk).order_by("issuer"):
        yield {
            "right": "single sign-on",
            "name": identity.subject,
            "since": identity.linked_at,
            "last_used_at": identity.last_signed_in_at,
            "detail": identity.issuer,
        }


def _credentials(user: User) -> _Rows:
    """Whose session at Catalyze the user's proofs come from."""
    for row in Credentials.objects.filter(user_id=user.pk).defer("sealed"):
        yield {
            "right": "Catalyze session",
            "name": row.users_id or None,
            "state": row.state,
            "since": row.proves_since,
            "last_used_at": row.proved_at,
            "detail": "renews itself" if row.renews_itself else None,
        }


def _tokens(user: User) -> _Rows:
    """Ended ones too, for as long as they are kept."""
    works = tokens_work(user)
    for token in tokens_of(user).order_by("pk"):
        only_from = f", only from {' '.join(token.addresses)}" if token.addresses else ""
        yield {
            "right": "API token",
            "name": token.name,
            "state": token_state(token, works=works),
            "since": token.created_at,
            "until": token.revoked_at or token.expires_at,
            "last_used_at": token.last_used_at,
            "detail": f"{' '.join(token.scopes)}{only_from}",
        }


def _proofs(user: User) -> _Rows:
    proofs = ((granted_proofs(user), "proved_at", _OWN), (listed_proofs(user), _ASKED_AT, _LISTED))
    for proved, at, kind in proofs:
        found = proved.aggregate(count=Count("organization_id"), first=Min(at), last=Max(at))
        if found["count"]:
            yield {
                "right": "organizations",
                "since": found["first"],
                "until": found["last"] + settings.ACCESS_PROOF_TTL,
                "count": found["count"],
                "detail": kind,
            }


def _organizations(user: User) -> _Rows:
    proofs = granted_proofs(user).annotate(own_sent=SentAt(user, "organization_id"))
    in_order = proofs.select_related("organization").order_by("organization__org_id")
    for proof in in_order.iterator():
        yield {
            "right": "organization",
            "name": proof.organization.org_id,
            # Who was sent no customer is shown only that there is none.
            "state": "customer" if proof.own_sent else "not set up",
            "since": proof.proved_at,
            "until": proof.proved_at + settings.ACCESS_PROOF_TTL,
            "detail": _OWN,
        }
    listed = listed_proofs(user)
    columns = ("organization__org_id", _ASKED_AT)
    for org_id, asked_at in listed.order_by(columns[0]).values_list(*columns).iterator():
        yield {
            "right": "organization",
            "name": org_id,
            "state": "customer",
            "since": asked_at,
            "until": asked_at + settings.ACCESS_PROOF_TTL,
            "detail": _LISTED,
        }


_KINDS: tuple[Callable[[User], _Rows], ...] = (
    *(_account, _roles, _second_factors, _provider_identities, _credentials, _tokens, _proofs),
)
