"""Mass changes: what is held, how it ends, and what is told of as one."""

from tests.mutants.calls import argument, call, not_filtered
from tests.mutants.changes import always, comparison, never, returned, without_statement
from tests.mutants.changes import without_condition as without
from tests.mutants.mutant import Mutant

_SYNC = "tests/services/sync/test_"
CHANGE, TOGETHER = f"{_SYNC}mass_change.py::test_", f"{_SYNC}judged_together.py::test_"
DIGEST = "tests/commands/send_digest/test_mass_changes.py::test_"
PAGE = "tests/dashboard/overview/test_mass_change_page.py::test_"
JUDGE, HELD = "services/sync/mass_change", "services/checking/held_answers"
RELEASE = "services/checking/release_held"
SHARE = f"{CHANGE}a_fifth_of_fifty_answers_is_the_most_that_is_believed"

MUTANTS = (
    Mutant(f"{JUDGE}:is_mass_change", comparison("True", "_FEWEST"), SHARE),
    Mutant(f"{JUDGE}:is_mass_change", comparison("of > _FEWEST", "_FEWEST"), SHARE),
    Mutant(
        f"{JUDGE}:is_mass_change",
        comparison("changed / of >= settings.MASS_CHANGE_SHARE", "MASS_CHANGE_SHARE"),
        SHARE,
    ),
    Mutant(
        f"{JUDGE}:begin_tally",
        never("first"),
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
