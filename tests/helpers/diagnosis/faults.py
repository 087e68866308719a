"""Ways to break an installation, each with the check that names it and words of its sentence."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple

from customers.models import (
    Credentials,
    Customer,
    DisclosureHead,
    PermissionList,
    SecurityEvent,
    SyncRun,
)
from tests.helpers.diagnosis.breaking import (
    CODE,
    bundle_is_open,
    disk_is_full,
    env_is_open,
    hold_an_answer,
    key_file_is_open,
    lacks_a_migration,
    last_sync,
    listed,
    log_was_altered,
    new_key,
    no_backup,
    not_collected,
    rows,
    setting,
    signed_in_from,
    was_migrated_by_a_later_release,
)
from tests.helpers.rows import ago

ELSEWHERE = "https://catalyze.invalid"


class Fault(NamedTuple):
    """What breaks it, as long as the block of its result lasts if it is one."""

    breaks: Callable[[Any], Any]
    check: str
    verdict: str
    words: str

    @contextmanager
    def broken(self, installation: Any) -> Iterator[None]:
        result = self.breaks(installation)
        with result if isinstance(result, AbstractContextManager) else nullcontext():
            yield


IN_SETTINGS = {
    "a pace too slow for all proofs": Fault(
        setting(CATALYZE_MAX_RPS=1e-6), "proofs", "warning", "Not all proofs of access can be"
    ),
    "DEBUG is on": Fault(setting(DEBUG=True), "settings", "problem", "DEBUG is on"),
    "any host": Fault(setting(ALLOWED_HOSTS=["*"]), "settings", "problem", "ALLOWED_HOSTS is *"),
    "cookies over http": Fault(
        setting(SESSION_COOKIE_SECURE=False, CATALYZE_BASE_URL=ELSEWHERE),
        *("settings", "problem", "SESSION_COOKIE_SECURE is off"),
    ),
    "pages over http": Fault(
        setting(SECURE_SSL_REDIRECT=False), "settings", "warning", "SECURE_SSL_REDIRECT is off"
    ),
    "no address for links": Fault(
        setting(PORTAL_URL=""), "settings", "warning", "PORTAL_URL is not set"
    ),
    "the SECRET_KEY of the example": Fault(
        setting(SECRET_KEY="change-me-" * 6, CATALYZE_BASE_URL=ELSEWHERE),
        *("settings", "problem", "SECRET_KEY is short or well known"),
    ),
    "the CREDENTIAL_KEYS of the example": Fault(
        setting(
            CREDENTIAL_KEYS=["Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI="],
            CATALYZE_BASE_URL=ELSEWHERE,
        ),
        *("settings", "problem", "CREDENTIAL_KEYS holds the key of the example"),
    ),
    "no collected files": Fault(
        not_collected, "static_files", "problem", "static files have not been collected"
    ),
}
ON_THIS_MACHINE = {
    "an open .env": Fault(env_is_open, "files", "problem", "can read .env (mode 0644)"),
    "an open list of authorities": Fault(
        bundle_is_open, "files", "problem", "can change ca.pem (mode 0666)"
    ),
    "an open file of a key": Fault(
        key_file_is_open, "files", "warning", "can read secret_key (mode 0644)"
    ),
    "a full disk": Fault(disk_is_full, "disk", "problem", "MB are free in"),
}
IN_THE_DATABASE = {
    "a lost key": Fault(new_key(keeps_old=False), "keys", "problem", "opens 0 of 1 stored"),
    "a log signed with a lost key": Fault(
        new_key(keeps_old=False), "keys", "problem", "signed the end of the disclosure log"
    ),
    "an older key": Fault(new_key(keeps_old=True), "keys", "warning", "with an older key"),
    "a signature of somebody else's": Fault(
        rows(lambda: DisclosureHead.objects.update(signature=b"forged")),
        *("keys", "problem", "signed the end of the disclosure log"),
    ),
    "a migration not applied": Fault(
        lacks_a_migration, "migrations", "problem", "older than this release: it lacks customers."
    ),
    "a migration not known": Fault(
        was_migrated_by_a_later_release, "migrations", "problem", "not know customers.9999_of_tomor"
    ),
    "no sync": Fault(
        rows(lambda: SyncRun.objects.all().delete()), "sync", "problem", "No sync has run yet"
    ),
    "an old sync": Fault(
        last_sync(started_at=ago(500), ended_at=ago(480)),
        *("sync", "problem", "before FRESHNESS_OBJECTIVE"),
    ),
    "a sync that gave up": Fault(
        last_sync(ending="gave_up"), "sync", "warning", "because Catalyze kept failing"
    ),
    "a sync that was killed": Fault(
        last_sync(ending="", ended_at=None, started_at=ago(5), beat_at=ago(4)),
        *("sync", "warning", "The last sync ended unexpectedly"),
    ),
    "old answers": Fault(
        rows(lambda: Customer.objects.update(checked_at=ago(480))),
        *("freshness", "warning", "1 organization has no answer within FRESHNESS_OBJECTIVE"),
    ),
    "answers that are held": Fault(
        rows(hold_an_answer), "mass_change", "warning", "payment method are held: 1, since"
    ),
    "a permission list that cannot be read": Fault(
        listed(lambda: PermissionList.objects.update(attempted_at=ago(5))),
        *("permission_lists", "warning", "1 of 1 permission lists could not be read"),
    ),
    "a user whom no permission list can name": Fault(
        listed(lambda: Credentials.objects.update(users_id_returned_at=None)),
        *("permission_lists", "warning", "Permission lists cannot name 1 user, of whom"),
    ),
    "an ended session": Fault(
        rows(lambda: Credentials.objects.update(state=Credentials.State.EXPIRED)),
        *("sessions", "warning", "1 stored Catalyze session has ended"),
    ),
    "an altered log": Fault(log_was_altered, "log_chain", "problem", "did not hold together"),
    "a log never verified": Fault(
        rows(lambda: SecurityEvent.objects.filter(code=CODE.CHAIN_VERIFIED).delete()),
        *("log_chain", "warning", "has never been verified"),
    ),
    "a log verified long ago": Fault(
        rows(
            lambda: SecurityEvent.objects.filter(code=CODE.CHAIN_VERIFIED).update(
                happened_at=ago(3 * 24 * 60)
            )
        ),
        *("log_chain", "warning", "was last verified on"),
    ),
    "a log of which only what is new was verified": Fault(
        rows(
            lambda: SecurityEvent.objects.filter(code=CODE.CHAIN_VERIFIED).update(
                detail={"after": 3}
            )
        ),
        *("log_chain", "warning", "The whole disclosure log has not been verified"),
    ),
    "a schedule that stands still": Fault(
        no_backup, "schedule", "warning", "send_digest, back_up, prune_history"
    ),
    "too many proxies": Fault(
        signed_in_from(None), "proxies", "problem", "The address of none of the last 6 sign-ins"
    ),
    "too few proxies": Fault(
        signed_in_from("10.0.0.1"), "proxies", "warning", "last 6 sign-ins came from one address"
    ),
}
