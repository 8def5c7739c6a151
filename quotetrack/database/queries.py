"""Questions that the terminal and the exports ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Filters:
    """Which quotations: by part of a speaker's name, outlet, dates (ISO, inclusive) and words in them."""

    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None


_SPEAKERS_CALLED = """
    select aliases.speaker from aliases
    where aliases.rowid in (select rowid from aliases_fts where aliases_fts match :speaker)
    union select id from speakers where name = :speaker_name
"""
_QUOTATIONS_WITH = """
    select quotations.id from quotations
    where quotations.rowid in (select rowid from quotations_fts where quotations_fts match :words)
"""


def quotes(
    db: Database, filters: Filters, *, newest_first: bool = False, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Rows of the view `quotes`, by date and place in the article."""
    condition, parameters = _condition(db, filters)
    order = "published desc" if newest_first else "published"
    sql = f"""
        select * from quotes where {condition}
        order by {order}, article_id, start, speaker limit :limit
    """  # noqa: S608
    return db.query(sql, {**parameters, "limit": -1 if limit is None else limit})


def count_quotes(db: Database, filters: Filters) -> int:
    """How many rows `quotes` has."""
    condition, parameters = _condition(db, filters)
    (number,) = db.execute(f"select count(*) from quotes where {condition}", parameters).fetchone()  # noqa: S608
    assert isinstance(number, int)
    return number


def _condition(db: Database, filters: Filters) -> tuple[str, dict[str, Any]]:
    """What chooses the rows of the view `quotes`, in SQL, and its parameters."""
    conditions = ["1"]
    parameters: dict[str, Any] = {}
    if filters.speaker:
        conditions.append(f"speaker_id in ({_SPEAKERS_CALLED})")
        parameters |= {"speaker": db.quote_fts(filters.speaker), "speaker_name": filters.speaker}
    if filters.outlet:
        conditions.append("outlet = :outlet collate nocase")
        parameters["outlet"] = filters.outlet
    if filters.since:
        conditions.append("published >= :since")
        parameters["since"] = filters.since
    if filters.until:
        # The whole of that day: dates may go on with a time.
        conditions.append("substr(published, 1, length(:until)) <= :until")
        parameters["until"] = filters.until
    if filters.words:
        conditions.append(f"quotation_id in ({_QUOTATIONS_WITH})")
        parameters["words"] = db.quote_fts(filters.words)
    return " and ".join(conditions), parameters


def speakers(db: Database, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The speakers with their other names, the most quoted first."""
    return db.query(
        """
        select id, name, type, quotations, articles,
            (
                select group_concat(other, ', ') from (
                    select distinct aliases.name as other from aliases
                    where aliases.speaker = speakers.id and aliases.name != speakers.name
                    order by aliases.articles desc, other
                )
            ) as also
        from speakers where quotations > 0 order by quotations desc, name limit :limit
        """,
        {"limit": -1 if limit is None else limit},
    )


def quotations_of(db: Database, speaker: int, *, limit: int) -> Iterator[dict[str, Any]]:
    """The newest quotations of a speaker (id)."""
    return db.query(
        """
        select quotations.id as quotation_id, quotations.text as quotation,
            articles.outlet, attributions.published
        from attributions
        join quotations on quotations.id = attributions.quotation
        join articles on articles.id = quotations.article
        where attributions.speaker = :speaker and attributions.status = 'active'
        order by attributions.published desc, quotations.article, quotations.start limit :limit
        """,
        {"speaker": speaker, "limit": limit},
    )


def has_article(db: Database, key: str) -> bool:
    """Whether there is an article that its source calls `key`."""
    return db.conn.execute("select 1 from articles where key = ?", (key,)).fetchone() is not None


def has_input(db: Database, source: str) -> bool:
    """Whether there is an account of what came of `source`."""
    return db.conn.execute("select 1 from inputs where source = ?", (source,)).fetchone() is not None
