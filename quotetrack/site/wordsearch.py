"""Searches for words: the hits of rare ones are sorted, frequent ones are looked for among few or in turn."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from quotetrack.site.counts import count
from quotetrack.site.filters import Cursor, Filters
from quotetrack.site.inorder import BEGINNING, Row

# Above this many hits a search is no longer sorted and counted as a whole: that would take too long. This
# figure and the next two come from benchmarks/site, whose limit is 150 ms a page with a million quotations.
MAX_SORTED = 3_000

# So many of the latest hits are counted then, by speaker, outlet and year.
SAMPLE = 500

# Up to so many quotations of a speaker, an outlet or a time are looked through for frequent words.
MAX_CANDIDATES = 4_000


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits from the cursor on, at least as many as are wanted if there are so many.

    `total` is None where nobody has counted. `counted` are the row numbers of the hits to divide by facets.
    """

    rows: list[Row]
    total: int | None = None
    more_than_total: bool = False
    counted: tuple[int, ...] = ()


async def search(
    db: Any, filters: Filters, expression: str, speakers: list[int] | None, *, wanted: int, counted: bool
) -> Hits:
    """The quotations that the full-text `expression` finds, of `speakers` (ids) only unless they are None.

    Not `counted`, nothing is read that only the facets need.
    """
    found = await db.execute(
        "select count(*) from (select 1 from quotations_fts where quotations_fts match ? limit ?)",
        [expression, MAX_SORTED + 1],
    )
    if found.single_value() <= MAX_SORTED:
        hits = await _sorted_hits(db, filters, expression, speakers)
    elif _narrowed(filters, speakers) and await count(db, filters, speakers) <= MAX_CANDIDATES:
        filters = replace(filters, best_first=False)
        hits = await _hits_among(db, filters, expression, speakers)
    else:
        return await _found_in_stream(db, filters, expression, speakers, wanted, counted)
    rows = hits
    if filters.after and filters.best_first:
        rows = hits[filters.after.rowid :]
    elif filters.after:
        rows = [row for row in hits if _is_after(row.cursor, filters.after)]
    return Hits(rows, len(hits), counted=_rowids(hits) if counted else ())


def _rowids(rows: list[Row]) -> tuple[int, ...]:
    return tuple(row.rowid for row in rows)


def _is_after(cursor: Cursor, last: Cursor) -> bool:
    return cursor.published < last.published or (
        cursor.published == last.published and cursor.rowid > last.rowid
    )


def _narrowed(filters: Filters, speakers: list[int] | None) -> bool:
    return speakers is not None or bool(filters.outlet) or filters.dates() != ("", "~")


async def _sorted_hits(db: Any, filters: Filters, expression: str, speakers: list[int] | None) -> list[Row]:
    """All hits of rare words, in the order that is wanted."""
    conditions, parameters = _conditions(filters, speakers)
    found = await db.execute(
        f"""
        with hits as materialized (
            select rowid, rank from quotations_fts where quotations_fts match :expression
        )
        select quotations.rowid, coalesce(quotations.published, '') as published
        from hits cross join quotations on quotations.rowid = hits.rowid
        where {conditions}
        order by {"hits.rank, quotations.rowid" if filters.best_first else "2 desc, 1"}
        """,  # noqa: S608
        {**parameters, "expression": expression},
    )
    return [
        # In the order of fitness a cursor is a place in the list: there is no index to read on in.
        Row(row[0], Cursor("", place) if filters.best_first else Cursor(row[1], row[0]))
        for place, row in enumerate(found.rows, start=1)
    ]


async def _hits_among(db: Any, filters: Filters, expression: str, speakers: list[int] | None) -> list[Row]:
    """The hits of frequent words among few quotations, newest first.

    The hits are passed over in turn and few are kept: the plus keeps SQLite from looking each of the few up
    in the index of words, or from sorting all hits, both of which take longer.
    """
    conditions, parameters = _conditions(filters, speakers)
    if speakers is not None:
        candidates = """json_each(:speakers) cross join attributions
            on attributions.speaker = json_each.value and attributions.status = 'active'
            cross join quotations on quotations.id = attributions.quotation"""
    elif filters.outlet:
        candidates = """articles cross join quotations
            on quotations.article = articles.id and articles.outlet = :outlet"""
        if "since" in parameters:
            candidates += " and articles.published >= :since and articles.published <= :until"
    else:
        candidates = "quotations indexed by idx_quotations_status_published"
        conditions = conditions.replace("+", "")
    found = await db.execute(
        f"""
        select quotations.rowid, coalesce(quotations.published, '')
        from quotations_fts cross join quotations on quotations.rowid = quotations_fts.rowid
        where quotations_fts match :expression
            and +quotations_fts.rowid in (select quotations.rowid from {candidates} where {conditions})
        order by 2 desc, 1
        """,  # noqa: S608
        {**parameters, "expression": expression},
    )
    return [Row(row[0], Cursor(row[1], row[0])) for row in found.rows]


async def _found_in_stream(
    db: Any, filters: Filters, expression: str, speakers: list[int] | None, wanted: int, counted: bool
) -> Hits:
    """Some of too many hits to sort; what is counted are the latest of them."""
    rows = await _stream_words(db, filters, expression, speakers, wanted)
    # Among the hits of one speaker, outlet or time so many may lie far apart.
    if not counted or _narrowed(filters, speakers):
        return Hits(rows)
    latest = await _stream_words(db, filters.with_(), expression, speakers, SAMPLE)
    return Hits(rows, len(latest), more_than_total=True, counted=_rowids(latest))


async def _stream_words(
    db: Any, filters: Filters, expression: str, speakers: list[int] | None, wanted: int
) -> list[Row]:
    """Hits in the order of the index itself, the latest added first: too many to sort."""
    conditions, parameters = _conditions(filters, speakers)
    found = await db.execute(
        f"""
        select quotations.rowid
        from quotations_fts cross join quotations on quotations.rowid = quotations_fts.rowid
        where quotations_fts match :expression and quotations_fts.rowid < :rowid and {conditions}
        order by quotations_fts.rowid desc limit :wanted
        """,  # noqa: S608
        {
            **parameters,
            "expression": expression,
            "rowid": (filters.after or BEGINNING).rowid,
            "wanted": wanted,
        },
    )
    return [Row(row[0], Cursor("", row[0])) for row in found.rows]


def _conditions(filters: Filters, speakers: list[int] | None) -> tuple[str, dict[str, Any]]:
    conditions = ["+quotations.status = 'active'"]
    parameters: dict[str, Any] = {}
    since, until = filters.dates()
    if since or until != "~":
        conditions.append("quotations.published >= :since and quotations.published <= :until")
        parameters |= {"since": since, "until": until}
    if filters.outlet:
        conditions.append(
            "exists (select 1 from articles where id = quotations.article and outlet = :outlet)"
        )
        parameters["outlet"] = filters.outlet
    if speakers is not None:
        conditions.append(
            "exists (select 1 from attributions where quotation = quotations.id and +status = 'active' "
            "and speaker in (select value from json_each(:speakers)))"
        )
        parameters["speakers"] = json.dumps(speakers)
    return " and ".join(conditions), parameters
