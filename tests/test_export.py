"""CSV that a spreadsheet can open without harm."""

import csv
import io

import pytest

from quotetrack.export.csv import COLUMNS, csv_lines


def written(**values):
    row = dict.fromkeys(COLUMNS) | values
    return next(csv.DictReader(io.StringIO("".join(csv_lines([row])), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30 123",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        '=HYPERLINK("http://x")',
        "＝1+1",
    ],
)
def test_no_text_is_a_formula(text):
    assert written(quotation=text)["quotation"] == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "2 + 2 = 4", 'a, "b"\nc;', "“So,” he said", "١٢٣", "\u202eabc", "<b>x</b>"]
)
def test_other_texts_stay_as_they_are(text):
    assert written(quotation=text)["quotation"] == text


def test_numbers_are_no_texts():
    row = written(start=-1, confidence=0.5, speaker=None)
    assert (row["start"], row["confidence"], row["speaker"]) == ("-1", "0.5", "")
