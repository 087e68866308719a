"""Django's user admin, with changes recorded and no billing shown."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.dashboard.admin.invitation import InvitingAdmin
from customers.dashboard.admin.isolated_column import isolated_column
from customers.dashboard.admin.quiet_deletion import QuietDeletionAdmin
from customers.dashboard.admin.recorded import RecordedAdmin
from customers.dashboard.text_fields import LineField
from customers.models import ApiToken, SecurityEvent
from customers.services.accounts.second_factor import remove_second_factor
from customers.services.accounts.security_events import record_event

admin.site.unregister(User)
admin.site.unregister(TOTPDevice)  # its page shows the secrets


class UserPasswordForm(AdminPasswordChangeForm):
    def save(self, commit: bool = True) -> User:
        """Record that a password was disabled; new passwords are recorded by a validator."""
        user: User = super().save(commit)
        if not user.has_usable_password():
            record_event(SecurityEvent.Code.PASSWORD_CHANGED, user=user)
        return user


@admin.register(User)
class PortalUserAdmin(InvitingAdmin, RecordedAdmin, QuietDeletionAdmin, UserAdmin):
    list_display = (
        *(isolated_column(User, name) for name in ("username", "email", "first_name", "last_name")),
        "is_staff",
    )
    list_display_links = list_display[:1]
    change_password_form = UserPasswordForm
    actions = ("remove_second_factors",)
    formfield_overrides = {models.CharField: {"form_class": LineField}}

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[Any, ...]:
        """API tokens go with their user, whoever may revoke them otherwise."""
        rows, counts, needed, protected = super().get_deleted_objects(objs, request)
        return rows, counts, needed - {ApiToken._meta.verbose_name}, protected

    @admin.action(
        description=gettext_lazy("Remove second factor"),
        permissions=["change"],
    )
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            remove_second_factor(user)
            self.log_change(request, user, "second factor removed")
        messages.success(
            request,
            _("Second factor removed. The password alone signs in until a new one is set up."),
        )
