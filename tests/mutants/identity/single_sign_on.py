"""Single sign-on: whom the provider signs in, what of it is believed, and for how long."""

import ast

from tests.mutants.calls import keyword, within, without_keyword
from tests.mutants.changes import (
    compared,
    never,
    returned,
    without_condition,
    without_statement,
)
from tests.mutants.mutant import Mutant

_TESTS = "tests/dashboard/single_sign_on/test_"
SIGN_IN, LIES, DISCOVERY, RENEWAL, LOCAL, FACTOR, CONNECTING, CONFIRMING = (
    f"{_TESTS}{what}.py"
    for what in (
        *("sign_in", "lies", "discovery", "renewal", "local_sign_in", "second_factor"),
        *("connecting", "confirming"),
    )
)
ADMIT, CLAIMS, IDENTITIES, PASSWORDS, NEW, PROVIDER, SESSIONS = (
    f"services/single_sign_on/{what}"
    for what in (
        *("admit", "claims", "identities", "local_sign_in", "new_users", "provider"),
        "provider_sessions",
    )
)

MUTANTS = (
    # Who gets in, as whom, with what.
    Mutant(f"{ADMIT}:signed_in", never("granted"), SIGN_IN),
    Mutant(f"{ADMIT}:signed_in", without_condition("is_active"), SIGN_IN),
    Mutant(f"{ADMIT}:signed_in", never("second_factor"), FACTOR),
    Mutant(f"{ADMIT}:apply_groups", without_statement("remove"), SIGN_IN),
    Mutant(f"{ADMIT}:apply_groups", never("is_staff"), SIGN_IN),
    Mutant(f"{IDENTITIES}:identity_by_subject", without_keyword("issuer"), LIES),
    Mutant(f"{IDENTITIES}:identity_by_subject", without_keyword("subject"), LIES),
    Mutant(f"{IDENTITIES}:connect", never("user_id"), CONNECTING),
    Mutant(f"{NEW}:make_user", never("exists"), SIGN_IN),
    Mutant(f"{PASSWORDS}:may_use_password", returned("True", "ON"), LOCAL),
    # What is believed of an answer.
    Mutant(f"{CLAIMS}:claims_of", never("email_verified"), SIGN_IN),
    Mutant(f"{CLAIMS}:claims_of", without_condition("LEEWAY"), LIES),
    Mutant(f"{CLAIMS}:Claims.is_since", compared(ast.LtE, "auth_time"), CONFIRMING),
    Mutant(f"{PROVIDER}:_accepted_algorithms", never("issuer"), DISCOVERY),
    Mutant(f"{PROVIDER}:_accepted_algorithms", never("_is_safe"), DISCOVERY),
    Mutant(f"{PROVIDER}:_parsed", within("parse_id_token", keyword("nonce", "None")), LIES),
    Mutant(f"{PROVIDER}:_parsed", without_keyword("claims_options"), LIES),
    Mutant(f"{PROVIDER}:renew_at_provider", never("subject"), RENEWAL),
    Mutant(f"{PROVIDER}:renew_at_provider", never("access_token"), RENEWAL),
    # How long a session lasts.
    Mutant(f"{SESSIONS}:is_renewed", without_condition("issuer"), RENEWAL),
    Mutant(f"{SESSIONS}:is_renewed", never("_EARLY"), RENEWAL),
    Mutant(f"{SESSIONS}:is_renewed", never("_claim"), RENEWAL),
    Mutant(f"{SESSIONS}:_claim", without_keyword("renewed_at"), RENEWAL),
    Mutant(f"{SESSIONS}:_sealed", returned("text.encode()", "encrypt"), RENEWAL),
)
