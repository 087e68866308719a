"""Who may see what: proofs, lists and pages without what guards them."""

from tests.mutants.calls import (
    argument,
    call,
    filtered_from,
    first_argument,
    without_keyword,
)
from tests.mutants.changes import (
    always,
    comprehension,
    first_condition_alone,
    never,
    not_left_side,
    returned,
    sql,
    without_condition,
    without_element,
    without_statement,
)
from tests.mutants.mutant import Mutant

PROOFS, PROVED_PAST, PROVED_BEFORE, FORMER = (
    *(f"tests/services/access/test_visible{what}.py" for what in ("", "_past", "_by_credentials")),
    "tests/services/credentials/test_former_credentials.py",
)
STORING = "tests/services/checking/test_store_access.py"
_WALK = "tests/access/test_who_may_open.py::test_"
_PAGES = f"{_WALK}each_page_opens_to_those_who_may_and_shows_what_they_proved"
OTHERS, NOBODYS = f"{_PAGES}[only another user's proof]", f"{_PAGES}[staff without the permission]"
_EXISTENCE = "tests/access/test_existence.py::test_"
CALLS = f"{_EXISTENCE}a_first_answer_costs_as_many_calls_whether_or_not_the_organization_is_known"
DENIED = f"{_EXISTENCE}a_first_answer_after_a_denial_costs_as_many_calls_too"
_ALIKE = f"{_EXISTENCE}an_organization_that_is_known_looks_like_one_that_is_not"
EXISTENCE, UNTESTED = f"{_ALIKE}[with_session]", f"{_ALIKE}[untested_credentials_get_a_400]"
BACK_OFFICE = "tests/access/test_back_office.py"
FACTOR = "tests/dashboard/account/second_factor/test_second_factor.py"
LISTS = "tests/services/lists/test_"
SHARED = f"{LISTS}shared_cards.py"
_ORGANIZATION = "tests/dashboard/organizations/test_"
NOTES_OR_VIEWERS = (
    f"{_ORGANIZATION}notes_and_viewers.py::test_"
    "notes_and_viewers_are_not_told_to_who_was_never_sent_a_customer"
)
NOTES = f"{_ORGANIZATION}notes.py"
_DESK = "tests/dashboard/test_desk.py::test_"
PAST = f"{_DESK}who_was_only_told_not_set_up_learns_nothing_of_the_past"

RULE, VISIBLE = "services/access/proof_rule", "services/access/visible"
CHECK = "services/checking/check"
STORE, CREDENTIALS = "services/checking/store", "services/credentials/store"
WRITTEN = "services/credentials/write_row"
SITE, CARDS = "dashboard/site", "services/lists/shared_cards"
# Of what is joined by AND, all but the last.
WITHOUT_NEXT = " AND TRUE OR FALSE AND "
EVER_SENT = "Q(customer_sent_at__isnull=False)"
# Everything, instead of what the user may see.
ALL_CUSTOMERS, ALL_SHOWN = (
    call(function, "Customer.objects") for function in ("visible_customers", "plainly_visible")
)

