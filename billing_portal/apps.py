"""Put our own admin site in place of Django's."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    default_site = "customers.dashboard.site.BillingSite"
