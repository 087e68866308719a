"""The API: which tokens it asks for, what it shows and records, where its lists end."""

from tests.mutants.calls import call
from tests.mutants.changes import never, without_element, without_statement
from tests.mutants.mutant import Mutant

_TESTS = "tests/api/test_"
WHO, REQUESTS, ORGANIZATION, LISTS, PAST = (
    f"{_TESTS}{what}.py"
    for what in ("who_may_ask", "requests", "organization", "lists", "past_moments")
)
ANSWERS, ENDPOINTS = "api/answers", "api/endpoints"

MUTANTS = (
    *(
        Mutant(f"{ANSWERS}/{place}", without_statement("require"), WHO)
        for place in (
            *("listing:organizations", "worklists:worklists", "search:search", "changes:changes"),
            *("found:shown_to", "history:find_history"),
        )
    ),
    *(
        Mutant(f"{ANSWERS}/{place}", without_statement("disclose"), tests)
        for place, tests in (
            ("listing:followed", LISTS),
            ("changes:changes", ORGANIZATION),
            ("search:_opened", ORGANIZATION),
        )
    ),
    Mutant(f"{ANSWERS}/found:shown_to", never("may"), ORGANIZATION),
    Mutant(f"{ANSWERS}/organization:_past_answer", never("sees_whole_past"), PAST),
    Mutant(f"{ENDPOINTS}:_sent_unless_known", without_statement("disclose"), ORGANIZATION),
    Mutant(f"{ENDPOINTS}:_asked", never("GET"), REQUESTS),
    Mutant("api/program_requests:_OF_BROWSERS", without_element("HTTP_COOKIE"), WHO),
    Mutant("api/program_requests:_as_problem", never("get"), REQUESTS),
    Mutant(
        "services/access/visible:visible_answer", call("plainly_visible", "Customer.objects"), WHO
    ),
    Mutant("services/lists/forward_paging:part_of", never("after"), LISTS),
)
