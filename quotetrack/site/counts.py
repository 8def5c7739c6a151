"""How many quotations a list has, and how they divide by speaker, outlet and year."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quotetrack.site.filters import Filters

# So many speakers, outlets or years a facet lists at most.
_MAX_FACET = 12


@dataclass(frozen=True, slots=True)
class Facets:
    """How the hits of a search divide: (value, label, count), most first."""

    speakers: tuple[tuple[str, str, int], ...] = ()
    outlets: tuple[tuple[str, str, int], ...] = ()
    years: tuple[tuple[str, str, int], ...] = ()


NO_FACETS = Facets()


async def count(db: Any, filters: Filters, speakers: list[int] | None) -> int:
    """How many there are, from the counts by month; several speakers' common ones count for each."""
    where, parameters = _months_where(filters)
    if speakers is not None:
        marks = ",".join("?" * len(speakers))
        sql = f"select sum(quotations) from speaker_months where speaker in ({marks}) and {where}"  # noqa: S608
        parameters = [*speakers, *parameters]
    else:
        sql = f"select sum(quotations) from months where {where}"  # noqa: S608
    return (await db.execute(sql, parameters)).single_value() or 0


async def facets_by_month(db: Any, filters: Filters, speakers: list[int] | None) -> Facets:
    """How the quotations divide where no words are looked for, from the counts by month.

    Speakers are counted only where some are asked for. No facets where a month is not wholly in or out.
    """
    if filters.words or not filters.whole_months:
        return NO_FACETS
    where, parameters = _months_where(filters)
    table = "months"
    if speakers is not None:
        table = "speaker_months"
        where += " and speaker in (select value from json_each(?))"
        parameters = [*parameters, json.dumps(speakers)]

    async def counted(column: str, order: str) -> tuple[tuple[str, str, int], ...]:
        found = await db.execute(
            f"select {column}, sum(quotations) from {table} "  # noqa: S608
            f"where {where} and {column} != '' group by 1 order by {order} limit {_MAX_FACET}",
            parameters,
        )
        return tuple((str(value), str(value), number) for value, number in found.rows)

    names: dict[str, str] = {}
    by_speaker: tuple[tuple[str, str, int], ...] = ()
    if speakers is not None:
        by_speaker = await counted("speaker", "2 desc, 1")
        found = await db.execute(
            "select id, name from speakers where id in (select value from json_each(?))",
            [json.dumps([int(speaker) for speaker, _, _ in by_speaker])],
        )
        names = {str(row[0]): row[1] for row in found.rows}
    return Facets(
        tuple((speaker, names[speaker], number) for speaker, _, number in by_speaker),
        await counted("outlet", "2 desc, 1"),
        await counted("substr(month, 1, 4)", "1 desc"),
    )


def _months_where(filters: Filters) -> tuple[str, list[Any]]:
    since, until = filters.dates()
    where, parameters = "1 = 1", []
    if since or until != "~":
        # A month is wholly inside or outside, since no bound is finer than a month.
        where, parameters = "month >= ? and month <= ?", [since[:7], until]
    if filters.outlet:
        where, parameters = where + " and outlet = ?", [*parameters, filters.outlet]
    return where, parameters


async def facets_of(db: Any, quotations: Sequence[int]) -> Facets:
    """How the quotations with these row numbers divide."""
    if not quotations:
        return NO_FACETS
    rowids = json.dumps(quotations)
    said = await db.execute(
        """
        select speakers.id, speakers.name, count(*) from json_each(?)
        cross join quotations on quotations.rowid = json_each.value
        cross join attributions on attributions.quotation = quotations.id and +attributions.status = 'active'
        cross join speakers on speakers.id = attributions.speaker
        group by speakers.id order by 3 desc, 2 limit ?
        """,
        [rowids, _MAX_FACET],
    )
    printed = await db.execute(
        """
        select articles.outlet, substr(articles.published, 1, 4), count(*) from json_each(?)
        cross join quotations on quotations.rowid = json_each.value
        cross join articles on articles.id = quotations.article
        group by 1, 2
        """,
        [rowids],
    )
    outlets, years = Counter[str](), Counter[str]()
    for outlet, year, number in printed.rows:
        if outlet:
            outlets[outlet] += number
        if year:
            years[year] += number
    return Facets(
        tuple((str(row[0]), row[1], row[2]) for row in said.rows),
        tuple((outlet, outlet, number) for outlet, number in outlets.most_common(_MAX_FACET)),
        tuple((year, year, number) for year, number in sorted(years.items(), reverse=True)),
    )
