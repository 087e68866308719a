"""Remember which answer a user last opened an organization's page with."""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Access, Customer


def note_look(user: AbstractBaseUser, customer: Customer) -> None:
    """Note that `user` opened the page with this answer, one of visible_customers.

    Written only where it makes a difference: at the first look, and after a change.
    """
    looked_at = getattr(customer, "looked_at", None)
    if looked_at and customer.changed_at and looked_at >= customer.changed_at:
        return
    access = Access.objects.filter(user_id=user.pk, organization_id=customer.organization_id)
    access.update(looked_at=customer.checked_at)
