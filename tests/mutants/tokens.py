"""API tokens: which are refused, how many requests they may make, and who makes them."""

from tests.mutants.calls import not_filtered, within, without_keyword
from tests.mutants.changes import (
    never,
    returned,
    sql,
    without_condition,
    without_statement,
)
from tests.mutants.mutant import Mutant

_SERVICE = "tests/services/tokens/test_"
REFUSED, NETWORKS, RATE, NEW, STORED = (
    f"{_SERVICE}{what}.py"
    for what in ("authenticate", "networks", "request_rate", "new_tokens", "stored_tokens")
)
_PAGES = "tests/dashboard/account/tokens/test_"
PAGE, WHO = f"{_PAGES}api_tokens.py", f"{_PAGES}who_creates_tokens.py"
TOKENS, AUTHENTICATE = "services/tokens", "services/tokens/authenticate"
ON_PAGE = "dashboard/account/tokens"

MUTANTS = (
    Mutant(f"{AUTHENTICATE}:_unended", without_keyword("revoked_at"), REFUSED),
    Mutant(f"{AUTHENTICATE}:_unended", without_keyword("expires_at__gt"), REFUSED),
    Mutant(f"{AUTHENTICATE}:_unended", without_keyword("user__is_active"), REFUSED),
    Mutant(f"{AUTHENTICATE}:_unended", without_keyword("user__is_staff"), REFUSED),
    Mutant(f"{AUTHENTICATE}:authenticate", without_condition("_may_see_customers"), REFUSED),
    Mutant(f"{AUTHENTICATE}:authenticate", never("is_token_text"), REFUSED),
    Mutant(f"{AUTHENTICATE}:authenticate", without_condition("is_within"), REFUSED),
    Mutant(f"{AUTHENTICATE}:_note_use", never("last_used_at"), REFUSED),
    Mutant(f"{TOKENS}/networks:is_within", returned("True", "any"), NETWORKS),
    Mutant(f"{TOKENS}/request_rate:_counted", sql("THEN kept.count + 1", "THEN 1"), RATE),
    Mutant(f"{TOKENS}/request_rate:_counted", sql("ELSE 1", "ELSE kept.count + 1"), RATE),
    Mutant(f"{TOKENS}/new_tokens:make_token", never("API_TOKEN_MAX_AGE"), NEW),
    Mutant(f"{TOKENS}/new_tokens:make_token", without_keyword("form_key"), PAGE),
    Mutant(
        f"{TOKENS}/stored_tokens:_revoke", within("filter", without_keyword("revoked_at")), STORED
    ),
    Mutant(f"{TOKENS}/stored_tokens:tokens_of", not_filtered("user_id"), PAGE),
    Mutant(f"{ON_PAGE}:create_api_token", without_statement("require_confirmation"), WHO),
)
