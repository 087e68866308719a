"""Report the result of parsing stored payloads again."""

from collections.abc import Iterable

from django.core.management import BaseCommand, CommandError

from customers.services.checking.reread import Batch

_MOST_NAMED = 20


def report_batches(command: BaseCommand, batches: Iterable[Batch], what: str) -> None:
    """Raises CommandError if a stored payload could not be parsed."""
    organizations = changed = unreadable = 0
    named: list[str] = []
    for batch in batches:
        organizations += batch.organizations
        changed += batch.changed
        unreadable += len(batch.unreadable)
        named += batch.unreadable[: _MOST_NAMED - len(named)]
    command.stdout.write(f"{organizations} organizations read again, {changed} {what}.")
    if unreadable:
        raise CommandError(
            f"{unreadable} stored answers could not be read and were left as they are: "
            f"{', '.join(named)}"
        )
