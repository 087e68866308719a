"""Whether syncs run, succeed, and keep answers and proofs as fresh as they are meant to be."""

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from customers.database.capped_counts import COUNT_CAP
from customers.models import Credentials, HeldAnswer, Organization, SyncRun
from customers.services.diagnosis.finding import Finding, moment_text, ok, problem, warning
from customers.services.operations.freshness import missed_by_anyone
from customers.services.operations.proof_load import (
    proof_load,
    shortfall_remedy,
    shortfall_words,
)
from customers.services.wording.formats import capped_words

_MASS_CHANGE = "mass_change"
_SYNC, _FRESHNESS, _PROOFS, _SESSIONS = "sync", "freshness", "proofs", "sessions"
_SCHEDULE = "Schedule `manage.py sync_customers`: see docs/operations.md, “What runs when”."
_Ending = SyncRun.Ending
_ENDED_BADLY = {
    _Ending.FAILURES: "with failures",
    _Ending.INTERRUPTED: "early, because it was interrupted",
    _Ending.GAVE_UP: "early, because Catalyze kept failing",
    _Ending.LOST: "unexpectedly",
}


def sync() -> list[Finding]:
    last = SyncRun.objects.first()
    if last is None:
        say = problem if Organization.objects.exists() else warning
        return [say(_SYNC, "No sync has run yet.", _SCHEDULE)]
    seen = moment_text(last.last_seen_at)
    if last.is_running:
        return [ok(_SYNC, "A sync is running.")]
    if timezone.now() - last.last_seen_at > settings.FRESHNESS_OBJECTIVE:
        return [
            problem(_SYNC, f"The last sync ended on {seen}, before FRESHNESS_OBJECTIVE.", _SCHEDULE)
        ]
    ending = _Ending.LOST if last.is_silent else last.ending
    if how := _ENDED_BADLY.get(_Ending(ending)):
        remedy = "Its page under Syncs says what failed; the next one does the rest."
        return [warning(_SYNC, f"The last sync ended {how} ({seen}).", remedy)]
    return [ok(_SYNC, f"The last sync was complete ({seen}).")]


def fresh_answers() -> list[Finding]:
    missed = missed_by_anyone(settings.FRESHNESS_OBJECTIVE)
    if not missed.count:
        return [ok(_FRESHNESS, "All answers are within FRESHNESS_OBJECTIVE.")]
    many = capped_words(missed.count, COUNT_CAP)
    who = "1 organization has" if missed.count == 1 else f"{many} organizations have"
    since = f"since {moment_text(missed.oldest)}" if missed.oldest else "some never"
    return [
        warning(
            _FRESHNESS,
            f"{who} no answer within FRESHNESS_OBJECTIVE ({since}).",
            "See that syncs run often enough; if they take too long, raise --concurrency or "
            "CATALYZE_MAX_RPS.",
        )
    ]


def mass_change() -> list[Finding]:
    held = HeldAnswer.objects.filter(is_held=True).aggregate(count=Count("pk"), since=Min("since"))
    if not held["count"]:
        return [ok(_MASS_CHANGE, "No answers are held.")]
    since = moment_text(held["since"])
    return [
        warning(
            _MASS_CHANGE,
            f"Answers without a payment method are held: {held['count']}, since {since}.",
            "Look at some in Stripe. If Catalyze is right, run `manage.py accept_mass_change`; a "
            "sync two hours later that says the same is believed, too.",
        )
    ]


def lasting_proofs() -> list[Finding]:
    load = proof_load()
    if load.fits:
        return [ok(_PROOFS, "All proofs of access can be renewed in time.")]
    return [warning(_PROOFS, shortfall_words(load), shortfall_remedy(load))]


def sessions() -> list[Finding]:
    rows = Credentials.objects.filter(user__is_active=True)
    ended = sum(not row.may_ask for row in rows.only("state", "renews_itself").iterator())
    if not ended:
        return [ok(_SESSIONS, "No Catalyze session that is stored has ended.")]
    return [
        warning(
            _SESSIONS,
            f"{ended} stored Catalyze session{'s have' if ended > 1 else ' has'} ended.",
            "`manage.py check_credentials` names them; their users sign in to Catalyze again.",
        )
    ]
