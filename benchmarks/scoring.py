"""The measures of accuracy: predicted quotations held against a gold standard.

A predicted quotation that runs over several paragraphs counts as one in each. It is matched with the gold
segment of speech that shares the most with it, if that is at least half of what the two cover together; what
overlaps so with a segment that is not scored is left out. From the matches come

  detection    precision, recall and F1 of the quotations
  speaker      of the matched quotations with a source in the gold standard, those whose mention overlaps it
  end to end   precision, recall and F1 of quotations with the right mention
  named        the same with the right name instead, where the gold standard has names
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from benchmarks.gold import GoldArticle, GoldQuote
from quotetrack.records import Extraction, Span

# Intersection over union from which two segments are the same.
SAME_SEGMENT = 0.5
# A predicted name may have this many words more than the gold standard's.
SPARE_WORDS = 1
# A speaker of any other type counts as named where the mention is right.
NAMED_TYPES = ("person", "organisation")

_WORD = re.compile(r"\w+")
_TITLES = frozenset(
    _WORD.findall(
        """
        the mr mrs ms miss sir dame lord lady dr prof professor rev hon president prime minister senator sen
        governor gov judge justice rep general gen col lt maj capt king queen prince princess sheikh
        """
    )
)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A quotation as it is scored: its span, and its first attribution, if it has one."""

    start: int
    end: int
    mention: Span | None = None
    speaker: str | None = None
    type: str | None = None
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A gold segment of speech with the prediction that found it.

    `mention_right` is None where the gold standard tells no source, `name_right` also where it tells no name.
    """

    gold: GoldQuote
    predicted: Prediction
    mention_right: bool | None
    name_right: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article's gold segments of speech and predictions: matched, missed and extra."""

    article: GoldArticle
    matches: tuple[Match, ...]
    missed: tuple[GoldQuote, ...]
    extra: tuple[Prediction, ...]


