"""URLs: staff pages at the root, the back office under /admin/, the API, what machines ask."""

from django.contrib import admin
from django.urls import include, path

from customers.api.docs import api_docs
from customers.dashboard.account.preferences import choose_language
from customers.dashboard.operations import health as operations
from customers.dashboard.site import staff_page

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("customers.dashboard.urls")),
    path("", include("customers.api.urls")),
    path("api/docs/", staff_page()(api_docs), name="api_docs"),
    path("language/", choose_language, name="set_language"),
    path("healthz", operations.healthz, name="healthz"),
    path("metrics", operations.metrics, name="metrics"),
]
handler403 = "customers.dashboard.error_pages.forbidden"
handler404 = "customers.dashboard.error_pages.not_found"
handler500 = "customers.dashboard.error_pages.server_error"
