"""The text that asks an organization's admins for access to its billing."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from customers.models import Credentials
from customers.services.wording.isolation import isolated


def access_request(user: AbstractBaseUser, org_id: str, name: str) -> str:
    """From Catalyze it contains only who the user is there. `name` may be ""."""
    organization = f"{isolated(name)} ({org_id})" if name else org_id
    users_id = Credentials.objects.filter(user_id=user.pk).values_list("users_id", flat=True)
    sentences = [
        _("Please add me to the payment list of %(organization)s in Catalyze.")
        % {"organization": organization},
        _("I need its payment permission to answer questions about its billing."),
        _("Any admin of the organization can do this."),
    ]
    if own := users_id.first():
        sentences.append(_("My Catalyze user id is %(users_id)s.") % {"users_id": own})
    return " ".join(sentences)
