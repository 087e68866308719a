"""The addresses of former releases: each leads to where the page is now, with its query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import RedirectView

# Until release 0.3.0: the former name of a model in the back office, and its name.
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
