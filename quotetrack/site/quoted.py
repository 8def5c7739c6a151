"""What a list shows of each quotation: its words, those searched for marked, who said it, and where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from quotetrack.site import words

# A list shows this much of a quotation; its own page has it all.
MAX_SHOWN = 600

_HIT_START, _HIT_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker of a quotation, and the words that the article has for them there."""

    speaker: int
    name: str
    mention: str | None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in a list. `parts` is its text, each with whether it is what was searched for."""

    id: str
    parts: tuple[tuple[str, bool], ...]
    complete: bool
    article: str
    title: str
    outlet: str | None
    published: str | None
    speakers: tuple[Said, ...]


async def quoted(db: Any, rowids: list[int], expression: str = "") -> tuple[Quoted, ...]:
    """The quotations with these row numbers, in their order, as found by the full-text `expression`."""
    found = await db.execute(
        """
        select quotations.rowid, quotations.id, substr(quotations.text, 1, ?) as text, quotations.complete,
            articles.id as article, articles.title, articles.outlet, quotations.published,
            iif(coalesce(articles.title, '') = '', substr(articles.text, 1, 200), '') as beginning
        from json_each(?) cross join quotations on quotations.rowid = json_each.value
        cross join articles on articles.id = quotations.article
        """,
        [MAX_SHOWN + 1, json.dumps(rowids)],
    )
    by_rowid = {row["rowid"]: row for row in found.rows}
    said = await said_by(db, [row["id"] for row in found.rows])
    marked = await _marked(db, rowids, expression) if expression else {}
    shown = []
    for rowid in rowids:
        values = by_rowid[rowid]
        shown.append(
            Quoted(
                id=values["id"],
                parts=_bare(marked.get(rowid) or ((_shortened(values["text"]), False),)),
                complete=bool(values["complete"]),
                article=values["article"],
                title=words.title(values["title"], values["beginning"]),
                outlet=values["outlet"],
                published=values["published"],
                speakers=said.get(values["id"], ()),
            )
        )
    return tuple(shown)


async def said_by(db: Any, quotations: list[str]) -> dict[str, tuple[Said, ...]]:
    """The speakers of each of `quotations` (ids), in the order in which the article names them."""
    found = await db.execute(
        """
        select attributions.quotation, speakers.id, speakers.name, attributions.mention,
            speakers.type = 'unnamed'
        from json_each(?) cross join attributions on attributions.quotation = json_each.value
        cross join speakers on speakers.id = attributions.speaker
        where +attributions.status = 'active' order by attributions.position
        """,
        [json.dumps(quotations)],
    )
    said: dict[str, tuple[Said, ...]] = {}
    for quotation, speaker, name, mention, unnamed in found.rows:
        said[quotation] = (*said.get(quotation, ()), Said(speaker, name, mention, bool(unnamed)))
    return said


async def _marked(db: Any, rowids: list[int], expression: str) -> dict[int, tuple[tuple[str, bool], ...]]:
    """The text of each row cut where the words that were searched for begin and end."""
    found = await db.execute(
        """
        select quotations_fts.rowid, case when length(text) > ?
            then snippet(quotations_fts, 0, ?, ?, '…', 60) else highlight(quotations_fts, 0, ?, ?) end
        from quotations_fts
        where quotations_fts match ? and quotations_fts.rowid in (select value from json_each(?))
        """,
        [
            MAX_SHOWN,
            *(_HIT_START, _HIT_END) * 2,
            expression,
            json.dumps(rowids),
        ],
    )
    return {rowid: _parts(text) for rowid, text in found.rows}


def _parts(text: str) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    left = MAX_SHOWN
    for piece in text.split(_HIT_START):
        # The text itself may hold these characters: then a mark is misplaced, and no more than that.
        hit, end, rest = piece.partition(_HIT_END)
        for part, is_hit in ((hit, True), (rest, False)) if end else ((piece, False),):
            if part and left > 0:
                parts.append((part if len(part) <= left else part[:left] + "…", is_hit))
                left -= len(part)
    return tuple(parts)


def _bare(parts: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
    last, hit = parts[-1]
    return (*parts[:-1], (words.bare(last), hit))


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN].rstrip() + "…"
