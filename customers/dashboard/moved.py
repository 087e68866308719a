"""Redirect URLs of earlier releases, with their query, to where the pages are now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import RedirectView

# Models of the back office by their names up to release 0.3.0.
_MODELS = {"view": "disclosure", "volume": "hourlydisclosures"}


def _page(former: str, name: str) -> URLPattern:
    now = RedirectView.as_view(pattern_name=name, query_string=True)
    return path(former, now, name=f"former_{name}")


def _pages_of_model(former: str, name: str) -> list[URLPattern]:
    def view(request: HttpRequest, rest: str = "") -> HttpResponse:
        query = request.GET.urlencode()
        url = reverse(f"admin:customers_{name}_changelist") + rest
        return redirect(f"{url}?{query}" if query else url)

    return [path(f"customers/{former}/", view), path(f"customers/{former}/<path:rest>", view)]


pages = [
    _page("answers/", "replies"),
    _page("answers/<str:language>/<str:state>/", "reply"),
    _page("answers/<str:language>/<str:state>/reset/", "reset_reply"),
]
back_office = [page for names in _MODELS.items() for page in _pages_of_model(*names)]
