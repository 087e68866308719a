"""Lines of CSV that no spreadsheet runs, and those for Excel, which it shows as they are."""

import csv
import io

import pytest

from customers.services.wording.csv_and_jsonl import (
    Number,
    csv_lines,
    excel_lines,
    file_lines,
    json_lines,
    tab_separated,
)

STARTS = ["=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
UNSEEN = ["", " ", "\u00a0", "\u200b", "\ufeff", "\u3000 ", "\u2060"]
HARMLESS = ["Bingo", "a=b", "x@y.example", "1-2", "%5", "'=1", '"=1', "Zoë", "", "O'Hara", "a|b"]
NOT_TEXT = ["0007", "4242", "00420", "1E5", "1e-5", "12345678901234567890", "3/4", "12-05", "1.10"]
NOT_TEXT += ["Sep 2", "2-Mar", "MARCH1", "dec2026", "TRUE", "false", "10:30", "5 pm", "1,5", "7%"]
LEFT_ALONE = [
    "Bingo",
    "cus_9",
    "Clinic 24",
    "7c1f0a52-0d3e",
    "March",
    "May & Sons",
    "1st Clinic",
    "E5",
]


def cells(lines):
    return next(csv.reader(io.StringIO("".join(lines).partition("\r\n")[2], newline="")))


def of_csv(value):
    (cell,) = cells(csv_lines(["a"], [{"a": value}]))
    return cell


def of_excel(value):
    (cell,) = cells(excel_lines(["a"], [{"a": value}], texts={"a"}))
    return cell


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("start", STARTS, ids=ascii)
@pytest.mark.parametrize("cell_of", [of_csv, of_excel])
def test_a_cell_that_would_be_run_is_led_by_an_apostrophe(cell_of, start, unseen):
    for text in (f"{unseen}{start}1+1", f"{unseen}{start}cmd|' /C calc'!A0"):
        assert cell_of(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_no_other_cell_is(text):
    assert of_csv(text) == text


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (True, "true"), (False, "false"), (-1250, "-1250"), (0, "0")]
)
def test_what_is_no_text_is_no_formula(value, cell):
    assert of_csv(value) == of_excel(value) == cell


@pytest.mark.parametrize("text", ["-12.50", "0.00", "1250", "-7"])
def test_a_number_stays_a_number(text):
    assert of_csv(Number(text)) == of_excel(Number(text)) == text


@pytest.mark.parametrize("text", NOT_TEXT)
def test_excel_is_told_what_is_text(text):
    assert of_excel(text) == f'="{text}"'
    assert of_csv(text) == text


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_excel_shows_other_texts_as_they_are(text):
    assert of_excel(text) == text


@pytest.mark.parametrize("text", ['0007"&A1&"', '1"', "0007=", "1" * 256])
def test_a_text_cannot_end_the_one_that_it_is_told_to_be(text):
    assert not of_excel(text).startswith("=")


def test_excel_works_out_dates_and_numbers_itself():
    columns = ["last4", "expires_on", "balance"]
    row = {"last4": "0007", "expires_on": "2031-05-31", "balance": -1250}

    assert cells(excel_lines(columns, [row], texts={"last4"})) == ['="0007"', "2031-05-31", "-1250"]


def test_for_excel_the_byte_order_mark_comes_first_and_once():
    text = "".join(excel_lines(["a", "b"], [{"a": "Zoë", "b": "0"}] * 3, texts={"a"}))

    assert text == "\ufeffa,b\r\n" + "Zoë,0\r\n" * 3
    assert "".join(excel_lines(["a"], [], texts={"a"})) == "\ufeffa\r\n"
    assert "".join(csv_lines(["a"], [])) == "a\r\n"


def test_json_has_no_guards():
    assert "".join(json_lines([{"a": "=1", "b": "Zoë"}])) == '{"a": "=1", "b": "Zoë"}\n'


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("csv", "a\r\n0007\r\n"),
        ("excel", '\ufeffa\r\n"=""0007"""\r\n'),
        ("jsonl", '{"a": "0007"}\n'),
    ],
)
def test_each_format_has_its_lines(format_, text):
    assert "".join(file_lines(format_, ["a"], [{"a": "0007"}], texts={"a"})) == text


def test_what_is_pasted_stays_in_its_cell():
    values = ["a\tb\nc", '"quoted"', "=1", None, 7, True]

    assert tab_separated(values) == 'a b c\t"""quoted"""\t\'=1\t\t7\ttrue'
