"""What waits for a person: pairs of speakers who may be one, and attributions the program is unsure of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from quotetrack.database.decisions import effects_in_force

# Examples of what a speaker said, for telling who it is.
EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Example:
    """One quotation in its context: `context[start:end]` are its words."""

    quotation: str
    context: str
    start: int
    end: int
    where: str


@dataclass(frozen=True, slots=True)
class Side:
    """One speaker of a pair."""

    id: int
    name: str
    quotations: int
    titles: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two speakers who may be one."""

    one: Side
    other: Side
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A quotation whose speaker the program is unsure of."""

    example: Example
    speaker: int
    name: str
    mention: str | None
    rule: str
    confidence: float


def pairs(db: Database) -> Iterator[Pair]:
    """The suggestions that no decision has settled, the likeliest first; each step looks at the decisions."""
    rows = db.conn.execute(
        "select speaker_a, speaker_b, score, reasons from suggestions "
        "order by score desc, speaker_a, speaker_b"
    ).fetchall()
    shown: set[frozenset[int]] = set()
    effects = None
    for a, b, score, reasons in rows:
        effects = effects_in_force(db, effects)
        one, other = effects.speaker(a), effects.speaker(b)
        pair = frozenset((one, other))
        if one != other and pair not in shown and not effects.never_merge(one, other):
            shown.add(pair)
            yield Pair(_side(db, one), _side(db, other), score, tuple(json.loads(reasons)))


def doubts(db: Database, below: float) -> Iterator[Doubt]:
    """The attributions less sure than `below` that nobody has decided about, the least sure first."""
    rows = db.conn.execute(
        "select quotation, speaker, mention, rule, confidence from attributions "
        "where confidence < ? and status = 'active' and decision is null order by confidence, id",
        (below,),
    ).fetchall()
    seen: set[str] = set()
    for quotation, speaker, mention, rule, confidence in rows:
        decided = db.conn.execute("select decision from quotations where id = ?", (quotation,)).fetchone()[0]
        if decided is None and quotation not in seen:
            seen.add(quotation)
            name = db.table("speakers").get(speaker)["name"]
            yield Doubt(example(db, quotation), speaker, name, mention, rule, confidence)


def example(db: Database, quotation: str) -> Example:
    text, context, outlet, published, title = db.conn.execute(
        "select quotations.text, context, outlet, articles.published, title from quotations "
        "join articles on articles.id = quotations.article where quotations.id = ?",
        (quotation,),
    ).fetchone()
    start = context.find(text)
    if start < 0:
        context, start = text, 0
    where = ", ".join(filter(None, (title, outlet, (published or "")[:10])))
    return Example(quotation, context, start, start + len(text), where)


def _side(db: Database, speaker: int) -> Side:
    row = db.table("speakers").get(speaker)
    titles = db.conn.execute(
        "select distinct title from titles where speaker = ? order by articles desc, title limit 3",
        (speaker,),
    )
    quotations = db.conn.execute(
        "select quotation from attributions where speaker = ? and status = 'active' "
        "order by published desc, quotation limit ?",
        (speaker, EXAMPLES),
    ).fetchall()
    return Side(
        speaker,
        row["name"],
        row["quotations"],
        tuple(title for (title,) in titles),
        tuple(example(db, quotation) for (quotation,) in quotations),
    )
