"""Keep each sentence that was stored as the parameter of the code `legacy`."""

from django.db import migrations
from django.db.models import F
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject

_ROWS_AT_A_TIME = 1_000


def keep(apps, schema_editor):
    for name in ("Customer", "Credentials"):
        failed = apps.get_model("customers", name).objects.exclude(last_error="")
        failed.update(
            last_error_code="legacy", last_error_params=JSONObject(sentence=F("last_error"))
        )
    _rewrite_troubles(apps, _as_codes)


def back(apps, schema_editor):
    """Store the sentences again, and the bare code of what has none."""
    for name in ("Customer", "Credentials"):
        failed = apps.get_model("customers", name).objects.exclude(last_error_code="")
        failed.update(last_error=Coalesce(KT("last_error_params__sentence"), F("last_error_code")))
    _rewrite_troubles(apps, _as_sentences)


def _rewrite_troubles(apps, rewritten):
    SyncRun = apps.get_model("customers", "SyncRun")
    runs = SyncRun.objects.order_by("pk").only("troubles").iterator(chunk_size=_ROWS_AT_A_TIME)
    for run in runs:
        SyncRun.objects.filter(pk=run.pk).update(troubles=rewritten(run.troubles))


def _as_codes(troubles):
    ordered = sorted(troubles.items(), key=lambda pair: -pair[1])
    return [["legacy", {"sentence": sentence}, count] for sentence, count in ordered]


def _as_sentences(troubles):
    return {params.get("sentence", code): count for code, params, count in troubles}


class Migration(migrations.Migration):
    dependencies = [("customers", "0090_error_codes")]

    operations = [migrations.RunPython(keep, back)]
