"""How the upstream can fail, and in which words that is said."""

from contextlib import contextmanager
from typing import Any, NamedTuple

from tests.helpers.upstream.doors import DOORS

ONE, RETRIED = 1, 3  # calls for one organization, at most
NOT_REACHED = "Catalyze could not be reached."
NOT_IN_TIME = "Catalyze did not answer in time."
NOT_JSON = "Catalyze sent something that is not JSON."
OWN_FAULT = "Catalyze had an internal error (500)."


class Fault(NamedTuple):
    """What goes wrong, what is said about it, and how often the upstream is asked at most."""

    name: str
    kind: str
    parameters: dict[str, Any]
    words: str
    calls: int = RETRIED
    is_invalid: bool = False  # an answer, but none that can be used


@contextmanager
def met(fault, sandbox, settings, times=1):
    """While the upstream fails like that, so many times; it must not be asked more than allowed."""
    before = calls(sandbox)
    patience = 0.2 if fault.words == NOT_IN_TIME else 10  # seconds; only some need be waited for
    settings.CATALYZE_CONNECT_TIMEOUT = settings.CATALYZE_READ_TIMEOUT = patience
    settings.CATALYZE_DEADLINE = 2 * patience
    if not fault.kind:
        with DOORS[fault.parameters["door"]]() as url:
            settings.CATALYZE_BASE_URL = url
            yield
            settings.CATALYZE_BASE_URL = sandbox.url
        return
    sandbox.set_fault(fault.kind, **fault.parameters)
    yield
    sandbox.clear_faults()
    assert before + times <= calls(sandbox) <= before + times * fault.calls


def calls(sandbox):
    return sum(sandbox.counts()["calls"].get("customer", {}).values())


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()
