from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.models import Customer, LastViewed
from customers.services.access.kept_figures import forget_figures
from customers.services.access.sight import sight_of


def note_look(user: AbstractBaseUser, customer: Customer) -> None:
    """Write only on the first view and after a change. `customer` is one of visible_customers."""
    before, changed_at = sight_of(customer).looked_at, customer.changed_at
    if before and changed_at and before >= changed_at:
        return
    # An answer that was held changes what is shown later than it was given.
    shown_since = [moment for moment in (customer.checked_at, changed_at) if moment]
    looked_at = max(shown_since, default=timezone.now())
    look = LastViewed(
        user_id=user.pk,
        organization_id=customer.organization_id,
        looked_at=looked_at,
    )
    LastViewed.objects.bulk_create(
        [look],
        update_conflicts=True,
        unique_fields=["user", "organization"],
        update_fields=["looked_at"],
    )
    forget_figures(user.pk)
