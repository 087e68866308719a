"""Whom an answer of the provider signs in, and what its groups give them."""

import logging

from django.contrib.auth.models import Group, User
from django.db import transaction

from customers.models import OidcIdentity
from customers.services.accounts.permission_changes import recording_permissions
from customers.services.accounts.second_factor import factor_of
from customers.services.single_sign_on.claims import Claims
from customers.services.single_sign_on.configuration import STAFF_RIGHT, SingleSignOn
from customers.services.single_sign_on.identities import identity_by_subject, note_signed_in
from customers.services.single_sign_on.new_users import make_user
from customers.services.single_sign_on.sign_in_refused import SignInRefused, WhyRefused

logger = logging.getLogger(__name__)


def signed_in(sso: SingleSignOn, claims: Claims) -> OidcIdentity:
    """Raises SignInRefused. Groups are given and taken even if the sign-in is refused then."""
    identity = identity_by_subject(sso, claims.subject)
    if identity is None:
        if STAFF_RIGHT not in granted(sso, claims):
            raise SignInRefused(WhyRefused.UNKNOWN)
        identity = make_user(sso, claims)
    user = identity.user
    apply_groups(user, sso, claims)
    if not (user.is_active and user.is_staff):
        raise SignInRefused(WhyRefused.NOT_STAFF, user)
    if sso.second_factor and not claims.has(sso.second_factor) and factor_of(user) is None:
        raise SignInRefused(WhyRefused.SECOND_FACTOR, user)
    note_signed_in(identity)
    return identity


def granted(sso: SingleSignOn, claims: Claims) -> frozenset[str]:
    """STAFF_RIGHT and names of groups here."""
    return frozenset(ours for theirs, ours in sso.groups if theirs in claims.groups)


def apply_groups(user: User, sso: SingleSignOn, claims: Claims) -> None:
    """Only what OIDC_GROUPS names is given and taken."""
    managed = {ours for _, ours in sso.groups}
    given = granted(sso, claims)
    groups = {group.name: group for group in Group.objects.filter(name__in=managed - {STAFF_RIGHT})}
    if missing := managed - {STAFF_RIGHT} - groups.keys():
        logger.error("OIDC_GROUPS names groups that do not exist: %s", ", ".join(sorted(missing)))
    with transaction.atomic(), recording_permissions(user):
        if STAFF_RIGHT in managed and user.is_staff != (STAFF_RIGHT in given):
            user.is_staff = STAFF_RIGHT in given
            user.save(update_fields=["is_staff"])
        user.groups.add(*(group for name, group in groups.items() if name in given))
        user.groups.remove(*(group for name, group in groups.items() if name not in given))
