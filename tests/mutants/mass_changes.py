"""Mass changes: what is held, how it ends, and what is told of as one."""

import ast

from tests.mutants.calls import (
    argument,
    call,
    keyword,
    not_excluded,
    not_filtered,
    without_keyword,
)
from tests.mutants.changes import (
    always,
    compared,
    comparison,
    never,
    returned,
    without_element,
    without_statement,
)
from tests.mutants.changes import without_condition as without
from tests.mutants.mutant import Mutant

_SYNC = "tests/services/sync/test_"
CHANGE, TOGETHER = f"{_SYNC}mass_change.py::test_", f"{_SYNC}judged_together.py::test_"
DIGEST = "tests/commands/send_digest/test_mass_changes.py::test_"
PAGE = "tests/dashboard/overview/test_mass_change_page.py::test_"
HOLDING, BULK = (
    f"tests/services/checking/test_{name}.py::test_" for name in ("held_answers", "bulk_checks")
)
JUDGING = f"{_SYNC}judging.py::test_"
CUT_SHORT = f"{JUDGING}what_a_run_says_that_was_cut_short_is_not_believed"
JUDGE, HELD = "services/sync/mass_change", "services/checking/held_answers"
RELEASE = "services/checking/release_held"
SHARE = f"{CHANGE}a_fifth_of_fifty_answers_is_the_most_that_is_believed"

