"""URLs: staff pages at the root, the back office under /admin/, and endpoints for machines."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from customers.dashboard.operations import health as operations

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("customers.dashboard.urls")),
    path("language/", set_language, name="set_language"),
    path("healthz", operations.healthz, name="healthz"),
    path("metrics", operations.metrics, name="metrics"),
]
handler403 = "customers.dashboard.error_pages.forbidden"
handler404 = "customers.dashboard.error_pages.not_found"
handler500 = "customers.dashboard.error_pages.server_error"
