"""Where the pages are: the staff pages at the root, the back office under /admin/."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("customers.dashboard.urls")),
]
handler403 = "customers.dashboard.errors.forbidden"
handler404 = "customers.dashboard.errors.not_found"
handler500 = "customers.dashboard.errors.server_error"
