"""The portal's URLs and one more: a lower bound for a signed-in page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from billing_portal.urls import urlpatterns as portal
from customers.dashboard.site import staff_page


@staff_page()
def bare(request: HttpRequest) -> HttpResponse:
    """A fixed text behind the same middleware, session, user and permission as every page."""
    return HttpResponse(f"Hello, {request.user.get_username()}.")


urlpatterns = [path("bare/", bare, name="bare"), *portal]
