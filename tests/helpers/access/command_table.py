"""What each command shows, and to whom: one row each, as in access_table.py."""

from dataclasses import dataclass

from tests.helpers.access.access_table import CARD, EMPTIED


@dataclass(frozen=True, slots=True)
class Command:
    """Arguments with {user} and {org}, what authorized users see, and its name in the log."""

    arguments: tuple[str, ...] = ()
    shows: frozenset[str] = frozenset()
    where: tuple[str, ...] = ()


COMMANDS = {
    "accept_mass_change": Command(("{user}",)),
    "back_up": Command(("/dev/null",)),  # for operators; it refuses to overwrite a file
    "check": Command(("--tag", "audit")),
    "check_credentials": Command(("--user", "{user}")),
    "clear_sign_in_pauses": Command(),
    "create_api_token": Command(
        ("{user}", "--name", "another", "--scope", "read", "--expires", "1d")
    ),
    "doctor": Command(),
    "export_access": Command(("--proofs",)),  # for auditors; of organizations, only their ids
    "export_customers": Command(
        ("--user", "{user}"), shows=frozenset({CARD, EMPTIED}), where=("command",)
    ),
    "export_disclosures": Command(),
    "export_security_events": Command(),
    "import_organizations": Command(("/dev/null",)),
    "link_oidc": Command(("{user}", "a-subject")),
    "list_api_tokens": Command(),
    "prune_history": Command(),
    "rehash": Command(),
    "reparse": Command(),
    "send_digest": Command(),
    "rotate_credential_keys": Command(),
    "reset_second_factor": Command(("{user}",)),
    "revoke_api_token": Command(("--user", "{user}")),
    "set_credentials": Command(("{user}",)),
    "show_customer": Command(
        ("{org}", "--user", "{user}"), shows=frozenset({CARD, EMPTIED}), where=("command",)
    ),
    "sync_customers": Command(("--user", "{user}", "--json")),
    "verify_disclosures": Command(),
}
