"""Django's group admin, with changes recorded."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from customers.dashboard.admin.declared_lookups import DeclaredLookupsAdmin
from customers.dashboard.admin.recorded import RecordedAdmin

admin.site.unregister(Group)


@admin.register(Group)
class PortalGroupAdmin(RecordedAdmin, DeclaredLookupsAdmin, GroupAdmin):
    pass