MUTANTS = (
    Mutant(f"{HELD}:is_mass_change", comparison("True", "FEWEST"), SHARE),
    Mutant(f"{HELD}:is_mass_change", comparison("of > FEWEST", "FEWEST"), SHARE),
    Mutant(
        f"{HELD}:is_mass_change",
        comparison("changed / of >= settings.MASS_CHANGE_SHARE", "MASS_CHANGE_SHARE"),
        SHARE,
    ),
    Mutant(
        f"{JUDGE}:begin_tally",
        never("select_for_update"),
        f"{TOGETHER}two_runs_of_thirty_answers_each_are_a_mass_change",
    ),
    Mutant(
        f"{JUDGE}:begin_tally",
        not_filtered("tally__part_of"),
        f"{TOGETHER}a_run_joins_the_first_that_runs_and_no_run_that_joined_one",
    ),
    Mutant(
        f"{JUDGE}:judge_runs",
        call("exclude", "unjudged"),
        f"{TOGETHER}runs_are_judged_when_all_that_run_together_are_over",
    ),
    Mutant(
        f"{JUDGE}:_judge",
        argument("release_held", 0, "waiting"),
        f"{CHANGE}the_next_run_judges_what_a_stopped_run_left",
    ),
    Mutant(
        f"{JUDGE}:_judge",
        without_statement("_let_cases_rest"),
        f"{TOGETHER}cases_at_rest_are_not_woken_one_by_one",
    ),
    Mutant(
        f"{HELD}:HeldAnswers.hold",
        without("_is_confirmed"),
        f"{CHANGE}a_run_two_hours_later_that_says_the_same_is_believed",
    ),
    Mutant(
        f"{HELD}:_is_confirmed",
        returned("True", "CONFIRMED_AFTER"),
        f"{CHANGE}a_run_an_hour_later_holds_it_still",
    ),
    Mutant(
        f"{HELD}:_is_confirmed",
        without("run"),
        f"{CHANGE}a_page_neither_releases_what_is_held_nor_holds_anything",
    ),
    Mutant(
        f"{HELD}:HeldAnswers._release",
        without_statement("add"),
        f"{CHANGE}a_card_releases_its_organization_at_once",
    ),
    Mutant(
        f"{HELD}:HeldAnswers._count",
        always("ON_FILE"),
        f"{CHANGE}organizations_without_a_payment_method_do_not_count",
    ),
    Mutant(
        f"{HELD}:HeldAnswers._count",
        always("delinquent"),
        f"{TOGETHER}who_was_delinquent_before_does_not_count",
    ),
    Mutant(
        f"{RELEASE}:_write",
        argument("_answer_of", 1, "row.answered_at"),
        f"{CHANGE}a_change_that_is_accepted_is_seen_then",
    ),
    Mutant(
        f"{RELEASE}:accept_mass_change",
        without_statement("record_event"),
        f"{PAGE}the_command_accepts_in_somebody_s_name",
    ),
    Mutant(
        f"{JUDGE}:judge_runs",
        argument("_judge", 0, "RunTally.objects.filter(part_of=leader)"),
        f"{JUDGING}a_run_that_joins_one_that_is_judged_is_judged_alone",
    ),
    Mutant(
        f"{JUDGE}:_judge",
        without("_is_of_many"),
        f"{JUDGING}one_of_many_users_who_is_lied_to_last_is_a_mass_change",
    ),
    Mutant(
        f"{JUDGE}:_is_of_many",
        keyword("asked_at__gte", "'2000-01-01'"),
        f"{JUDGING}organizations_that_were_not_asked_about_do_not_count",
    ),
    Mutant(f"{JUDGE}:_CUT_SHORT", without_element("LOST"), CUT_SHORT),
    Mutant(f"{JUDGE}:_CUT_SHORT", without_element("GAVE_UP"), CUT_SHORT),
    Mutant(
        f"{JUDGE}:_let_cases_rest",
        without_keyword("became_delinquent"),
        f"{JUDGING}who_had_become_delinquent_before_does_not_rest_again",
    ),
    Mutant(
        f"{HELD}:HeldAnswers.hold",
        call("is_older_than", "False"),
        f"{HOLDING}a_late_card_is_shown_and_releases_nothing",
    ),
    Mutant(
        "services/checking/outcome:is_older",
        returned("stored is not None and asked_at < stored", "now"),
        f"{HOLDING}a_card_releases_what_was_held_while_the_clock_was_ahead",
    ),
    Mutant(
        f"{HELD}:HeldAnswers.hold",
        keyword("since", "outcome.run.started_at if outcome.run else outcome.asked_at"),
        f"{HOLDING}two_hours_count_from_the_first_answer_and_not_from_the_start_of_its_run",
    ),
    Mutant(
        f"{HELD}:HeldAnswers.judge_bulk",
        never("len"),
        f"{BULK}a_fifth_of_fifty_answers_is_the_most_that_is_believed",
    ),
    Mutant(
        f"{HELD}:HeldAnswers.judge_bulk",
        without("_with_earlier_pieces"),
        f"{BULK}arriving_in_pieces_is_judged_together",
    ),
    Mutant(
        f"{HELD}:_with_earlier_pieces",
        without_keyword("proved_at__gte"),
        f"{BULK}pieces_longer_ago_are_not_judged_together",
    ),
    Mutant(
        f"{HELD}:_with_earlier_pieces",
        not_excluded("organization_id__in"),
        f"{BULK}the_same_organizations_again_do_not_count_twice",
    ),
    Mutant(
        f"{HELD}:_NOTHING_TO_LOSE",
        without_element("DELETED"),
        f"{HOLDING}a_deleted_customer_has_nothing_to_lose",
    ),
    Mutant(
        f"{HELD}:HeldAnswers._release",
        without_statement("_held"),
        f"{HOLDING}a_card_in_the_same_batch_releases_at_once",
    ),
    Mutant(
        f"{HELD}:HeldAnswers._count",
        without("asked_at"),
        f"{JUDGING}the_first_answers_of_all_are_no_mass_delinquency",
    ),
    Mutant(
        f"{HELD}:_is_confirmed",
        compared(ast.Gt, "CONFIRMED_AFTER"),
        f"{HOLDING}a_run_that_begins_exactly_two_hours_later_is_believed",
    ),
    Mutant(
        f"{RELEASE}:accept_mass_change",
        argument("filter", 0, "Q(is_held=True)"),
        f"{HOLDING}what_a_run_left_that_was_cut_short_is_not_believed_but_can_be_accepted",
    ),
    Mutant(
        f"{RELEASE}:accept_mass_change",
        keyword("run__tally__is_judged", "False"),
        f"{HOLDING}a_run_that_waits_for_another_is_judged_and_not_accepted",
    ),
    Mutant(
        f"{RELEASE}:_write",
        without_statement("write_payloads"),
        f"{JUDGING}what_is_believed_takes_its_payload_away",
    ),
    Mutant(
        f"{RELEASE}:_write",
        never("attempted_at"),
        f"{HOLDING}what_is_accepted_keeps_a_later_attempt",
    ),
    Mutant(
        f"{RELEASE}:_answer_of",
        never("NOT_SET_UP"),
        f"{JUDGING}a_customer_without_a_payment_method_is_believed_with_its_payload",
    ),
    Mutant(
        "services/checking/store:_after",
        without("holds"),
        f"{HOLDING}a_late_card_is_shown_and_releases_nothing",
    ),
    Mutant(
        "services/checking/store:_after",
        always("holds"),
        f"{HOLDING}a_card_that_was_asked_for_before_a_failure_releases_the_row_too",
    ),
    Mutant(
        "services/checking/lookup:_held_back",
        without_keyword("asked_at"),
        f"{HOLDING}an_answer_is_not_held_back_because_a_later_one_is",
    ),
    Mutant(
        "services/digest/news:_is_new",
        call("in_mass_delinquency", "Q(pk__in=[])"),
        f"{DIGEST}many_that_became_delinquent_are_one_line_and_told_once",
    ),
    Mutant(
        "services/digest/watched:watched_changes",
        returned("_since_watched(user).filter(seen_at__gt=since)"),
        f"{DIGEST}who_watches_one_of_them_is_not_told_of_it_apart",
    ),
    Mutant(
        "services/overview/mass_changes:mass_changes",
        call("plainly_visible", "Customer.objects"),
        f"{PAGE}whoever_sees_none_of_them_is_told_nothing",
    ),
)
