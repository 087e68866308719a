from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        import_module("customers.checks")
        import_module("customers.audit_checks")
        import_module("customers.dashboard.admin")
        triggers = import_module("customers.services.disclosures.triggers")
        support_group = import_module("customers.services.accounts.support_group")
        post_migrate.connect(triggers.restore, sender=self)
        post_migrate.connect(support_group.grant_once, sender=self)
