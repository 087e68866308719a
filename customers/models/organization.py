from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models.folded_field import FoldedField
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import MAX_LENGTH, clean_org_id


def validate_org_id(value: str) -> None:
    try:
        clean_org_id(value)
    except BadOrgId as exc:
        raise ValidationError(str(exc.message), code=exc.message.code) from exc


class Organization(models.Model):
    org_id = models.CharField(
        _("org id"), max_length=MAX_LENGTH, unique=True, validators=[validate_org_id]
    )
    name = models.CharField(_("name"), max_length=255, blank=True)
    # for searching and sorting
    folded_name = FoldedField(of="name")
    # from operators, so all staff may see it, unlike a name from Catalyze
    imported_name = models.CharField(max_length=255, blank=True, default="", db_default="")
    # whether operators brought it, with a name or without: then all staff may know that it exists
    is_imported = models.BooleanField(default=False, db_default=False)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("organization"), _("organizations")
        ordering = ("folded_name", "org_id")
        indexes = (
            models.Index(fields=("folded_name", "org_id"), name="organization_by_name"),
            models.Index(
                fields=("id",), condition=models.Q(is_imported=True), name="organization_imported"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(org_id=""), name="organization_has_org_id"),
        )

    def __str__(self) -> str:
        return self.name or self.org_id

    def get_absolute_url(self) -> str:
        return reverse("organization", args=[self.org_id])
