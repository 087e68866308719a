"""The app: one customer an organization, relayed by the upstream and kept as rows."""

from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        import_module("billing_portal.checks")
        import_module("customers.dashboard.admin")
