"""Credentials: sealed, rotated, renewed once, and never taken for another user's."""

from tests.mutants.calls import call, keyword, not_excluded, without_keyword
from tests.mutants.changes import (
    always,
    never,
    returned,
    without_statement,
)
from tests.mutants.mutant import Mutant

_TESTS = "tests/services/credentials/test_"
SEALING, STORING, RENEWING, FORMER = (
    f"{_TESTS}{what}.py" for what in ("encryption", "store", "sessions", "former_credentials")
)
CONFIRMING = "tests/dashboard/account/confirmation/test_confirming_credentials.py"
ROTATING = "tests/commands/test_rotate_credential_keys.py"
UNTESTED = f"{_TESTS}tested_sessions.py"
SEAL, ROTATION, STORE, SESSIONS, WRITTEN = (
    f"services/credentials/{what}"
    for what in ("encryption", "key_rotation", "store", "sessions", "write_row")
)

MUTANTS = (
    Mutant(f"{SEAL}:_keys", call("MultiFernet", "Fernet(settings.CREDENTIAL_KEYS[0])"), SEALING),
    Mutant(f"{SEAL}:seal", call("encrypt", "json.dumps(fields).encode()"), SEALING),
    Mutant(f"{SEAL}:is_newest", returned("True", "False"), ROTATING),
    Mutant(f"{ROTATION}:_rotate", always("is_newest"), ROTATING),
    Mutant(f"{ROTATION}:_rotate", keyword("sealed", "b''"), ROTATING),
    Mutant(f"{STORE}:note_expired", not_excluded("REFUSED"), STORING),
    Mutant(f"{STORE}:version_of", without_keyword("saved_at"), STORING),
    Mutant(f"{STORE}:forget", without_statement("Credentials", "delete"), STORING),
    Mutant(f"{STORE}:_store", never("is_confirmed"), CONFIRMING),
    Mutant(f"{STORE}:sign_in", never("is_confirmed"), CONFIRMING),
    Mutant(f"{SESSIONS}:_claimed", not_excluded("renewing_until__gt"), RENEWING),
    Mutant(f"{SESSIONS}:_claimed", not_excluded("REFUSED"), RENEWING),
    Mutant(f"{SESSIONS}:renew", never("saved_at"), RENEWING),
    Mutant(f"{SESSIONS}:renew", never("can_renew"), RENEWING),
    Mutant(f"{SESSIONS}:_renew", always("select_for_update"), RENEWING),
    Mutant(f"{WRITTEN}:is_same_user", returned("False", "users_id"), RENEWING),
    Mutant(f"{WRITTEN}:is_same_user", returned("True", "False"), FORMER),
)
