"""A list of organizations under a name: its filters, order and columns, own or shared."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from customers.models.folded_field import FoldedField

LONGEST_NAME = 60
_ONE_PERSONS = models.Q(private_to__isnull=False, shared_at=None)
_SHARED = models.Q(private_to=None, shared_at__isnull=False)


class SavedView(models.Model):
    """Written and read only by services/saved_views/. Holds no organizations and no counts."""

    name = models.CharField(max_length=LONGEST_NAME)
    folded_name = FoldedField(of="name")
    # Null once the user is deleted: what they shared stays.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # The owner of a private view, which goes with them; null while it is shared.
    private_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False
    )
    parameters = models.JSONField(default=dict)  # of the list's URL; see list_parameters.py
    columns = models.JSONField(default=list)  # names of columns
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    # Only of views that were shared; private ones are deleted at once.
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "folded_name"),
                name="saved_view_has_its_name",
                condition=models.Q(deleted_at=None),
            ),
            models.CheckConstraint(
                condition=_ONE_PERSONS | _SHARED, name="saved_view_is_private_or_shared"
            ),
        )
        indexes = (
            models.Index(
                fields=("folded_name", "id"),
                name="saved_view_shared",
                condition=models.Q(shared_at__isnull=False, deleted_at=None),
            ),
            models.Index(fields=("private_to",), name="saved_view_private"),
            models.Index(fields=("deleted_at",), name="saved_view_deleted"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved_view", args=[self.pk])

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None
