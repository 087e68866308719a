"""Proof by permission list: whom it proves, for how long, what of the past, and what it costs."""

from tests.mutants.calls import call, calls, keyword, without_keyword
from tests.mutants.changes import (
    always,
    comparison,
    never,
    returned,
    sql,
    without_condition,
    without_element,
    without_statement,
)
from tests.mutants.mutant import Mutant

RULE, STORED = "services/access/proof_rule", "services/checking/permission_lists"
CLIENT, SYNC = "upstream/client", "services/sync"
SHOWN, LISTS, SYNCED, READ, PAGES, LISTS_DUE, FIRST = (
    "tests/services/access/test_listed.py",
    "tests/services/checking/test_permission_lists.py",
    "tests/services/sync/test_by_lists.py",
    "tests/upstream/client/answers/test_permission_lists.py",
    "tests/access/test_listed_proofs.py",
    "tests/services/sync/test_lists_due.py",
    "tests/services/sync/test_sessions_first.py",
)
EVER = " AND '2000-01-01' < ("

MUTANTS = (
    Mutant(f"{RULE}:_OfProof.sql_of", without_condition("uses_lists"), SHOWN),
    Mutant(f"{RULE}:_NAMED", sql("named.user_id = %(user)s", "%(user)s IS NOT NULL"), SHOWN),
    Mutant(f"{RULE}:_NAMED", sql("organization_id = {of}", "organization_id IS NOT NULL"), SHOWN),
    Mutant(f"{RULE}:_NAMED", sql("list.asked_at >= %(oldest)s", "%(oldest)s IS NOT NULL"), SHOWN),
    Mutant(f"{RULE}:_NAMED", sql(" AND list.asked_at >= (", EVER), SHOWN),
    Mutant(f"{RULE}:_IS_KNOWN", sql("present.users_id_returned_at IS NOT NULL", "TRUE"), SHOWN),
    Mutant(
        f"{RULE}:_HAS_WORKED",
        sql("present.proved_at >= %(oldest)s", "%(oldest)s IS NOT NULL"),
        SHOWN,
    ),
    Mutant(f"{RULE}:_IS_REFUSED", sql("refusal.state <> 'granted'", "FALSE"), SHOWN),
    Mutant(f"{RULE}:_IS_REFUSED", sql(" AND refusal.proved_at >= (", EVER), SHOWN),
    Mutant(f"{RULE}:_LISTS_SINCE", sql("named.since <= {after}", "{after} IS NOT NULL"), SHOWN),
    Mutant(f"{RULE}:_LISTS_SINCE", sql("named.since <= ", "named.since < "), SHOWN),
    Mutant("services/access/how_proved:proof_ends", calls("max", "min"), SHOWN),
    Mutant("services/access/visible:last_sent", call("ShowsByOwn", "Q()"), SHOWN),
    Mutant("services/access/how_proved:kinds_of_proof", always("OWN", "LISTED"), SHOWN),
    Mutant("services/access/how_proved:kinds_of_proof", never("OWN", "LISTED"), SHOWN),
    Mutant(f"{STORED}:_store", without_condition("is_older_than"), LISTS),
    Mutant(f"{STORED}:_store", without_condition("Result", "LISTED"), LISTS),
    Mutant(f"{STORED}:_store", always("attempted_at"), LISTS),
    Mutant(f"{STORED}:_store", without_statement("add"), LISTS),
    Mutant(f"{STORED}:_store_users", without_condition("users_id_returned_at"), LISTS),
    Mutant(f"{STORED}:_store_users", without_statement("_delete"), LISTS),
    Mutant(f"{STORED}:store_lists", call("_is_of_present", "True"), LISTS),
    Mutant("services/credentials/store:forget", without_statement("ListedUser", "delete"), LISTS),
    Mutant(
        "services/credentials/write_row:_drop_former_proofs",
        without_statement("ListedUser", "delete"),
        LISTS,
    ),
    Mutant(
        "services/credentials/write_row:note_users_id",
        never("users_id", "NotIn"),
        SYNCED,
    ),
    Mutant(f"{CLIENT}:_payment_list", never("orgId"), READ),
    Mutant(f"{CLIENT}:_payment_list", without_condition("all"), READ),
    Mutant(f"{CLIENT}:_payment_list", never("all"), READ),
    Mutant("upstream/bodies:exact_text_of", always("get"), READ),
    Mutant(f"{SYNC}/credential_pool:CredentialPool.open", never("has_worked"), SYNCED),
    Mutant(
        f"{SYNC}/credential_pool:CredentialPool._ask_with",
        without_condition("MOST_CALLS"),
        SYNCED,
    ),
    Mutant(
        f"{SYNC}/credential_pool:CredentialPool._verified",
        without_condition("has_given_up"),
        FIRST,
    ),
    Mutant(
        f"{SYNC}/credential_pool:CredentialPool._verified",
        without_condition("_is_stopped"),
        FIRST,
    ),
    Mutant(
        f"{SYNC}/credential_pool:CredentialPool._who_may_ask",
        without_element("may_ask"),
        SYNCED,
    ),
    Mutant(f"{SYNC}/sessions_first:SessionsFirst.verified", always("can_renew"), FIRST),
    Mutant(
        f"{SYNC}/by_lists:needs_verifying",
        without_keyword("users_id_returned_at__isnull"),
        SYNCED,
    ),
    Mutant(f"{SYNC}/by_lists:_denied", without_element("ACCESS_PROOF_TTL"), LISTS_DUE),
    Mutant(
        f"{SYNC}/by_lists:_denied", without_element("user__credentials__proves_since"), LISTS_DUE
    ),
    Mutant(f"{SYNC}/by_lists:askers", never("NotIn"), LISTS_DUE),
    Mutant(f"{SYNC}/by_lists:_is_settled", without_keyword("attempted_at__lte"), LISTS_DUE),
    Mutant(f"{SYNC}/by_lists:_fresh_since", without_condition("LtE"), LISTS_DUE),
    Mutant(f"{SYNC}/by_lists:_best_first", comparison("True", "NotIn"), SYNCED),
    Mutant(f"{SYNC}/by_lists:_fresh_since", returned("half", "max"), SYNCED),
    Mutant("services/disclosures/log:_entry", keyword("proof", "'own'"), PAGES),
    Mutant("services/checking/arrivals:_unmet", without_statement("exclude"), PAGES),
    Mutant(
        "services/organizations/page_fingerprint:fingerprint_of",
        without_statement("knows_past"),
        PAGES,
    ),
    Mutant("services/organizations/summary:summary_of", always("_since"), PAGES),
)
