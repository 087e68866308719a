"""Mark the texts that customers or colleagues wrote, so that no assistant takes them for orders."""

from collections.abc import Mapping
from typing import Any

# Texts under these keys are worded by the portal, Catalyze or Stripe: ids, codes, times. All others
# are marked, so that a new fact is marked until somebody has looked at it.
OURS = frozenset(
    {
        # How it is known, and until when.
        *("as_of", "checked_by", "proof", "proof_until", "code", "trouble.text", "next"),
        *("known_from", "known_until", "first_checked_at"),
        # The facts.
        *("org_id", "state", "customer_id", "currency", "balance_amount", "checked_at"),
        *("changed_at", "next_renewal", "subscription_status", "delinquent_since", "state_since"),
        # Payment methods and subscriptions.
        *("id", "kind", "type", "brand", "last4", "wallet", "dynamic_last4", "expires_on"),
        *("funding", "country", "cvc_check", "address_line1_check", "address_zip_check"),
        *("status", "current_period_end", "renews_at", "trial_ends_at", "ends_at", "ended_at"),
        *("pauses_until", "unit_amount", "interval", "language"),
        # Changes, worklists, search, notes.
        *("seen_at", "changed_after", "kinds", "seen_with", "key", "label", "help", "group"),
        *("opens", "written_at", "author"),
        # Who asks.
        *("username", "scopes", "expires_at", "time_zone"),
    }
)
_OF_A_CHANGE = {"before", "after"}


def marked(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The same answer, with texts of others as {"untrusted": text}."""
    return {key: _marked(value, key, "") for key, value in answer.items()}


def _marked(value: Any, key: str, around: str) -> Any:
    """`around` is the key of the object that holds `key`."""
    if isinstance(value, Mapping):
        return {
            inner_key: _marked(inner, key if inner_key in _OF_A_CHANGE else inner_key, key)
            for inner_key, inner in value.items()
        }
    if isinstance(value, list):
        return [_marked(inner, key, around) for inner in value]
    if not isinstance(value, str):
        return value
    # Subclasses such as Number become plain texts, the only ones that the library encodes.
    return str(value) if OURS & {key, f"{around}.{key}"} else {"untrusted": str(value)}
