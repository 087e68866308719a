"""Public names that stand in more than one room mean the same in each."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.helpers.code_imports import Code, is_in
from tests.helpers.sandbox_process import PROJECT

# Reviewed: each means one thing wherever it stands. What a name means in a single room is its own.
MEAN_THE_SAME = {
    # What Python and Django look for by these names.
    *("main", "logger", "urlpatterns", "BASE_DIR"),
    # The sandbox plays the upstream: its organizations and answers are those that the portal sees.
    *("Answer", "Organization"),
    # Read a value that somebody else sent, with the same bounds.
    *("text", "at_least", "duration", "one_of"),
    # A page, tag or made-up customer of what the service of that name does or says.
    *("badges", "case_choices", "expires_before_renewal", "failed_checks"),
    *("money", "said"),
    *("forget", "paste", "sign_in"),
    # What the API says of a thing, and who asks for what there and in the sandbox.
    *("organization", "organizations", "search", "changes", "Asked"),
    *("Change", "Facts", "PaymentMethod", "Subscription", "SubscriptionItem", "Worklist"),
    # The setting, and the address that it opens.
    "MCP",
}
# Pages, tables and services of one subject have one name; so have the apps' own modules.
MODULES_OF_ONE_SUBJECT = {
    *("__main__", "apps", "urls", "access", "credentials", "customers", "digest", "disclosure"),
    *("api_token", "cases", "changes", "drafts", "tokens"),
    *(
        "health",
        "kept_figures",
        "last_viewed",
        "last_visit",
        "lists",
        "notes",
        "operations",
        "organization",
        "organizations",
        "overview",
    ),
    *(
        "pasted_list",
        "pauses",
        "preferences",
        "replies",
        "reports",
        "saved_views",
        "search",
        "second_factor",
        "security_event",
        "store",
    ),
    *("schedule", "single_sign_on", "sync_run"),
    # Django's command of that name runs system checks.
    "check",
    # The API's answers about what services know; the sandbox has an API and answers as well.
    *("answers", "api", "facts", "history", "listing", "worklists"),
}


def room_of(module: str) -> str:
    """The sub-room of services, the room of the app, or the package."""
    parts = module.split(".")
    if parts[:2] == ["customers", "services"]:
        return ".".join(parts[:3])
    return ".".join(parts[:2]) if parts[0] == "customers" else parts[0]


def named_twice(names: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """The names that stand in more than one room, with these rooms."""
    rooms: defaultdict[str, set[str]] = defaultdict(set)
    for name, module in names:
        rooms[name].add(room_of(module))
    return {name: found for name, found in rooms.items() if len(found) > 1}


def modules() -> dict[str, ast.Module]:
    return {
        module: tree
        for module, tree in Code(PROJECT).trees.items()
        if not is_in(module, "customers.migrations")
    }


def defined() -> Iterator[tuple[str, str]]:
    """Every public function, class and constant, with its module."""
    for module, tree in modules().items():
        for node in tree.body:
            yield from ((name, module) for name in names_of(node) if not name.startswith("_"))


def names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        targets = [found for target in node.targets for found in ast.walk(target)]
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    else:
        return []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def test_a_name_means_the_same_in_every_room():
    assert set(named_twice(defined())) == MEAN_THE_SAME


def test_modules_of_one_name_are_about_one_subject():
    names = ((module.rpartition(".")[2], module) for module in modules())

    assert set(named_twice(names)) == MODULES_OF_ONE_SUBJECT
