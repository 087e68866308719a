"""What a user chose for their lists is kept for that user, as far as there is such a thing."""

import pytest

from customers.services.facts.table import FACTS
from customers.services.lists.columns import COLUMNS, DEFAULT, chosen
from customers.services.lists.listing import PAGE_SIZE
from customers.services.lists.preferences import preferences_of, save_preferences


def test_who_chose_nothing_has_the_usual(ana):
    assert preferences_of(ana).columns == DEFAULT
    assert preferences_of(ana).page_size == PAGE_SIZE


def test_a_choice_is_kept_for_its_user_alone(ana, ben):
    save_preferences(ana, ["phone", "state"], 100)

    assert preferences_of(ana).columns == ("state", "phone")
    assert preferences_of(ana).page_size == 100
    assert preferences_of(ben).columns == DEFAULT


@pytest.mark.parametrize("size", [0, 1, 26, 10_000])
def test_what_there_is_not_is_not_kept(ana, size):
    save_preferences(ana, ["password", "payload"], size)

    assert preferences_of(ana).columns == DEFAULT
    assert preferences_of(ana).page_size == PAGE_SIZE


def test_a_fact_that_says_so_is_a_column_without_being_named_here():
    told = {"state", "delinquent", "brand", "last4", "exp_month", "exp_year", "expires_on"}
    told |= {"next_renewal", "balance", "currency"}
    offered = {column.name for column in COLUMNS}

    assert {fact.name for fact in FACTS if fact.is_column} - told <= offered
    assert "description" not in offered


def test_columns_need_room_for_themselves_and_those_before():
    rooms = [room for _column, room in chosen(DEFAULT, on_worklist=True)]

    assert rooms == sorted(set(rooms))
    assert len(chosen(DEFAULT, on_worklist=False)) == len(rooms) - 1


def test_at_1280_pixels_there_is_room_for_all_that_a_worklist_shows_by_itself():
    panel = (1280 - 2 * 24 - 13 * 16 - 20 - 2) / 16  # rem, beside the rail
    rooms = {column.name: room for column, room in chosen(DEFAULT, on_worklist=True)}

    assert {name for name, room in rooms.items() if room > panel} == {"email"}
