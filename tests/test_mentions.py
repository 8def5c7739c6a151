"""Mentions: how far a phrase that may name a speaker goes."""

from __future__ import annotations

import pytest

from quotetrack.extraction import choose_passages
from quotetrack.language.parse import Parser
from quotetrack.quotations.marks import find_quoted
from quotetrack.quotations.mentions import find_mentions
from quotetrack.quotations.reading import make_reading

# What is said, and a mention in it.
SAID = [
    ("said the mayor of the harbour town, Ilse Brandvoll.", "the mayor of the harbour town, Ilse Brandvoll"),
    ("said captain Ilse Brandvoll.", "captain Ilse Brandvoll"),
    ("the news agency Reuters reported.", "the news agency Reuters"),
    ("Ilse Brandvoll, the mayor, said.", "Ilse Brandvoll"),
    ("said the mayor, who had met Ilse Brandvoll.", "the mayor"),
    ("the mayor said to Ilse Brandvoll.", "the mayor"),
    ("added the PM.", "PM"),
]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.mark.parametrize(("said", "mention"), SAID)
def test_a_description_goes_as_far_as_the_name_beside_it(parser: Parser, said: str, mention: str) -> None:
    text = f"“The wells were dry,” {said}"
    quoted = find_quoted(text)
    [parse] = parser.parse([choose_passages(text, quoted)])
    spans = [found.span for found in find_mentions(make_reading(text, quoted, parse))]
    assert mention in [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("said", "mentions"),
    [
        ("said Ann Lowe, Ph.D., of the clinic.", ["Ann Lowe", "the clinic"]),
        ("said Ann Lowe, M.D., PhD, who left.", ["Ann Lowe", "who"]),
        ("said Ann Lowe, RN, and Bo Marsh, KC.", ["Ann Lowe", "Bo Marsh"]),
        ("said Ann Lowe, an MP.", ["Ann Lowe", "an MP"]),
        ("the MP said.", ["the MP"]),
    ],
)
def test_a_degree_is_nobody(parser: Parser, said: str, mentions: list[str]) -> None:
    text = f"“The wells were dry,” {said}"
    quoted = find_quoted(text)
    [parse] = parser.parse([choose_passages(text, quoted)])
    spans = [found.span for found in find_mentions(make_reading(text, quoted, parse))]
    assert [text[span.start : span.end] for span in spans] == mentions


def test_a_name_is_one_mention_with_its_particles(parser: Parser) -> None:
    text = "“I have been to six of these conferences,” van der Meer told The Meridian Post."
    quoted = find_quoted(text)
    [parse] = parser.parse([choose_passages(text, quoted)])
    spans = [found.span for found in find_mentions(make_reading(text, quoted, parse))]
    assert [text[span.start : span.end] for span in spans] == ["van der Meer", "The Meridian Post"]
