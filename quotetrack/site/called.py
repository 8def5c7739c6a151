"""The speakers whom a reader means."""

from __future__ import annotations

from typing import Any, NamedTuple

from quotetrack.site.filters import search_expression

# A name that fits more speakers than this is no choice of speaker: the most quoted of them are taken.
MAX_SPEAKERS = 25

# So many speakers who bear the words of a search as their names are offered beside what it finds: one line.
MAX_OFFERED = 5

# {shown} of the speakers who have appeared under a name that a full-text expression finds, most quoted first.
_CALLED = """
    select {shown} from speakers where id in (
        select aliases.speaker from aliases_fts join aliases on aliases.id = aliases_fts.rowid
        where aliases_fts match ?
    ) and merged_into is null order by quotations desc limit ?
"""


class Called(NamedTuple):
    """A speaker whose name is what a reader looks for, with how many quotations."""

    id: int
    name: str
    quotations: int


async def speakers_called(db: Any, wanted: str) -> list[int]:
    """The speakers whom a reader means: an id, or words of a name under which they have appeared."""
    if wanted.isdecimal() and len(wanted) < 18:
        found = await db.execute("select coalesce(merged_into, id) from speakers where id = ?", [int(wanted)])
        return [row[0] for row in found.rows]
    expression = search_expression(wanted)
    if not expression:
        return []
    found = await db.execute(_CALLED.format(shown="id"), [expression, MAX_SPEAKERS])
    return [row[0] for row in found.rows]


async def speakers_named(db: Any, words: str) -> list[Called]:
    """The speakers whose names have the words of a search; quotations seldom name who says them."""
    expression = search_expression(words)
    if not expression:
        return []
    found = await db.execute(_CALLED.format(shown="id, name, quotations"), [expression, MAX_OFFERED])
    return [Called(*row) for row in found.rows]
