"""Look at the whole installation, in bounded time."""

import time
from collections.abc import Iterator

from django.utils.translation import override

from customers.services.diagnosis.database_setup import database_answers, migrations, server
from customers.services.diagnosis.disk import disk
from customers.services.diagnosis.finding import Finding, Verdict, worst
from customers.services.diagnosis.guarded import AskedInThread, Look, looked
from customers.services.diagnosis.log_chain import log_chain
from customers.services.diagnosis.outside import mail_server, upstream_server
from customers.services.diagnosis.private_files import private_files
from customers.services.diagnosis.proofs_by_list import permission_lists
from customers.services.diagnosis.proxy_count import proxy_count
from customers.services.diagnosis.scheduled import overdue_commands
from customers.services.diagnosis.settings_in_use import settings_in_use, static_files
from customers.services.diagnosis.sso_provider import sign_in_provider
from customers.services.diagnosis.stored_keys import log_signature, stored_keys
from customers.services.diagnosis.sync_state import (
    fresh_answers,
    lasting_proofs,
    mass_change,
    sessions,
    sync,
)

_PATIENCE = 5.0  # seconds for the answer of a server
_LONGEST = 6.0  # seconds that all servers are waited for together
# Files come first: to open those of SQLite makes them private again.
_HERE: dict[str, Look] = {
    "files": private_files,
    "disk": disk,
    "settings": settings_in_use,
    "static_files": static_files,
}
_SERVERS: dict[str, Look] = {
    "upstream": lambda: upstream_server(_PATIENCE),
    "single_sign_on": sign_in_provider,
    "mail": lambda: mail_server(_PATIENCE),
}
_OF_THE_DATABASE: dict[str, Look] = {
    "migrations": migrations,
    "database": server,
    "keys": stored_keys,
    "log_signature": log_signature,
    "log_chain": log_chain,
    "sync": sync,
    "freshness": fresh_answers,
    "mass_change": mass_change,
    "proofs": lasting_proofs,
    "permission_lists": permission_lists,
    "sessions": sessions,
    "schedule": overdue_commands,
    "proxies": proxy_count,
}


def examine() -> list[Finding]:
    """In English, like all that is for operators."""
    with override("en"):
        asked = [AskedInThread(name, look) for name, look in _SERVERS.items()]
        end = time.monotonic() + _LONGEST
        found = [*_all_of(_HERE), *_of_the_database()]
        return [*found, *(finding for server in asked for finding in server.found_by(end))]


def _of_the_database() -> Iterator[Finding]:
    """A database that does not answer is not asked again: each try may take minutes."""
    answering = database_answers()
    yield from answering
    if worst(answering) is Verdict.OK:
        yield from _all_of(_OF_THE_DATABASE)


def _all_of(looks: dict[str, Look]) -> Iterator[Finding]:
    for name, look in looks.items():
        yield from looked(name, look)
