"""Lists that are pasted through a browser, and what their pages say."""

from django.test import Client

from customers.models import PastedList


def paste(client: Client, text: str) -> str:
    """The address of the list that comes of it."""
    answer = client.post("/orgs/pasted/", {"ids": text})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def ask(client: Client, address: str) -> dict[str, object]:
    answer = client.post(f"{address}ask/", {"in_place": "on"})
    assert answer.status_code == 200
    return dict(answer.json())


def standing(client: Client, address: str) -> dict[str, list[str]]:
    """The org ids of the rows in their order, and the ids that each panel names."""
    answer = client.get(address)
    assert answer.status_code == 200
    panels = ("unasked", "refused", "unknown", "unfitting")
    named = {panel: [text for _row, text in answer.context[panel].ids] for panel in panels}
    rows = [row.org_id for row in answer.context["rows"]]
    return {"rows": rows} | {panel: ids for panel, ids in named.items() if ids}


def lines(client: Client, address: str) -> list[list[str]]:
    """The cells of each line for the spreadsheet."""
    answer = client.get(f"{address}text/")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return [line.split("\t") for line in answer.content.decode().split("\n")[:-1]]


def newest() -> PastedList:
    return PastedList.objects.latest("pk")
