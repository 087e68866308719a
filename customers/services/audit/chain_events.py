"""Record what was found of the disclosure log's chain, so that it leaves with the other events."""

from contextlib import suppress

from django.db import DatabaseError

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.disclosures.chain import ChainBroken, NotSigned, VerifiedLog, verify_log


def verify_and_record(noted_head: str = "", run: str = "") -> VerifiedLog:
    try:
        verified = verify_log(noted_head, run)
    except ChainBroken as exc:
        record_broken(exc)
        raise
    record_event(
        SecurityEvent.Code.CHAIN_VERIFIED,
        detail={
            "entries": verified.entries,
            "after": verified.after,
            "number": verified.number,
            "head": verified.head,
        },
    )
    return verified


def record_broken(found: ChainBroken) -> None:
    reason = "not_signed" if isinstance(found, NotSigned) else "broken"
    with suppress(DatabaseError):  # where it cannot even be read
        record_event(
            SecurityEvent.Code.CHAIN_BROKEN, detail={"reason": reason, "found": str(found)}
        )
