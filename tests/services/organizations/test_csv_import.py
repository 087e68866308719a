"""Importing organizations: every good row gets in, every bad row is named with its line."""

import io

import pytest

from customers.models import Organization
from customers.services.organizations.csv_import import import_organizations
from customers.services.organizations.csv_rows import BadFile
from customers.services.wording.messages import said
from customers.upstream.message import Message

HEADER = "org_id,name,description\n"


def run(text):
    """Import `text`, opened as the command opens a file."""
    raw = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
    return import_organizations(file)


def known():
    return {row.org_id: row.name for row in Organization.objects.all()}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("\ufeff", "is empty"),
        ("org_id,name\na,b\n", "lacks description"),
        ("name\n", "lacks org_id and description"),
        ("name,org_id,description\n", "exactly org_id,name,description"),
        ("org_id,name,description,extra\n", "exactly org_id,name,description"),
        ("org_id;name;description\n", "separated by commas"),
        (HEADER.encode("utf-16"), "is in UTF-16; save it in UTF-8"),
        (HEADER.encode("utf-16-le"), "is in UTF-16; save it in UTF-8"),
        ('"org_id\n', "not CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "lacks"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(db, text, sentence):
    with pytest.raises(BadFile) as raised:
        run(text)

    assert sentence in said(raised.value.message)

    assert known() == {}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("only-an-id", "has 1 columns instead of 3"),
        ("a,b,c,d", "has 4 columns instead of 3"),
        (",No id,", "is empty"),
        ("a/b,Path,", "looks like a path"),
        ("..,Path,", "looks like a path"),
        ("a\\b,Path,", "looks like a path"),
        ("a%2Fb,Encoded,", "percent-encoded"),
        (f"{'x' * 201},Long,", "201 characters long"),
        (f"a,{'x' * 256},", "The name is 256 characters long; at most 255 are allowed"),
        (f"a,b,{'x' * 10_001}", "The description is 10001 characters long"),
        ("a,N\x00ul,", "not UTF-8 text"),
        ("a\x00,Nul,", "cannot be shown"),
        ('"a"b,Quote,', "expected after"),
        ("first,Again,", "repeats the org id of line 2"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_imported(db, row, sentence):
    report = run(f"{HEADER}first,First,\n{row}\nlast,Last,\n")

    ((line, reason),) = report.refused
    assert line == 3
    assert sentence in said(reason)
    assert (report.added, known()) == (2, {"first": "First", "last": "Last"})


@pytest.mark.parametrize("row", [b"a,Caf\xe9,", b"a\xe9,Name,", b"a,Name,Caf\xe9"])
def test_a_row_that_is_not_utf8_is_named(db, row):
    report = run(HEADER.encode() + row + b"\nlast,Last,\n")

    ((line, reason),) = report.refused
    assert line == 2
    assert "UTF-8" in said(reason)
    assert known() == {"last": "Last"}


def test_an_unclosed_quote_is_named_and_the_rest_is_imported(db):
    rest = "".join(f"org-{number},Name,\n" for number in range(50))

    report = run(f'{HEADER}first,First,\nbad,"Never closed,\n{rest}')

    assert [line for line, _ in report.refused] == [3]
    assert report.added == 51
    assert "org-49" in known()


def test_a_quote_closed_by_the_next_row_loses_no_other_row(db):
    report = run(f'{HEADER}bad,"Never closed,\ngood,"Name",\nlast,Last,\n')

    assert [line for line, _ in report.refused] == [2]
    assert set(known()) == {"good", "last"}


def test_a_header_alone_imports_nothing(db):
    report = run(HEADER)

    assert (report.added, report.refused) == (0, [])


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEADER + "a,Alpha,First\n",
        HEADER.replace("\n", "\r\n") + "a,Alpha,First\r\n",
        HEADER.replace("\n", "\r") + "a,Alpha,First\r",
        HEADER + "a,Alpha,First",
        HEADER + "\n\n a , Alpha ,First \n,,\n\n",
        'ORG_ID," Name ",description\na,Alpha,First\n',
        '"org_id","name","description"\n"a","Alpha","First"\n',
    ],
)
def test_the_ways_in_which_programs_write_csv(db, text):
    report = run(text)

    organization = Organization.objects.get()
    assert (report.added, report.refused) == (1, [])
    assert (organization.org_id, organization.name) == ("a", "Alpha")
    assert organization.description == "First"


def test_quoted_line_breaks_belong_to_the_text_and_lines_are_counted_on(db):
    report = run(f'{HEADER}a,Alpha,"Two\nlines"\nbad\nb,"Say ""B"", please",\n')

    assert Organization.objects.get(org_id="a").description == "Two\nlines"
    assert known()["b"] == 'Say "B", please'
    assert report.refused[0][0] == 4


def test_what_makes_a_text_lie_is_not_imported(db):
    report = run(
        f'{HEADER}a,"\u202eAl\x1b[31mpha\r\nClinic\ufeff","One\u2066\r\n\x07two"\nb,\u202e\u200f,\n'
    )

    organization = Organization.objects.get(org_id="a")
    assert report.refused == []
    assert (organization.name, organization.description) == ("Al[31mpha Clinic", "One\ntwo")
    assert str(Organization.objects.get(org_id="b")) == "b"


def test_importing_again_what_was_cleaned_changes_nothing(db):
    text = f"{HEADER}a,\u200eAlpha\u2069,\x0bFirst\n"
    run(text)

    assert run(text).unchanged == 1


def test_any_script_can_be_imported(db):
    run(f"{HEADER}клиника,桜メディカル,מרפאה\n")

    assert known() == {"клиника": "桜メディカル"}


def test_importing_twice_changes_nothing(db):
    text = f"{HEADER}a,Alpha,First\nb,Beta,\n"
    run(text)

    report = run(text)

    assert (report.added, report.updated, report.unchanged) == (0, 0, 2)
    assert known() == {"a": "Alpha", "b": "Beta"}


def test_a_new_name_or_description_is_taken_over(db):
    run(f"{HEADER}a,Alpha,First\nb,Beta,Second\n")

    report = run(f"{HEADER}a,Aleph,First\nb,Beta,2nd\n")

    assert (report.added, report.updated, report.unchanged) == (0, 2, 0)
    assert known()["a"] == "Aleph"
    assert Organization.objects.get(org_id="b").description == "2nd"


def test_an_empty_name_or_description_keeps_what_is_known(db):
    run(f"{HEADER}a,Alpha,First\n")

    report = run(f"{HEADER}a,,\n")

    organization = Organization.objects.get()
    assert report.unchanged == 1
    assert (organization.name, organization.description) == ("Alpha", "First")


def test_a_repeated_id_far_behind_is_found_as_well(db):
    rows = "".join(f"org-{number},Name,\n" for number in range(1200))

    report = run(f"{HEADER}{rows}org-0,Other,\n")

    assert report.refused == [(1202, Message.of("org_id_repeated", line=2))]
    assert known()["org-0"] == "Name"


def test_a_hundred_thousand_rows_are_all_imported(db):
    rows = "".join(f"org-{number},Clinic {number},\n" for number in range(100_000))

    report = run(HEADER + rows)

    assert (report.added, report.refused) == (100_000, [])
    assert Organization.objects.count() == 100_000
