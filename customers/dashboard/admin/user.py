"""Users in the back office: Django's own page, with a deletion that tells of no billing."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

from customers.dashboard.admin.quiet_deletion import QuietDeletionAdmin

admin.site.unregister(User)


@admin.register(User)
class PortalUserAdmin(QuietDeletionAdmin, UserAdmin):
    pass
