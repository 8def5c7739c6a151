"""An article's text cut into paragraphs of pieces, so that quotations that nest or overlap can all be marked.

HTML cannot nest elements that overlap, so no element stands for a quotation: each piece of text, from one
boundary to the next, knows everything that covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["quotation", "mention", "cue"]


@dataclass(frozen=True, slots=True)
class Marked:
    """`text[start:end]` is a quotation, a mention of its speaker, or its cue; `number` is the quotation's."""

    start: int
    end: int
    kind: Kind
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that the same spans cover from end to end, and the quotations that open or close with it."""

    text: str
    quotations: tuple[int, ...]
    mentions: tuple[int, ...]
    cues: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]


def paragraphs(text: str, spans: Iterable[Marked]) -> Iterator[list[Piece]]:
    """The paragraphs of `text` (its non-empty lines), each as pieces in order.

    Spans outside the text are cut to it, empty ones are left out.
    """
    inside = [span for span in spans if max(span.start, 0) < min(span.end, len(text))]
    starts = sorted(inside, key=lambda span: span.start)
    cuts = sorted({cut for span in inside for cut in (span.start, span.end)})
    active: list[Marked] = []
    waiting = 0
    cut = 0
    for start, end in _lines(text):
        pieces: list[Piece] = []
        position = start
        while position < end:
            while waiting < len(starts) and starts[waiting].start <= position:
                active.append(starts[waiting])
                waiting += 1
            active = [span for span in active if span.end > position]
            while cut < len(cuts) and cuts[cut] <= position:
                cut += 1
            stop = min(end, cuts[cut]) if cut < len(cuts) else end
            pieces.append(_piece(text, position, stop, end, active))
            position = stop
        yield pieces


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            lead = len(line) - len(line.lstrip())
            yield start + lead, start + lead + len(stripped)
        start += len(line)


def _piece(text: str, start: int, stop: int, line_end: int, active: list[Marked]) -> Piece:
    def numbers(kind: Kind) -> tuple[int, ...]:
        return tuple(dict.fromkeys(span.number for span in active if span.kind == kind))

    quotations = [span for span in active if span.kind == "quotation"]
    # A span that starts or ends in the white space between lines opens or closes with the nearest piece.
    return Piece(
        text=text[start:stop],
        quotations=numbers("quotation"),
        mentions=numbers("mention"),
        cues=numbers("cue"),
        opens=tuple(span.number for span in quotations if _is_first(text, span, start)),
        closes=tuple(span.number for span in quotations if _is_last(text, span, stop)),
    )


def _is_first(text: str, span: Marked, start: int) -> bool:
    return span.start <= start and not text[max(span.start, 0) : start].strip()


def _is_last(text: str, span: Marked, stop: int) -> bool:
    return span.end >= stop and not text[stop : span.end].strip()
