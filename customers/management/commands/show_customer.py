import json
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import capfirst

from customers.management.arguments import active_user, example, org_id
from customers.models import Customer
from customers.services.checking.lookup import Lookup, is_stale, look_up
from customers.services.disclosures.declared import discloses
from customers.services.disclosures.log import record
from customers.services.facts.table import listed_in
from customers.services.history.differences import method_of
from customers.services.lists.export import export_row
from customers.services.wording.expiry import today
from customers.services.wording.formats import balance_words, expiry_words
from customers.services.wording.messages import said
from customers.upstream.clean_text import clean_line


class Command(BaseCommand):
    help = (
        "Show one organization's billing as the user may see it. Asks Catalyze if the stored "
        "answer is older than CUSTOMER_MAX_AGE, or if the user's own credentials have not proved "
        "access."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("org_id", metavar="ORG_ID", type=org_id)
        parser.add_argument(
            "--user", metavar="U", required=True, help="ask with this user's credentials"
        )
        parser.add_argument("--refresh", action="store_true", help="always ask Catalyze")
        parser.add_argument("--json", action="store_true", help="one JSON object, as in exports")
        example(parser, "show_customer 7c1f0a52-0d3e-4f57-9a70-5d1c9f3f3b11 --user ana")

    @discloses("command")
    def handle(self, *args: Any, **options: Any) -> None:
        user = active_user(options["user"])
        found = look_up(user, options["org_id"], refresh=options["refresh"])
        if found.customer and found.outcome is None and is_stale(found.customer):
            found = look_up(user, options["org_id"], refresh=True)
        if found.customer is None:
            reason = said(found.trouble) if found.trouble else "There is no answer."
            raise CommandError(f"{options['org_id']}: {reason}")
        record(user, [found.customer], "command")
        self._show(found.customer, as_json=options["json"])
        self._say_trouble(found)

    def _show(self, customer: Customer, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(export_row(customer), ensure_ascii=False))
            return
        for label, value in _lines(customer):
            self.stdout.write(f"{label + ':':<15} {clean_line(value)}")

    def _say_trouble(self, found: Lookup) -> None:
        if found.trouble:
            raise CommandError(f"Showing the last known state: {said(found.trouble)}")


def _lines(customer: Customer) -> list[tuple[str, str]]:
    words = {True: "yes", False: "no", None: "unknown"}
    lines = [
        ("Organization", f"{customer.organization} ({customer.organization.org_id})"),
        ("State", customer.get_state_display()),
        ("Payment method", method_of(customer)),
    ]
    if customer.state == Customer.State.CARD:
        lines.append(("Expiry", expiry_words(customer.expires_on, today())))
    lines += [
        ("Delinquent", words[customer.delinquent]),
        ("Balance", balance_words(customer.balance, customer.currency)),
        ("Customer", customer.customer_id or "none"),
        ("E-mail", customer.email or "not sent"),
    ]
    listed = (*listed_in("method", customer), *listed_in("account", customer))
    lines += [(capfirst(label), words) for label, words in listed]
    return [*lines, ("Checked", _checked(customer))]


def _checked(customer: Customer) -> str:
    if customer.checked_at is None:
        return "never"
    name = customer.checked_with.get_username() if customer.checked_with else "a former user"
    at = timezone.localtime(customer.checked_at)
    return f"{at:%Y-%m-%d %H:%M:%S %Z} with {name}’s session"
