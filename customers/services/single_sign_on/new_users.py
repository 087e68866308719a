"""Make a user for somebody whom the provider's groups let in."""

import hashlib

from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from customers.models import OidcIdentity, SecurityEvent
from customers.services.accounts.permission_changes import recording_permissions
from customers.services.accounts.security_events import record_event
from customers.services.single_sign_on.claims import Claims
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.sign_in_refused import SignInRefused, WhyRefused

_LONGEST_NAME = 150


def make_user(sso: SingleSignOn, claims: Claims) -> OidcIdentity:
    """Raises SignInRefused if somebody has the name: they may be somebody else."""
    user = User(
        username=_username(sso, claims),
        email=_email(claims),
        first_name=claims.first_name[:_LONGEST_NAME],
        last_name=claims.last_name[:_LONGEST_NAME],
        is_staff=True,
    )
    user.set_unusable_password()
    if User.objects.filter(username__iexact=user.username).exists():
        raise SignInRefused(WhyRefused.NAME_TAKEN)
    try:
        with transaction.atomic():
            with recording_permissions(user):
                user.save()
            record_event(
                SecurityEvent.Code.ACCOUNT_CREATED, user=user, detail={"issuer": sso.issuer}
            )
            return OidcIdentity.objects.create(
                user=user, issuer=sso.issuer, subject=claims.subject, linked_at=timezone.now()
            )
    except IntegrityError as exc:  # another request made them just now
        raise SignInRefused(WhyRefused.NAME_TAKEN) from exc


def _username(sso: SingleSignOn, claims: Claims) -> str:
    """As the provider calls them, if a user can be called so."""
    name = User.normalize_username(claims.username)
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        name = ""
    if name and len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(f"{sso.issuer} {claims.subject}".encode()).hexdigest()
    return f"user-{digest[:12]}"


def _email(claims: Claims) -> str:
    try:
        validate_email(claims.email)
    except ValidationError:
        return ""
    return User.objects.normalize_email(claims.email)
