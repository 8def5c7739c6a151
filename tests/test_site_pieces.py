"""The parts of the site that need no database: highlighting, charts, dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.database.derive import DECISION_RULE
from quotetrack.quotations.rules import ORDER
from quotetrack.site import charts, citing, words
from quotetrack.site.highlight import Marked, paragraphs

TEXT = "He said: “One.\n\n“Two ‘in’ two.” She left."


def spans(draw: st.DrawFn, text: str) -> list[Marked]:
    ends = st.integers(-2, len(text) + 2)
    marked = st.builds(
        Marked, ends, ends, st.sampled_from(("quotation", "mention", "cue")), st.integers(1, 9)
    )
    return draw(st.lists(marked, max_size=8))


@given(st.data(), st.text(alphabet="ab “”\n\r\u2028\u202e", max_size=60))
def test_pieces_are_the_text_and_know_what_covers_them(data: st.DataObject, text: str) -> None:
    marked = spans(data.draw, text)
    found = list(paragraphs(text, marked))
    assert ["".join(piece.text for piece in pieces) for pieces in found] == [
        line.strip() for line in text.splitlines() if line.strip()
    ]
    position = 0
    for piece in (piece for pieces in found for piece in pieces):
        start = text.index(piece.text, position)
        position = start + len(piece.text)
        for kind, numbers in (
            ("quotation", piece.quotations),
            ("mention", piece.mentions),
            ("cue", piece.cues),
        ):
            covering = {
                span.number
                for span in marked
                if span.kind == kind and span.start <= start and position <= span.end
            }
            assert set(numbers) == covering


def test_nested_quotations_over_two_paragraphs_open_and_close_once() -> None:
    outer = Marked(TEXT.index("“One"), TEXT.index(" She"), "quotation", 1)
    inner = Marked(TEXT.index("‘in"), TEXT.index("’") + 1, "quotation", 2)
    cue = Marked(TEXT.index("said"), TEXT.index("said") + 4, "cue", 1)
    first, second = paragraphs(TEXT, [inner, outer, cue])
    assert [(piece.text, piece.quotations, piece.cues) for piece in first] == [
        ("He ", (), ()),
        ("said", (), (1,)),
        (": ", (), ()),
        ("“One.", (1,), ()),
    ]
    assert [(piece.text, piece.quotations) for piece in second] == [
        ("“Two ", (1,)),
        ("‘in’", (1, 2)),
        (" two.”", (1,)),
        (" She left.", ()),
    ]
    pieces = [*first, *second]
    assert [piece.opens for piece in pieces if piece.opens] == [(1,), (2,)]
    assert [piece.closes for piece in pieces if piece.closes] == [(2,), (1,)]


def test_charts_have_no_gaps_and_few_bars() -> None:
    bars = charts.by_time(
        {"2021-11": (3, 1), "2022-02": (1, 0), "": (9, 9), "2021-13": (5, 0), "2021": (2, 0)}
    )
    assert [(bar.label, bar.total) for bar in bars] == [
        ("November 2021", 3),
        ("December 2021", 0),
        ("January 2022", 0),
        ("February 2022", 1),
    ]
    by_quarter = charts.by_time({"2010-01": (1, 0), "2019-12": (1, 0)})
    assert (by_quarter[0].label, by_quarter[-1].label) == ("quarter 1 of 2010", "quarter 4 of 2019")
    by_year = charts.by_time({"1990-01": (1, 0), "2019-12": (1, 0)})
    assert (by_year[0].label, by_year[-1].label, len(by_year)) == ("1990", "2019", 30)
    by_decade = charts.by_time({"1805-07": (1, 1), "1904-12": (2, 0), "1905-01": (3, 0), "2024-02": (7, 2)})
    assert (by_decade[0].label, by_decade[-1].label) == ("ten years from 1800", "ten years from 2020")
    assert [bar.total for bar in by_decade if bar.total] == [1, 5, 7]
    # A typing error does not hide the rest.
    for wrong in ("0001-01", "9999-12"):
        assert len(charts.by_time({"2021-11": (2, 0), "2021-12": (3, 0), wrong: (1, 0)})) == 2
    assert len(charts.by_time({"0001-01": (1, 0), "9999-12": (1, 0)})) == 1
    assert [bar.total for bar in charts.by_time({"2020": (2, 0), "2022": (4, 1)})] == [2, 0, 4]
    assert charts.by_time({"": (3, 0)}) == []
    assert "&lt;b&gt;" in charts.draw(bars, "<b>")


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2021-11-05T08:00:00Z", "5 November 2021"),
        ("2021-11", "November 2021"),
        ("2021", "2021"),
        (None, "undated"),
        ("2021-99-05", "2021-99-05"),
        ("yesterday", "yesterday"),
    ],
)
def test_dates_in_words(published: str | None, told: str) -> None:
    assert words.date(published) == told


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Rain", "It rained.", "Rain"),
        (None, "It\n rained.", "It rained."),
        ("", "so " * 100, "so " * 22 + "so …"),
        (None, " \n", "Untitled article"),
        ("so " * 1_000, "It rained.", "so " * 99 + "so …"),
    ],
)
def test_titles(title: str | None, text: str, told: str) -> None:
    assert words.title(title, text) == told


def test_every_rule_has_words() -> None:
    assert {*ORDER, "context", DECISION_RULE} <= set(words.RULES)


@pytest.mark.parametrize(
    ("speakers", "named"),
    [
        ((), "Unknown speaker"),
        (("Ann Lee",), "Ann Lee"),
        (("Ann Lee", "Bo Ray"), "Ann Lee and Bo Ray"),
        (("Ann Lee", "Bo Ray", "Cy Day"), "Ann Lee, Bo Ray and Cy Day"),
    ],
)
def test_a_footnote_names_all_speakers(speakers: tuple[str, ...], named: str) -> None:
    reference = citing.Reference(
        id="1", text="It rained,", speakers=speakers, title="Wet", author=None, outlet=None, published=None,
        url=None, permalink="https://e.org/1", site="Site",
    )  # fmt: skip
    assert citing.plain(reference) == f"{named}: “It rained”. Quoted in “Wet”. Site, https://e.org/1."


def test_a_reference_is_one_line_and_a_bibtex_entry_is_whole() -> None:
    reference = citing.Reference(
        id="1", text="It rained.\n\n“It poured, “as never before”.", speakers=("Ann Lee",),
        title="Wet { at last", author="J. Doe, Staff", outlet="The } Courier", published="2021-99", url="https://e.org/{a}",
        permalink="https://e.org/1", site="Site",
    )  # fmt: skip
    assert "“It rained. It poured, “as never before”.” Quoted" in citing.plain(reference)
    entry = citing.bibtex(reference)
    assert entry.count("{") == entry.count("}")
    assert "author = {{J. Doe, Staff}}" in entry
    assert "as never before”.” Site" in entry
    assert "month" not in entry
