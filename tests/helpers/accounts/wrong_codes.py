"""Type wrong codes, until nobody may type more."""

from tests.helpers.accounts.codes import WRONG, enter, signed_in_by_password


def wrong_codes(client, count):
    return [enter(client, WRONG) for _ in range(count)]


def use_up_the_hour():
    """Guess from browsers that never passed, knowing the password."""
    for _ in range(4):
        wrong_codes(signed_in_by_password(), 5)
