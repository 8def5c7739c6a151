"""Lists of quotations: found by words, speaker, outlet and date, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quotetrack.site import inorder, wordsearch
from quotetrack.site.counts import NO_FACETS, Facets, count, facets_of
from quotetrack.site.filters import Cursor, Filters, search_expression
from quotetrack.site.inorder import Row
from quotetrack.site.quoted import Quoted, quoted

PAGE = 25

# Up to so many quotations are read to count them; a search for words sorts as many (benchmarks/site).
MAX_COUNTED = 3_000


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. `total` is None where nobody has counted; `next` is None on the last page."""

    quotations: tuple[Quoted, ...]
    next: Cursor | None = None
    total: int | None = None
    more_than_total: bool = False
    facets: Facets = NO_FACETS


async def find(
    db: Any,
    filters: Filters,
    speakers: Iterable[int] | None = None,
    *,
    page: int = PAGE,
    counted: bool = True,
) -> Listing:
    """The quotations that `filters` ask for, of `speakers` (ids) only unless they are None.

    Not `counted`, it leaves out the total and the facets, which a download has no use for.
    """
    speakers = None if speakers is None else list(speakers)
    expression = search_expression(filters.words)
    if speakers == [] or (filters.words and not expression):
        return Listing((), total=0)
    if expression:
        hits = await wordsearch.search(db, filters, expression, speakers, wanted=page + 1, counted=counted)
        return Listing(
            await _shown(db, hits.rows[:page], expression),
            _next(hits.rows, page),
            hits.total,
            hits.more_than_total,
            await facets_of(db, hits.counted),
        )
    rows = await _in_order(db, filters, speakers, page + 1)
    total, facets = await _counted(db, filters, speakers) if counted else (None, NO_FACETS)
    return Listing(await _shown(db, rows[:page]), _next(rows, page), total, facets=facets)


async def _in_order(db: Any, filters: Filters, speakers: list[int] | None, wanted: int) -> list[Row]:
    if speakers is not None:
        return await inorder.of_speakers(db, filters, speakers, wanted)
    if filters.outlet:
        return await inorder.of_outlet(db, filters, wanted)
    return await inorder.of_all(db, filters, wanted)


async def _counted(db: Any, filters: Filters, speakers: list[int] | None) -> tuple[int | None, Facets]:
    """How many there are, and how they divide where they had to be read for that."""
    several = speakers is not None and len(speakers) > 1
    by_month = await count(db, filters, speakers)
    # Counts by month know no days, and what two said together they count for each.
    if filters.whole_months and not several:
        return by_month, NO_FACETS
    if several and by_month > MAX_COUNTED:
        return None, NO_FACETS
    rows = await _in_order(db, filters.from_(None), speakers, MAX_COUNTED + 1)
    if len(rows) > MAX_COUNTED:
        return None, NO_FACETS
    return len(rows), await facets_of(db, [row.rowid for row in rows])


async def _shown(db: Any, rows: list[Row], expression: str = "") -> tuple[Quoted, ...]:
    return await quoted(db, [row.rowid for row in rows], expression)


def _next(rows: list[Row], page: int) -> Cursor | None:
    return rows[page - 1].cursor if len(rows) > page else None
