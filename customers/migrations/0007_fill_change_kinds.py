"""Fill in what the changes so far are about, as services/kinds.py reads it at this time."""

from django.db import migrations

_ROWS_AT_A_TIME = 500
_METHOD = {"state", "default_id", "brand", "last4"}
_ON_FILE = {"card", "bank_account", "other", "details_not_sent", "unlisted"}
_KINDS = (
    "became_delinquent",
    "was_paid",
    "lost_method",
    "gained_method",
    "changed_method",
    "changed_expiry",
    "changed_balance",
    "changed_subscriptions",
    "deleted_customer",
    "changed_details",
)


def fill(apps, schema_editor):
    Change = apps.get_model("customers", "Change")
    rows = []
    for change in Change.objects.order_by("pk").iterator(chunk_size=2000):
        for kind in _kinds(change.differences):
            setattr(change, kind, True)
        rows.append(change)
        if len(rows) == _ROWS_AT_A_TIME:
            Change.objects.bulk_update(rows, _KINDS)
            rows = []
    if rows:
        Change.objects.bulk_update(rows, _KINDS)


def _kinds(differences):
    names = _telling(differences)
    before, now = differences.get("delinquent", (None, None))
    if "delinquent" in names and now is True:
        yield "became_delinquent"
    paid = "delinquent" in names and before is True and now is False
    if paid:
        yield "was_paid"
    if names & _METHOD:
        yield _method(*differences.get("state", (None, None)))
    elif names & {"exp_month", "exp_year"}:
        yield "changed_expiry"
    if names & {"balance", "currency"}:
        yield "changed_balance"
    if names & {"subscription_count", "subscription_status"}:
        yield "changed_subscriptions"
    told = _METHOD | {"exp_month", "exp_year", "balance", "currency"}
    told |= {"subscription_count", "subscription_status"}
    alone = [name for name in ("email", "customer_id") if name in names]
    has_turned = "delinquent" in names and now is not True and not paid
    is_told = bool(names & told) or ("delinquent" in names and not has_turned)
    if not is_told or has_turned or any(all(differences[name]) for name in alone):
        yield "changed_details"


def _telling(differences):
    names = set(differences)
    if "customer_id" not in names or all(differences["customer_id"]):
        return names
    is_delinquent = "delinquent" in names and differences["delinquent"][1]
    return names & (_METHOD | ({"delinquent"} if is_delinquent else set()))


def _method(before, now):
    if now == "deleted":
        return "deleted_customer"
    if before in _ON_FILE and now == "none":
        return "lost_method"
    if before == "none" and now in _ON_FILE:
        return "gained_method"
    return "changed_method"


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_change_kinds")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
