"""What goes wrong, sorted into kinds by what the text around an error shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.gold import GoldArticle, GoldQuote
from benchmarks.scoring import SAME_SEGMENT, Comparison, Match, Prediction, name_words, overlaps, shared
from benchmarks.tables import Cell, table
from quotetrack.quotations.english import PRONOUNS
from quotetrack.quotations.marks import find_quoted
from quotetrack.records import Span

# A quotation of fewer words is a fragment.
FRAGMENT_WORDS = 4
# From this share of capitalised words on, articles and the like apart, a quotation looks like a work's title.
TITLE_CASE = 0.8
_SMALL_WORDS = frozenset(
    ["a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "for", "by", "from", "with", "as", "is"]
)
_SENTENCE_END = re.compile(r"[.!?…][”\"’»]?\s")
_TERMINAL = (".", "!", "?", "…", ",", ":", ";")
_MARKS = "“”„\"'‘’«»「」"


@dataclass(frozen=True, slots=True)
class Error:
    """One error: `stage` is missed, extra, speaker or name, `kind` what is behind it."""

    stage: str
    kind: str
    article: GoldArticle
    gold: GoldQuote | None
    predicted: Prediction | None


def errors_of(comparison: Comparison) -> Iterator[Error]:
    """The errors in one article: quotations missed and extra, wrong speakers, wrong names."""
    article = comparison.article
    if comparison.missed:
        seen = [Span(q.start, q.end) for q in find_quoted(article.text)]
        for quote in comparison.missed:
            yield Error("missed", _missed(article.text, quote, seen), article, quote, None)
    for prediction in comparison.extra:
        yield Error("extra", _extra(article, prediction), article, None, prediction)
    for match in comparison.matches:
        if match.mention_right is False:
            yield Error("speaker", _speaker(article, match), article, match.gold, match.predicted)
        elif match.mention_right and match.name_right is False:
            yield Error("name", _name(article.text, match), article, match.gold, match.predicted)


def errors_table(found: Iterable[Error]) -> str:
    """How many errors of each kind there are, the commonest first."""
    counts = Counter((error.stage, error.kind) for error in found)
    rows: list[list[Cell]] = [[f"{stage}: {kind}", n] for (stage, kind), n in counts.most_common()]
    return table("Kinds of error", ["kind", "errors"], rows)


def show_error(error: Error) -> str:
    """One error with its text: the quotation between « », what was and what should have been the speaker."""
    text = error.article.text
    place = error.gold or error.predicted
    assert place is not None
    before, after = text[max(0, place.start - 150) : place.start], text[place.end : place.end + 150]
    lines = [
        f"{error.stage}: {error.kind} [{error.article.id}, {place.start}]",
        "  " + " ".join(f"…{before}«{text[place.start : place.end]}»{after}…".split()),
    ]
    if error.predicted is not None:
        p = error.predicted
        mention = repr(text[p.mention.start : p.mention.end]) if p.mention else "-"
        lines.append(f"  got:  {mention} = {p.speaker or '-'} ({p.rule or '-'}, {p.confidence or 0:.2f})")
    if error.gold is not None and error.gold.sources:
        sources = " | ".join(repr(text[s.start : s.end]) for s in error.gold.sources)
        lines.append(f"  gold: {sources} = {' | '.join(error.gold.names or ()) or '-'}")
    return "\n".join(lines)


def _missed(text: str, quote: GoldQuote, seen: Iterable[Span]) -> str:
    words = text[quote.start : quote.end]
    if not any(
        shared(part, quote) >= SAME_SEGMENT for span in seen for part in _within_paragraph(span, text, quote)
    ):
        return "the marks are paired otherwise"
    start, end = _paragraph(text, quote.start)
    if len(words.split()) < FRAGMENT_WORDS:
        return f"a fragment of fewer than {FRAGMENT_WORDS} words"
    if text[start:end].strip().strip(_MARKS) == words.strip().strip(_MARKS):
        return "a block: a paragraph of its own"
    if not text[start:end].rstrip(_MARKS + " ").endswith(_TERMINAL):
        return "in a heading or caption"
    return "longer, taken for no speech"


def _extra(article: GoldArticle, prediction: Prediction) -> str:
    over = [
        g for g in article.quotes if overlaps(Span(prediction.start, prediction.end), [Span(g.start, g.end)])
    ]
    if any(g.speech for g in over):
        return "the borders are not the gold standard's"
    if not over:
        return "no quoted segment of the gold standard"
    words = article.text[prediction.start : prediction.end].strip(_MARKS + " ,.").split()
    if _is_title(words):
        return "like a title or a name"
    if len(words) < FRAGMENT_WORDS:
        return f"a scare quote or term of fewer than {FRAGMENT_WORDS} words"
    return "longer, no source in the gold standard"


def _speaker(article: GoldArticle, match: Match) -> str:
    text, gold, mention = article.text, match.gold, match.predicted.mention
    if mention is None:
        return "none given"
    others = [Span(q.start, q.end) for q in article.quotes]
    words = name_words(text[mention.start : mention.end])
    if match.name_right or any(
        words & name_words(text[s.start : s.end]) - _SMALL_WORDS for s in gold.sources
    ):
        return "the same speaker, another mention"
    if all(overlaps(source, others) for source in gold.sources):
        return "the gold standard's is inside a quotation"
    if text[mention.start : mention.end].lower() in PRONOUNS:
        return "a pronoun"
    if _paragraph(text, mention.start) != _paragraph(text, gold.start):
        return "from another paragraph"
    first, last = min(mention.end, gold.end), max(mention.start, gold.start)
    if not _SENTENCE_END.search(text, first, last):
        return "from a neighbouring clause"
    return "from another sentence"


def _name(text: str, match: Match) -> str:
    predicted, gold = match.predicted, match.gold
    assert predicted.mention is not None
    mention = text[predicted.mention.start : predicted.mention.end]
    speaker = predicted.speaker or ""
    if mention.lower() in PRONOUNS:
        return (
            "a pronoun not resolved" if speaker.lower() == mention.lower() else "a pronoun resolved wrongly"
        )
    if gold.type == "organisation":
        return "an organisation's"
    got = name_words(speaker)
    if mention.split()[-1][0].islower():
        same = name_words(mention) == got
        return "a description not resolved" if same else "a description resolved wrongly"
    wanted = [name_words(name) for name in gold.names or ()]
    if any(got < name for name in wanted):
        return "only a part of the name"
    if any(name < got for name in wanted):
        return "more than the name"
    return "another name"


def _is_title(words: list[str]) -> bool:
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS and word[0].isalpha()]
    return bool(weighty) and sum(word[0].isupper() for word in weighty) >= TITLE_CASE * len(weighty)


def _paragraph(text: str, at: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, end if end >= 0 else len(text)


def _within_paragraph(span: Span, text: str, quote: GoldQuote) -> Iterator[Span]:
    """The part of a stretch in the paragraph of a gold segment, which stays within one."""
    start, end = _paragraph(text, quote.start)
    if span.start < end and start < span.end:
        yield Span(max(span.start, start), min(span.end, end))
