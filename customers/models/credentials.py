from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.last_error import LastError


class Credentials(LastError):
    class State(models.TextChoices):
        UNCHECKED = "unchecked", _("not tested yet")
        ACTIVE = "active", _("working")
        EXPIRED = "expired", _("session ended")
        REFUSED = "refused", _("refused")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True)
    # Written and read only by services/credentials/encryption.py; contains the user's id.
    sealed = models.BinaryField(editable=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.UNCHECKED)
    renews_itself = models.BooleanField(default=False)
    users_id = models.CharField(_("upstream user id"), max_length=255, blank=True)
    # When Catalyze said that this is the session's usersId; None if it has not.
    users_id_returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    saved_at = models.DateTimeField()
    # When they began to belong to their upstream user; older proofs of access are void.
    proves_since = models.DateTimeField()
    proved_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)
    # Set while a process is renewing them.
    renewing_until = models.DateTimeField(null=True, blank=True, editable=False)
    # When Catalyze last refused them; kept even once they work again.
    refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The calls of one day; see services/credentials/call_counts.py.
    calls_on = models.DateField(null=True, blank=True, editable=False)
    calls = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return f"credentials of {self.user}"

    @property
    def may_ask(self) -> bool:
        if self.state in {self.State.ACTIVE, self.State.UNCHECKED}:
            return True
        return self.state == self.State.EXPIRED and self.renews_itself
