"""Where the pages are: the staff pages at the root, the back office under /admin/."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("customers.dashboard.urls")),
    path("language/", set_language, name="set_language"),
]
handler403 = "customers.dashboard.errors.forbidden"
handler404 = "customers.dashboard.errors.not_found"
handler500 = "customers.dashboard.errors.server_error"