MUTANTS = (
    Mutant(
        f"{RULE}:_IS_VALID", sql("proof.{column} >= %(oldest)s", "%(oldest)s IS NOT NULL"), PROOFS
    ),
    Mutant(
        f"{RULE}:_IS_VALID", sql(" AND proof.{column} >= (", " AND '2000-01-01' < ("), PROVED_BEFORE
    ),
    Mutant(f"{RULE}:_PROOF", sql("proof.user_id = %(user)s", "%(user)s IS NOT NULL"), PROOFS),
    Mutant(f"{RULE}:_GRANTED", sql("proof.state = 'granted'", "TRUE"), PROOFS),
    Mutant(f"{RULE}:_SHOWS", sql("NOT {is_set_up}", "TRUE"), PROOFS),
    Mutant(f"{RULE}:_SHOWS_PAST", sql(" AND ", WITHOUT_NEXT), PROVED_PAST),
    Mutant(f"{RULE}:_SENT_AT", sql(" AND ", WITHOUT_NEXT), PROVED_PAST),
    Mutant(f"{VISIBLE}:plainly_visible", call("Shows", "Q()"), PROOFS),
    Mutant(f"{VISIBLE}:last_sent", call("_is_own", EVER_SENT), PROVED_PAST),
    Mutant(f"{VISIBLE}:past_of", always("oldest_valid"), PROVED_PAST),
    Mutant(f"{VISIBLE}:visible_customer", call("visible_customers", "Customer.objects"), OTHERS),
    Mutant(f"{CARDS}:sharing_of", ALL_SHOWN, SHARED),
    Mutant(
        "services/organizations/same_customer:is_sent_for_others",
        ALL_SHOWN,
        f"{_ORGANIZATION}same_customer.py",
    ),
    Mutant(f"{STORE}:_proved", without_statement("customer_sent_at", "None"), STORING),
    Mutant(f"{STORE}:_judged.judge", never("org_id"), FORMER),
    Mutant(f"{STORE}:_judged.judge", without_condition("proves_since"), FORMER),
    Mutant(f"{CHECK}:check", never("met_by"), CALLS),
    Mutant(f"{CHECK}:met_by", without_keyword("state"), DENIED),
    Mutant(f"{CHECK}:_with_verified_credentials", never("has_worked"), UNTESTED),
    Mutant(f"{WRITTEN}:keep_secrets", first_condition_alone("proves_since"), PROVED_BEFORE),
    Mutant(f"{WRITTEN}:keep_secrets", without_statement("_drop_former_proofs"), PROVED_BEFORE),
    Mutant(f"{WRITTEN}:_stays", without_condition("LtE"), PROVED_BEFORE),
    Mutant(
        f"{CREDENTIALS}:forget",
        without_statement("Access", "delete"),
        "tests/services/credentials/test_store.py",
    ),
    Mutant(
        "services/credentials/encryption:unseal",
        not_left_side("pop", "user"),
        "tests/services/credentials/test_encryption.py",
    ),
    Mutant(
        "services/lists/listing:rows_to_page",
        argument("_rows_on", 1, "Customer.objects.all()"),
        f"{LISTS}listing.py",
    ),
    Mutant(
        "services/lists/filter_choices:_PART",
        sql("({allowed}) IS TRUE", "({allowed}) IS NOT NULL"),
        f"{LISTS}filter_choices.py",
    ),
    Mutant(
        "services/changes/change_filter:changes_of",
        call("visible_changes", "Change.objects.all()"),
        "tests/services/changes/test_change_feed.py",
    ),
    Mutant(
        "services/search/find:find",
        call("plainly_visible", "Customer.objects.all()"),
        "tests/services/search/test_find.py",
    ),
    Mutant(
        "services/search/find:find",
        filtered_from("Customer.objects", "organization__org_id"),
        EXISTENCE,
    ),
    Mutant("services/search/unfound:org_ids_to_ask_for", ALL_SHOWN, EXISTENCE),
    Mutant(f"{CARDS}:paid_by_card_of", ALL_SHOWN, SHARED),
    Mutant(f"{CARDS}:sharing", ALL_SHOWN, SHARED),
    Mutant(
        "services/sync/failures:visible_failures",
        ALL_CUSTOMERS,
        "tests/dashboard/operations/test_syncs.py",
    ),
    # Since when something is so tells of what others were sent.
    Mutant(
        "services/lists/listed_since:first_said",
        without_condition("knows_past"),
        f"{LISTS}export_since.py",
    ),
    Mutant("services/organizations/notes:notes_of", never("last_sent"), NOTES_OR_VIEWERS),
    Mutant("dashboard/organizations/notes:delete_note.delete", never("_is_own"), NOTES),
    Mutant("dashboard/organizations/notes:_changed", call("notes_of", "Note.objects.all()"), NOTES),
    Mutant("dashboard/organizations/past_day:past_page", never("sees_whole_past"), PAST),
    Mutant(
        "dashboard/organizations/organization:organization_page",
        always("latest_viewers"),
        NOTES_OR_VIEWERS,
    ),
    Mutant(
        "services/lists/selection:selected_customers",
        ALL_CUSTOMERS,
        "tests/dashboard/lists/test_check_selected.py",
    ),
    Mutant("dashboard/lists/lists:_card_owner", ALL_CUSTOMERS, EXISTENCE),
    Mutant(f"{SITE}:BillingSite.has_permission", without_condition("lacks_second_factor"), FACTOR),
    Mutant(f"{SITE}:lacks_second_factor", without_statement("PASSED"), FACTOR),
    Mutant(f"{SITE}:BillingSite.get_urls", without_element("view_on_site"), BACK_OFFICE),
    Mutant(f"{SITE}:staff_page.decorate.permitted", never("has_perms"), NOBODYS),
    Mutant("dashboard/account/factor_setup:note_passed", without_statement("cycle_key"), FACTOR),
    Mutant(
        "services/accounts/account_changes:note_account_change",
        never("end_sessions"),
        "tests/dashboard/account/second_factor/test_factor_setup.py",
    ),
    Mutant(
        "services/accounts/session_users:_FACTOR",
        sql(" AND confirmed", ""),
        "tests/services/accounts/test_session_users.py",
    ),
    Mutant(
        "services/accounts/session_store:_with_hashed_key",
        first_argument("hash_of"),
        "tests/dashboard/account/test_session_store.py",
    ),
    Mutant(
        "dashboard/admin/declared_lookups:DeclaredLookupsAdmin.lookup_allowed",
        returned("True", "_of_filters", "_of_dates"),
        BACK_OFFICE,
    ),
    Mutant(
        "dashboard/admin/quiet_deletion:QuietDeletionAdmin.get_deleted_objects",
        comprehension("super().get_deleted_objects(objs, request)[0]", "bdi"),
        BACK_OFFICE,
    ),
)
