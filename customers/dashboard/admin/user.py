"""Users and groups in the back office: Django's own pages, which here tell of no billing."""

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.dashboard.admin.declared_lookups import DeclaredLookupsAdmin
from customers.dashboard.admin.quiet_deletion import QuietDeletionAdmin
from customers.services.second_factor import remove_second_factor

admin.site.unregister([User, Group])
admin.site.unregister(TOTPDevice)  # its page shows the secrets


@admin.register(User)
class PortalUserAdmin(QuietDeletionAdmin, UserAdmin):
    actions = ("remove_second_factors",)

    @admin.action(
        description=gettext_lazy("Remove the second factor of those who lost it"),
        permissions=["change"],
    )
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            remove_second_factor(user)
            self.log_change(request, user, "second factor removed")
        messages.success(request, _("The password alone signs them in until they set up another."))


@admin.register(Group)
class PortalGroupAdmin(DeclaredLookupsAdmin, GroupAdmin):
    pass
