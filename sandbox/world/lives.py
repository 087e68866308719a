"""What happens to a client within some months, as a question of how many days ago it was.

A life answers for the day that its client is asked on. The last of its days is when the sandbox
first started, so that whoever asks week by week sees it happen.
"""

from collections.abc import Callable

from sandbox.world.clients import Client
from sandbox.world.payment_methods import Json, bank_account, sepa_debit

Life = Callable[[Client], Json | None]


def steady(client: Client) -> Json:
    return client.pays_with(client.card())


def expires_in(months: int) -> Life:
    return lambda client: client.pays_with(client.card(months=months))


def expires_before_renewal(months: int, renews_in: int) -> Life:
    """Pays by the year; no card lasts until then."""
    return lambda client: client.pays_with(
        client.card(months=months), renews_in=renews_in, months=12
    )


def in_arrears(since: int, until: int = -1) -> Life:
    """A charge failed so many days ago, and was paid, if ever, so many days ago."""
    return lambda client: client.pays_with(
        client.card(), status="past_due" if since >= client.ago > until else "active"
    )


def in_arrears_with_an_expired_card(since: int) -> Life:
    return lambda client: client.pays_with(
        client.card(months=-2), status="past_due" if since >= client.ago else "active"
    )


def paid_with_another_card(since: int, until: int) -> Life:
    def life(client: Client) -> Json:
        if client.ago <= until:
            return client.pays_with(client.card(1))
        return client.pays_with(
            client.card(months=2), status="past_due" if since >= client.ago else "active"
        )

    return life


def owes_an_invoice(since: int) -> Life:
    return lambda client: client.pays_with(
        None,
        owed=24900 if since >= client.ago else 0,
        collection_method="send_invoice",
        days_until_due=30,
        status="past_due" if since >= client.ago else "active",
    )


def billed_by_invoice(client: Client) -> Json:
    return client.pays_with(None, collection_method="send_invoice", days_until_due=30)


def renewed_by_its_bank(on: int) -> Life:
    """The same card with another expiry."""
    return lambda client: client.pays_with(client.card(months=0 if client.ago > on else 40))


def another_card(on: int) -> Life:
    return lambda client: client.pays_with(client.card(int(client.ago <= on)))


def no_card(since: int) -> Life:
    return lambda client: client.pays_with(client.card() if client.ago > since else None)


def set_up(on: int) -> Life:
    return lambda client: None if client.ago > on else steady(client)


def not_set_up(_client: Client) -> None:
    return None


def deleted(on: int) -> Life:
    return lambda client: steady(client) if client.ago > on else client.stub()


def first_payment_outstanding(client: Client) -> Json:
    return client.pays_with(client.card(), status="incomplete")


def from_a_bank_account(client: Client) -> Json:
    return client.pays_with(client.account(bank_account))


def by_direct_debit(client: Client) -> Json:
    return client.pays_with(client.account(sepa_debit))


def details_not_sent(client: Client) -> Json:
    return client.method_by_id()


def on_trial(days: int) -> Life:
    return lambda client: client.pays_with(
        client.card(), renews_in=days, status="trialing", trial_end=client.in_days(days)
    )


def ends_with_its_period(client: Client) -> Json:
    return client.pays_with(client.card(), cancel_at_period_end=True)


def paused_between(since: int, until: int) -> Life:
    def life(client: Client) -> Json:
        pause = {"behavior": "void", "resumes_at": client.in_days(until)}
        return client.pays_with(
            client.card(), pause_collection=pause if client.ago <= since else None
        )

    return life


def credited(on: int, amount: int) -> Life:
    return lambda client: client.pays_with(client.card(), owed=-amount if client.ago <= on else 0)


def checks_failed(client: Client) -> Json:
    return client.pays_with(client.card(cvc_check="fail", address_zip_check="fail"))


def shared_card(brand: str, last4: str, fingerprint: str) -> Life:
    """Pays with the card of whoever else has this life."""
    return lambda client: client.pays_with(
        client.card(brand=brand, last4=last4, fingerprint=fingerprint, funding="credit", months=31)
    )
