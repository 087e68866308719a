"""The tags of a page, and a walk over all pages with a payload in every field."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.urls import resolve

# What the parser must understand, so that everything else is shown.
KEPT = ("object", "type", "status", "interval", "last4")
PAGES_OF_A_KIND = 3


class Tags(HTMLParser):
    """The tags of a page with their attributes, and all text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [href for tag, attrs in self.tags if tag == "a" and (href := attrs.get("href"))]


def spoilt(value, payload, key=""):
    """The same JSON with the payload at the start of every text."""
    if isinstance(value, dict):
        return {name: spoilt(item, payload, name) for name, item in value.items()}
    if isinstance(value, list):
        return [spoilt(item, payload, key) for item in value]
    return f"{payload}{value}" if isinstance(value, str) and key not in KEPT else value


def walk(browser, parse=Tags):
    """Every page that links lead to, a few of each kind, with its address, as `parse` reads it."""
    waiting, seen, kinds = ["/", "/orgs/", "/admin/"], set(), {}
    while waiting:
        address = waiting.pop(0)
        kind = resolve(urlsplit(address).path).view_name
        kinds[kind] = kinds.get(kind, 0) + 1
        if (
            address in seen
            or kinds[kind] > PAGES_OF_A_KIND * 3
            or kind in {"export", "export_changes"}
        ):
            continue
        seen.add(address)
        response = browser.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            page = Tags(text)
            yield address, parse(text)
            waiting += [
                link if link.startswith("/") else urlsplit(address).path + link
                for link in page.links()
                if link.startswith(("/", "?")) and not link.startswith(("//", "/static/"))
            ]
