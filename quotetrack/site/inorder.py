"""Lists read in the order of an index: a speaker's quotations, an outlet's or all, newest first.

Each is read from where the page before ended, so a page costs the same at the end of a million quotations as
at their beginning. A plus before a column, as in +status, keeps SQLite from the index of that column, which
it would take without knowing that nearly all rows have the same status.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from quotetrack.site.filters import Cursor, Filters

# Behind every row: where a list begins that nobody has read from yet.
BEGINNING = Cursor("~", 2**62)


@dataclass(frozen=True, slots=True)
class Row:
    """A quotation by the number of its row, and the cursor from which its list goes on behind it."""

    rowid: int
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class _Order:
    """Where a list is read from, in the order of an index: by `date`, and by `keys` within it.

    `bounds` are the keys of the quotation that the cursor names.
    """

    sql: str
    date: str
    keys: tuple[str, ...]
    bounds: tuple[str, ...]


async def of_speakers(db: Any, filters: Filters, speakers: list[int], wanted: int) -> list[Row]:
    order = _Order(
        f"""
        select quotations.rowid, attributions.published, attributions.rowid
        from attributions cross join quotations on quotations.id = attributions.quotation
        {"cross join articles on articles.id = quotations.article" if filters.outlet else ""}
        where attributions.speaker = :speaker and attributions.status = 'active'
        {_IN_OUTLET if filters.outlet else ""}
        """,  # noqa: S608
        date="attributions.published",
        keys=("attributions.rowid",),
        bounds=(":rowid",),
    )
    found: list[Row] = []
    for speaker in speakers:
        # One look-up a speaker: each is in the index's order, all of them together would have to be sorted.
        parameters: dict[str, Any] = {"speaker": speaker}
        if filters.outlet:
            months = await _months_in_outlet(db, filters, speaker, wanted)
            parameters |= {"outlet": filters.outlet, "months": json.dumps(months)}
        found += await _read(db, order, filters, parameters, wanted)
    found.sort(key=lambda row: row.cursor.rowid)
    found.sort(key=lambda row: row.cursor.published, reverse=True)
    # Two of the speakers may have said the same quotation together.
    return list({row.rowid: row for row in reversed(found)}.values())[::-1][:wanted]


# The date is in the index and the outlet is not: only months that are known to have some are looked into.
_IN_OUTLET = """
    and articles.outlet = :outlet
    and coalesce(substr(attributions.published, 1, 7), '') in (select value from json_each(:months))
"""


async def _months_in_outlet(db: Any, filters: Filters, speaker: int, wanted: int) -> list[str]:
    """The latest months, from the cursor on, in which the outlet has `wanted` of the speaker's quotations."""
    newest = (filters.after or BEGINNING).published[:7]
    found = await db.execute(
        """
        select month, quotations from speaker_months
        where speaker = ? and outlet = ? and month >= ? and month <= ? and month <= ? order by month desc
        """,
        [speaker, filters.outlet, filters.dates()[0][:7], filters.dates()[1], newest],
    )
    months, number = [], 0
    for month, quotations in found.rows:
        months.append(month)
        # Of the cursor's own month some are on the page before.
        number += quotations if month != newest else 0
        if number >= wanted:
            break
    return months


async def of_outlet(db: Any, filters: Filters, wanted: int) -> list[Row]:
    order = _Order(
        """
        select quotations.rowid, articles.published, quotations.rowid
        from articles cross join quotations on quotations.article = articles.id
        where articles.outlet = :outlet and +quotations.status = 'active'
        """,
        date="articles.published",
        keys=("articles.rowid", "quotations.rowid"),
        bounds=(
            "(select rowid from articles where id = (select article from quotations where rowid = :rowid))",
            ":rowid",
        ),
    )
    return await _read(db, order, filters, {"outlet": filters.outlet}, wanted)


async def of_all(db: Any, filters: Filters, wanted: int) -> list[Row]:
    order = _Order(
        "select rowid, published, rowid from quotations where status = 'active'",
        date="published",
        keys=("rowid",),
        bounds=(":rowid",),
    )
    return await _read(db, order, filters, {}, wanted)


async def _read(
    db: Any, order: _Order, filters: Filters, parameters: dict[str, Any], wanted: int
) -> list[Row]:
    """Read on from the cursor: newest article first, each in the order of its text, undated ones last.

    The rows of one date are sorted as they are reached, everything else is the index's own order.
    """
    since, until = filters.dates()
    after = filters.after or BEGINNING
    keys, bounds = ", ".join(order.keys), ", ".join(order.bounds)
    rows: list[Row] = []
    if after.published:
        dated = f"""{order.sql} and {order.date} >= :since and {order.date} <= :until
            and {order.date} <= :published
            and ({order.date} < :published or ({keys}) > ({bounds}))
            order by {order.date} desc, {keys} limit :wanted"""
        found = await db.execute(
            dated,
            {
                **parameters,
                "since": since,
                "until": until,
                "published": after.published,
                "rowid": after.rowid,
                "wanted": wanted,
            },
        )
        rows = [Row(row[0], Cursor(row[1], row[2])) for row in found.rows]
    if len(rows) < wanted and not since and until == "~":
        # A first page of these has no row before it to compare with.
        condition = "" if after.published else f"and ({keys}) > ({bounds})"
        undated = f"""{order.sql} and {order.date} is null {condition}
            order by {keys} limit :wanted"""
        found = await db.execute(undated, {**parameters, "rowid": after.rowid, "wanted": wanted - len(rows)})
        rows += [Row(row[0], Cursor("", row[2])) for row in found.rows]
    return rows
