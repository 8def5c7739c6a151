"""What Stanza reads of an article, and the way back to the article's own offsets."""

from hypothesis import given
from hypothesis import strategies as st

from quotetrack.language.passages import CLAUSE, make_passage
from quotetrack.quotations.marks import find_quoted
from quotetrack.records import Span

LONG = "We will build the bridge, and we will build it before the winter comes to the valley,"


def passage_of(text: str):
    return make_passage(text, 0, len(text), [Span(q.start, q.end) for q in find_quoted(text)])


def test_a_long_quotation_is_read_as_a_clause_and_found_again() -> None:
    text = f"“{LONG}” the mayor said."
    passage = passage_of(text)
    assert passage.text == f"“{CLAUSE},” the mayor said."
    mayor = passage.text.index("the mayor")
    span = passage.locate(mayor, mayor + len("the mayor"))
    assert text[span.start : span.end] == "the mayor"
    inside = passage.locate(1, 1 + len(CLAUSE))
    assert text[inside.start : inside.end] == LONG


def test_a_long_fragment_is_read_as_its_first_words() -> None:
    text = "She spoke of “a bridge that nobody asked for and that nobody will ever cross” again."
    assert passage_of(text).text == "She spoke of “a bridge that nobody asked” again."


def test_marks_of_other_languages_are_read_as_english_ones() -> None:
    for text in ("«We won», she said.", "»We won«, she said.", "»We won», she said.", "„We won“, she said."):
        assert passage_of(text).text == "“We won”, she said."


@given(st.text(alphabet='ab A.,\n“”"«»„‘’', max_size=150))
def test_narration_keeps_its_offsets(text: str) -> None:
    quoted = find_quoted(text)
    passage = passage_of(text)
    for at, char in enumerate(passage.text):
        span = passage.locate(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        if not any(q.start <= span.start < q.end for q in quoted):
            assert span == Span(span.start, span.start + 1)
            assert char == text[span.start] or char in '“”"'
