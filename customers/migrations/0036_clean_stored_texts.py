"""Clean the texts of former releases, as upstream/clean_text.py does at this time.

Nothing of it is a change of an organization: the history says the same in clean words, and the next
answer compares equal. The disclosure log is left alone, for its hashes cover what was written.
"""

import json
import re
import unicodedata
import zlib

from django.conf import settings
from django.db import migrations, transaction

_ROWS_AT_A_TIME = 1000
_MOST_MARKS = 8
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_LINE_ENDS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (65534, 65535))
    + "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_MAY_TOWER = re.compile(f"[^\x00-\u02ff]{{{_MOST_MARKS + 1}}}")
_FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"
# Columns of Customer that hold foreign texts; of some the payload has them as they were sent.
_SENT = {"customer_id": ("id", 255), "email": ("email", 255), "description": ("description", 1000)}
_OF_CUSTOMER = (
    *(*_SENT, "default_id", "method_type", "brand", "last4", "funding"),
    *("country", "cvc_check", "address_line1_check", "address_zip_check", "currency"),
    "subscription_status",
)


def clean(apps, schema_editor):
    for model, columns in (
        ("customers.Organization", {"name": _line, "description": _lines}),
        ("customers.Note", {"text": _lines, "ticket_url": _line}),
        ("customers.AnswerTemplate", {"text": _lines}),
        ("customers.Credentials", {"users_id": _line}),
        (settings.AUTH_USER_MODEL, {"first_name": _line, "last_name": _line}),
        ("admin.LogEntry", {"object_repr": _line}),
    ):
        _clean_columns(apps.get_model(model), columns)
    _clean_customers(apps.get_model("customers.Customer"), apps.get_model("customers.Payload"))
    _clean_columns(apps.get_model("customers.Change"), {"differences": _clean_differences})


def _clean_columns(model, columns):
    def clean_some(rows):
        return [
            row
            for row in rows
            if _replace(row, {name: read(getattr(row, name)) for name, read in columns.items()})
        ]

    _in_batches(model, columns, clean_some)


def _clean_customers(customers, payloads):
    def clean_some(rows):
        bodies = dict(
            payloads.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "compressed")
        )
        return [row for row in rows if _replace(row, _read_anew(row, bodies.get(row.pk)))]

    _in_batches(customers, _OF_CUSTOMER, clean_some)


def _in_batches(model, columns, clean_some):
    """Write what `clean_some` has changed of so many rows at a time, each time in a transaction."""
    last = 0
    while True:
        with transaction.atomic():
            found = model.objects.filter(pk__gt=last).order_by("pk").only("pk", *columns)
            rows = list(found.select_for_update()[:_ROWS_AT_A_TIME])
            model.objects.bulk_update(clean_some(rows), columns)
        if not rows:
            return
        last = rows[-1].pk


def _replace(row, values):
    """Whether any of the values is another than the row's, which it then has."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _read_anew(row, compressed):
    """The texts of a customer as the next answer would be read, if it says the same."""
    values = {name: _line(getattr(row, name)) for name in _OF_CUSTOMER}
    body = zlib.decompress(compressed) if compressed else b""
    if b"\\" not in body and all(getattr(row, name) == values[name] for name in _SENT):
        return values
    sent = json.loads(body) if body else {}
    for name, (key, limit) in _SENT.items():
        text = sent.get(key)
        if isinstance(text, str) and getattr(row, name) == _read_formerly(text)[:limit]:
            values[name] = _line(text)[:limit].rstrip()
    return values


def _read_formerly(text):
    """Line breaks glued the words around them."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text))


def _clean_differences(differences):
    return {
        name: [_line(value) if isinstance(value, str) else value for value in pair]
        for name, pair in differences.items()
    }


def _line(text):
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", _REMOVED.sub("", text)))
    text = _stacked_no_higher(text).strip()
    return text if any(map(_is_seen, text)) else ""


def _lines(text):
    return "\n".join(map(_line, _LINE_ENDS.split(text))).strip()


def _stacked_no_higher(text):
    if not _MAY_TOWER.search(text):
        return text
    kept, height = [], 0
    for character in text:
        category = unicodedata.category(character)
        is_mark = category in {"Mn", "Me"}
        if is_mark:
            height += 1
        elif category != "Cf":
            height = 0
        if not is_mark or height <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_seen(character):
    return character not in _FILLERS and unicodedata.category(character) not in {"Cf", "Zs"}


class Migration(migrations.Migration):
    # Batch by batch: a killed one is run again, and does no harm twice.
    atomic = False

    dependencies = [
        ("customers", "0035_billed_by_invoice"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop, elidable=True)]
