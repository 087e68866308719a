"""What is read of a pasted column: ids of three kinds, line by line, whatever stands between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.services.pasted_lists.pasted_text import (
    LONGEST_TEXT,
    MOST_LINES,
    TooMuchPasted,
    read_pasted,
)

ONE, TWO = (f"00000000-0000-4000-8000-{number:012}" for number in (1, 2))


def texts(text):
    return [text for _kind, text in read_pasted(text).ids]


@pytest.mark.parametrize(
    "between",
    [
        *(
            "\n",
            "\r\n",
            "\r",
            ", ",
            ";",
            "\t",
            " | ",
            "，",
            "、",
            "\u2028",
            "\n\n> ",
            '"\n"',
            " / ",
        ),
        "\n- ",
    ],
)
def test_ids_are_separated_by_anything(between):
    ids = [ONE, "cus_ABC", "billing@one.example", "south-7", TWO]

    assert texts(between.join(ids)) == ids


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{ONE}\n\n{TWO}\n{ONE}\n", ((0,), None, (1,), (0,))),
        (f"\n{ONE}\nOrg ID\n\n\n", (None, (0,), None, None)),
        (f"{ONE} {TWO}\ncus_A, b@c.example", ((0, 1), (2, 3))),
        (f"{ONE}, {TWO}, {ONE}", ((0,), (1,), (0,))),
        ("Acme Inc\tcus_A\t2026-11-29\t$12.50", ((0,),)),
        ("what is this about?", ((),)),
        ("", ()),
    ],
)
def test_each_pasted_line_keeps_its_place(text, lines):
    read = read_pasted(text).lines

    expected = lines if "Org ID" not in text else (None, (0,), (), None, None)
    assert read == expected


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("a-known-org\nacme", ["a-known-org", "acme"]),
        (ONE.upper().replace("-", "–"), [ONE]),
        (f"https://portal.example/orgs/{ONE}/?a=b", [ONE]),
        ("<Billing@One.Example>", ["billing@one.example"]),
        ("1. south-7\n2) “north-8”", ["south-7", "north-8"]),
        ("4242424242424242\n4242 4242 4242 4242\n4242-4242-4242-4242", []),
        ("../../etc/passwd\n..\n%2e%2e", []),
        ("=cmd|'/c calc'!A1", ["=cmd"]),
        ("\x00\x1b[31msouth-7\u202e", ["31msouth-7"]),
    ],
)
def test_what_is_an_id(text, ids):
    assert texts(text) == ids


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (f"{ONE} {TWO}", True),
        ("cus_A, cus_B", True),
        ("a@b.example; c@d.example", True),
        ("south-1 south-2", True),
        (f"{ONE} cus_A a@b.example", False),  # all of one organization
        (f"From: a@b.example To: c@d.example. See {ONE}", False),
        ("Org\n" + "\n".join(f"Clinic {n}\t{ONE[:-1]}{n}" for n in range(9)), True),
        ("Smith, John", False),
        ("visa 4242 exp 05/27", False),
        ("", False),
    ],
)
def test_a_text_from_the_search_box_is_a_list_if_it_has_several_ids(text, is_list):
    assert read_pasted(text).is_list is is_list


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), "\n" * (MOST_LINES + 2)])
def test_what_is_too_much_is_refused(text):
    with pytest.raises(TooMuchPasted):
        read_pasted(text)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    read = read_pasted(text)

    assert all(place < len(read.ids) for line in read.lines for place in line or ())
    assert all(len(text) <= 600 and "\t" not in text for _, text in read.ids)
