"""What is exported for a user, read again."""

import csv
import io
import json
from datetime import UTC, datetime

from customers.services.access.visible import visible_customers
from customers.services.lists.export import export

FIRST = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
AFTER, SEEN = datetime(2026, 10, 1, 8, 0, tzinfo=UTC), datetime(2026, 10, 1, 14, 0, tzinfo=UTC)


def text_of(user, format_):
    return "".join(export(user, visible_customers(user), format_, "export"))


def rows_of(user):
    return list(csv.DictReader(io.StringIO(text_of(user, "csv"), newline="")))


def objects_of(user):
    return [json.loads(line) for line in text_of(user, "jsonl").split("\n")[:-1]]
