"""Organizations that a run could not check, and retrying them."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from customers.models import Access, Customer, SyncRun
from customers.models.customer import MASS_NOT_SET_UP
from customers.services.access.visible import visible_customers
from customers.services.checking.check_many import Checked, check_many

# Few enough that the page does not take too long.
AT_ONCE = 50


def visible_failures(user: AbstractBaseUser, run: SyncRun) -> QuerySet[Customer]:
    failed = visible_customers(user).filter(_failed_in(run)).select_related("organization")
    return failed.order_by("folded_name", "pk")


def retry(user: AbstractBaseUser, run: SyncRun) -> Checked:
    """Check up to AT_ONCE again, none that denied this user access. Raises CredentialsUnusable."""
    refused = Access.objects.filter(user_id=user.pk).exclude(state=Access.State.GRANTED)
    failed = Customer.objects.filter(_failed_in(run)).exclude(
        organization__in=refused.values("organization")
    )
    org_ids = failed.order_by("attempted_at", "pk").values_list("organization__org_id", flat=True)
    return check_many(user, list(org_ids[:AT_ONCE]))


def _failed_in(run: SyncRun) -> Q:
    failed = ~Q(last_error_code="") & ~Q(last_error_code=MASS_NOT_SET_UP.code)
    return failed & Q(attempted_at__range=(run.started_at, run.last_seen_at))
