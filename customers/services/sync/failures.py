"""What could not be checked in a run: which organizations, and trying them again."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from customers.models import Access, Customer, SyncRun
from customers.services.access.visible import visible_customers
from customers.services.checking.check import Checked, check_many

# So many at a time, because somebody waits for the page.
AT_ONCE = 50


def visible_failures(user: AbstractBaseUser, run: SyncRun) -> QuerySet[Customer]:
    """Those organizations whose last attempt failed in `run` that `user` may see."""
    failed = visible_customers(user).filter(_failed_in(run)).select_related("organization")
    return failed.order_by("folded_name", "pk")


def retry(user: AbstractBaseUser, run: SyncRun) -> Checked:
    """Check with the user's own credentials what failed in `run`, AT_ONCE at most.

    What the user was refused is left to others. Raises CredentialsUnusable.
    """
    refused = Access.objects.filter(user_id=user.pk).exclude(state=Access.State.GRANTED)
    failed = Customer.objects.filter(_failed_in(run)).exclude(
        organization__in=refused.values("organization")
    )
    org_ids = failed.order_by("attempted_at", "pk").values_list("organization__org_id", flat=True)
    return check_many(user, list(org_ids[:AT_ONCE]))


def _failed_in(run: SyncRun) -> Q:
    return ~Q(last_error_code="") & Q(attempted_at__range=(run.started_at, run.last_seen_at))
