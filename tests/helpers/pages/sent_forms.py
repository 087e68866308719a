"""A browser that fills in the forms of pages as a person does, with their hidden fields."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

PASSWORD = "a password of the tests"
HOST = "http://testserver"


class Form(HTMLParser):
    """The fields of the first form on `page` that is sent to `action`: those it holds already."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self._action, self._is_inside, self._text = action, False, ""
        self.fields: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = given.get("action", "") == self._action and not self.fields
        if not self._is_inside or "name" not in given:
            return
        self._text = given["name"] if tag == "textarea" else ""
        is_box = given.get("type") == "checkbox"
        if tag == "input" and (not is_box or "checked" in given):
            value = given.get("value", "on" if is_box else "")
            self.fields.setdefault(given["name"], []).append(value)

    def handle_data(self, data: str) -> None:
        if self._text and self._is_inside:
            self.fields.setdefault(self._text, []).append(data.removeprefix("\n").strip("\r\n"))
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


def form_on(answer: Any, action: str) -> dict[str, list[str]]:
    assert answer.status_code in {200, 403}
    return Form(answer.content.decode(), action).fields


def browser() -> Client:
    """One that is refused without a CSRF token, as everybody is."""
    return Client(enforce_csrf_checks=True)


def sign_in(client: Client, name: str = "ana", at: str = "/admin/login/") -> Any:
    """Type name and password on the page `at`; the answer is not followed."""
    form = form_on(client.get(at), "")
    return client.post(at, {**_last(form), "username": name, "password": PASSWORD})


def _last(form: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[-1] for name, values in form.items()}


def end_session(client: Client) -> None:
    """As the portal does after SESSION_IDLE_TIMEOUT; the browser keeps its cookies."""
    session = client.session
    for key in ("began_at", "used_at"):
        if key in session:
            session[key] -= 24 * 60 * 60
    session.save()
