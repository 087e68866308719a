"""`import_organizations`: what is imported, what is refused, and the messages."""

import pytest

from customers.models import Organization
from tests.helpers.commands import run

pytestmark = pytest.mark.django_db
HEADER = "org_id,name,description\n"


@pytest.fixture
def file(tmp_path):
    """Writes a file and returns its name."""

    def write(content):
        path = tmp_path / "organizations.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def known():
    return {row.org_id: (row.name, row.description) for row in Organization.objects.all()}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("org_id,name\na,A\n", "lacks description"),
        ("id,title\na,A\n", "lacks org_id and name and description"),
        ("org_id;name;description\na;A;x\n", "lacks org_id"),
        ("name,org_id,description\nA,a,x\n", "in this order"),
        ("org_id,name,description,owner\na,A,x,y\n", "exactly"),
        (HEADER.encode("utf-16"), "is in UTF-16; save it in UTF-8"),
        ("a,A,first row without a header\n", "lacks org_id"),
    ],
)
def test_a_file_without_the_header_is_not_imported(file, content, sentence):
    ran = run("import_organizations", file(content))

    assert ran.code == 1
    assert sentence in ran.err
    assert "Nothing was imported." in ran.err
    assert ran.out == ""
    assert known() == {}


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_said(tmp_path, name):
    ran = run("import_organizations", str(tmp_path / name))

    assert ran.code == 1
    assert "cannot be read" in ran.err
    assert name in ran.err


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (b",A,without an id", "empty"),
        (b"a/b,A,x", "path"),
        (b"..,A,x", "path"),
        (b"a%2Fb,A,x", "percent-encoded"),
        (b"b", "has 1 columns instead of 3"),
        (b"b,A", "has 2 columns instead of 3"),
        (b"b,A,x,y", "has 4 columns instead of 3"),
        (b"b\xff,A,x", "UTF-8"),
        (b"b,caf\xe9,x", "name contains bytes that are not UTF-8"),
        (b"b,A,caf\xe9", "description contains bytes that are not UTF-8"),
        (b"b,A\x00,x", "name contains bytes"),
        (b"b," + b"n" * 256 + b",x", "256 characters"),
        (b"b" * 201 + b",A,x", "201 characters"),
        (b'b,"A"x,y', ""),
        (b"good-1,A,x", "repeats the org id of line 2"),
        (b" good-1 ,A,x", "repeats the org id of line 2"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_the_rest_is_imported(file, row, sentence):
    content = HEADER.encode() + b"good-1,First,\n" + row + b"\ngood-2,Second,\n"

    ran = run("import_organizations", file(content))

    assert ran.code == 1
    assert ran.out == "2 added, 0 updated, 0 unchanged, 1 refused.\n"
    assert ran.err.startswith("line 3: ")
    assert sentence in ran.err
    assert known() == {"good-1": ("First", ""), "good-2": ("Second", "")}


def test_line_numbers_count_the_lines_of_the_file(file):
    content = f'{HEADER}\na,A,"two\nlines"\n\n../x,B,\nb,B,\n../y,C,\n'

    ran = run("import_organizations", file(content))

    assert [line.partition(":")[0] for line in ran.err.splitlines()[:2]] == ["line 6", "line 8"]
    assert known() == {"a": ("A", "two\nlines"), "b": ("B", "")}


def test_an_unclosed_quote_is_named_by_the_line_where_it_opens(file):
    ran = run("import_organizations", file(f'{HEADER}a,A,\nb,"B,\nc,C,\n'))

    assert ran.code == 1
    assert ran.err.startswith("line 3: ")
    assert "a" in known()


@pytest.mark.parametrize(
    "content",
    [
        "\ufefforg_id,name,description\na,Ä,ö\nb,桜,\n",
        "org_id,name,description\r\na,Ä,ö\r\nb,桜,\r\n",
        "\ufefforg_id,name,description\r\n\r\na,Ä,ö\r\nb,桜,",
        'ORG_ID, Name ,description\n" a ", Ä ,ö\n"b","桜",""\n',
        "org_id,name,description\n,,\na,Ä,ö\n  \nb,桜,\n",
    ],
    ids=["a byte order mark", "CRLF", "both", "quotes and blanks", "empty rows"],
)
def test_what_a_spreadsheet_writes_is_read(file, content):
    ran = run("import_organizations", file(content))

    assert (ran.code, ran.err) == (0, "")
    assert known() == {"a": ("Ä", "ö"), "b": ("桜", "")}


def test_a_header_alone_is_an_empty_list(file):
    ran = run("import_organizations", file(HEADER))

    assert (ran.code, ran.out) == (0, "0 added, 0 updated, 0 unchanged, 0 refused.\n")


def test_a_second_run_updates_and_keeps_what_the_file_leaves_empty(file):
    run("import_organizations", file(f"{HEADER}a,A,one\nb,B,two\nc,C,three\n"))

    ran = run("import_organizations", file(f"{HEADER}a,New,one\nb,,\nd,D,\n"))

    assert ran.out == "1 added, 1 updated, 1 unchanged, 0 refused.\n"
    assert known() == {
        "a": ("New", "one"),
        "b": ("B", "two"),
        "c": ("C", "three"),
        "d": ("D", ""),
    }


def test_the_same_file_twice_changes_nothing(file):
    name = file(f"{HEADER}a,A,one\n")
    run("import_organizations", name)

    ran = run("import_organizations", name)

    assert (ran.code, ran.out) == (0, "0 added, 0 updated, 1 unchanged, 0 refused.\n")


def test_five_thousand_rows_with_a_bad_one_in_the_middle(file):
    rows = [f"org-{number},Name {number},\n" for number in range(5000)]
    rows[2500] = "a/b,Bad,\n"

    ran = run("import_organizations", file(HEADER + "".join(rows)))

    assert ran.code == 1
    assert ran.out == "4999 added, 0 updated, 0 unchanged, 1 refused.\n"
    assert ran.err.startswith("line 2502: ")
    assert Organization.objects.count() == 4999