class Scores(NamedTuple):
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of a whole gold standard, and the measures that come of them."""

    articles: int
    gold: int
    gold_with_source: int
    predicted: int
    found: int
    found_with_source: int
    mention_right: int
    silent: int
    name_right: int | None

    @property
    def detection(self) -> Scores:
        return _scores(self.found, self.predicted, self.gold)

    @property
    def speaker_accuracy(self) -> float:
        return _share(self.mention_right, self.found_with_source)

    @property
    def end_to_end(self) -> Scores:
        return self._with_speaker(self.mention_right)

    @property
    def named(self) -> Scores | None:
        return None if self.name_right is None else self._with_speaker(self.name_right)

    def _with_speaker(self, right: int) -> Scores:
        # A quotation without a source in the gold standard can be neither right nor wrong.
        without_source = self.found - self.found_with_source
        return _scores(right, self.predicted - without_source, self.gold_with_source)

    def as_dict(self) -> dict[str, float]:
        """Counts and measures by name, for JSON."""
        result: dict[str, float] = {
            "articles": self.articles,
            "gold": self.gold,
            "gold_with_source": self.gold_with_source,
            "predicted": self.predicted,
            **_named_scores("detection", self.detection),
            "speaker_accuracy": self.speaker_accuracy,
            "speaker_silent": self.silent,
            **_named_scores("end_to_end", self.end_to_end),
        }
        if self.name_right is not None and self.named is not None:
            result["named_accuracy"] = _share(self.name_right, self.found_with_source)
            result["named_f1"] = self.named.f1
        return result


def predictions_of(extraction: Extraction) -> list[Prediction]:
    """What an extraction predicts, each quotation with its first attribution."""
    found = []
    for quotation in extraction.quotations:
        prediction = Prediction(quotation.start, quotation.end)
        if quotation.attributions:
            first = quotation.attributions[0]
            prediction = replace(
                prediction,
                mention=first.mention,
                speaker=first.speaker.name,
                type=first.speaker.type,
                rule=first.rule,
                confidence=first.confidence,
            )
        found.append(prediction)
    return found


def compare(article: GoldArticle, predictions: Iterable[Prediction]) -> Comparison:
    """Match the predictions for an article with its gold segments, these in their order."""
    unscored = [quote for quote in article.quotes if quote.speech is None]
    left = [
        part
        for prediction in predictions
        for part in _paragraphs(article.text, prediction)
        if not any(shared(part, quote) >= SAME_SEGMENT for quote in unscored)
    ]
    matches: list[Match] = []
    missed: list[GoldQuote] = []
    for quote in article.quotes:
        if not quote.speech:
            continue
        nearest = max(range(len(left)), key=lambda i: shared(left[i], quote), default=None)
        if nearest is None or shared(left[nearest], quote) < SAME_SEGMENT:
            missed.append(quote)
        else:
            matches.append(_match(quote, left.pop(nearest)))
    return Comparison(article, tuple(matches), tuple(missed), tuple(left))


def count(comparisons: Sequence[Comparison]) -> Figures:
    """The figures of a gold standard from the comparisons of its articles."""
    matches = [match for comparison in comparisons for match in comparison.matches]
    missed = [quote for comparison in comparisons for quote in comparison.missed]
    sourced = [match for match in matches if match.gold.sources]
    has_names = any(q.names is not None for c in comparisons for q in c.article.quotes)
    return Figures(
        articles=len(comparisons),
        gold=len(matches) + len(missed),
        gold_with_source=len(sourced) + sum(bool(quote.sources) for quote in missed),
        predicted=len(matches) + sum(len(comparison.extra) for comparison in comparisons),
        found=len(matches),
        found_with_source=len(sourced),
        mention_right=sum(bool(match.mention_right) for match in sourced),
        silent=sum(match.predicted.mention is None for match in sourced),
        name_right=sum(bool(match.name_right) for match in sourced) if has_names else None,
    )


def shared(a: Prediction | GoldQuote | Span, b: Prediction | GoldQuote | Span) -> float:
    """How much of what two stretches cover together, gap included, is in both: 0 to 1."""
    both = min(a.end, b.end) - max(a.start, b.start)
    return max(0, both) / (max(a.end, b.end) - min(a.start, b.start))


def overlaps(span: Span | None, others: Iterable[Span]) -> bool:
    """Whether a span has a character in common with one of others."""
    return span is not None and any(span.start < other.end and other.start < span.end for other in others)


def name_words(name: str) -> frozenset[str]:
    """The words of a name without titles, case, diacritics and punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(_WORD.findall(plain)) - _TITLES


def same_name(predicted: str | None, names: Iterable[str]) -> bool:
    """Whether a predicted name holds all words of one of `names` and hardly any more."""
    words = name_words(predicted or "")
    for name in names:
        wanted = name_words(name)
        if wanted and wanted <= words and len(words - wanted) <= SPARE_WORDS:
            return True
    return False


def _match(gold: GoldQuote, predicted: Prediction) -> Match:
    if not gold.sources:
        return Match(gold, predicted, None, None)
    mention_right = overlaps(predicted.mention, gold.sources)
    if gold.names is None:
        return Match(gold, predicted, mention_right, None)
    by_name = gold.type in NAMED_TYPES
    return Match(
        gold, predicted, mention_right, same_name(predicted.speaker, gold.names) if by_name else mention_right
    )


def _paragraphs(text: str, prediction: Prediction) -> Iterator[Prediction]:
    """The parts of a prediction between line ends, blank ones left out."""
    start = prediction.start
    for line in text[prediction.start : prediction.end].split("\n"):
        if line.strip():
            yield replace(prediction, start=start, end=start + len(line))
        start += len(line) + 1


def _share(part: int, whole: int) -> float:
    return part / max(1, whole)


def _scores(right: int, predicted: int, gold: int) -> Scores:
    precision, recall = _share(right, predicted), _share(right, gold)
    total = precision + recall
    return Scores(precision, recall, 2 * precision * recall / total if total else 0.0)


def _named_scores(name: str, scores: Scores) -> dict[str, float]:
    return {f"{name}_p": scores.precision, f"{name}_r": scores.recall, f"{name}_f1": scores.f1}
