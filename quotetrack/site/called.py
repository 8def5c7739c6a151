"""The speakers whom a reader means."""

from __future__ import annotations

from typing import Any

from quotetrack.site.filters import search_expression

# A name that fits more speakers than this is no choice of speaker: the most quoted of them are taken.
MAX_SPEAKERS = 25


async def speakers_called(db: Any, wanted: str) -> list[int]:
    """The speakers whom a reader means: an id, or words of a name under which they have appeared."""
    if wanted.isdecimal() and len(wanted) < 18:
        found = await db.execute("select coalesce(merged_into, id) from speakers where id = ?", [int(wanted)])
        return [row[0] for row in found.rows]
    expression = search_expression(wanted)
    if not expression:
        return []
    found = await db.execute(
        """
        select speakers.id from speakers where id in (
            select aliases.speaker from aliases_fts join aliases on aliases.id = aliases_fts.rowid
            where aliases_fts match ?
        ) and merged_into is null order by quotations desc limit ?
        """,
        [expression, MAX_SPEAKERS],
    )
    return [row[0] for row in found.rows]
