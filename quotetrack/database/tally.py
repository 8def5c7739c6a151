"""The counts that are kept beside speakers, aliases and titles, so that no page has to count a million rows.

They follow from other rows. A batch adjusts them by the difference that it makes in its own articles, which
costs the same whatever the size of the database; a decision counts its few speakers anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from quotetrack.database.canonical import name_speakers
from quotetrack.database.effects import Effects

_SPEAKERS_OF_ARTICLE = """
    select attributions.speaker, count(distinct quotations.id)
    from quotations join attributions on attributions.quotation = quotations.id
    where quotations.article = ? and attributions.status = 'active'
    group by attributions.speaker
"""
_NAMES_OF_ARTICLE = """
    select distinct sightings.linked, sightings.kind = 'title', sightings.name
    from sightings join articles on articles.id = sightings.article
    where sightings.article = ? and articles.current = 1
"""
_COUNT_SPEAKER = """
    select count(distinct quotations.id), count(distinct quotations.article)
    from attributions join quotations on quotations.id = attributions.quotation
    where attributions.speaker = ? and attributions.status = 'active'
"""


@contextmanager
def tallied(db: Database, effects: Effects, articles: Iterable[str]) -> Iterator[None]:
    """Adjust the counts by what the block changes in `articles` (ids)."""
    articles = list(articles)
    before = _count(db, articles)
    yield
    after = _count(db, articles)
    for (speaker, what), difference in _differences(before[0], after[0]):
        db.conn.execute(f"update speakers set {what} = {what} + ? where id = ?", (difference, speaker))  # noqa: S608
    renamed: set[int] = set()
    for (linked, is_title, name), difference in _differences(before[1], after[1]):
        if is_title:
            _add_title(db, linked, effects.speaker(linked), name, difference)
        else:
            _add_alias(db, linked, effects.speaker(linked, name), name, difference)
            renamed |= {linked, effects.speaker(linked)}
    name_speakers(db, effects, sorted(renamed))


def recount(db: Database, speakers: Iterable[int]) -> None:
    """Count the quotations and articles of `speakers` anew."""
    for speaker in speakers:
        quotations, articles = db.conn.execute(_COUNT_SPEAKER, (speaker,)).fetchone()
        db.conn.execute(
            "update speakers set quotations = ?, articles = ? where id = ?", (quotations, articles, speaker)
        )


_Counts = tuple[Counter[tuple[int, str]], Counter[tuple[int, int, str]]]


def _count(db: Database, articles: list[str]) -> _Counts:
    speakers: Counter[tuple[int, str]] = Counter()
    names: Counter[tuple[int, int, str]] = Counter()
    for article in articles:
        for speaker, quotations in db.conn.execute(_SPEAKERS_OF_ARTICLE, (article,)):
            speakers[speaker, "quotations"] += quotations
            speakers[speaker, "articles"] += 1
        names.update(tuple(row) for row in db.conn.execute(_NAMES_OF_ARTICLE, (article,)))
    return speakers, names


def _differences(before: Counter[Any], after: Counter[Any]) -> Iterator[tuple[Any, int]]:
    for key in sorted(before.keys() | after.keys()):
        if difference := after[key] - before[key]:
            yield key, difference


def _add_title(db: Database, linked: int, speaker: int, title: str, difference: int) -> None:
    db.conn.execute(
        """
        insert into titles (speaker, linked, title, articles) values (?, ?, ?, ?)
        on conflict (linked, title) do update set articles = articles + excluded.articles
        """,
        (speaker, linked, title, difference),
    )
    db.conn.execute("delete from titles where linked = ? and title = ? and articles = 0", (linked, title))


def _add_alias(db: Database, linked: int, speaker: int, name: str, difference: int) -> None:
    db.conn.execute(
        """
        insert into aliases (speaker, linked, name, source, articles) values (?, ?, ?, 'article', ?)
        on conflict (linked, name, source) do update set articles = articles + excluded.articles
        """,
        (speaker, linked, name, difference),
    )
    db.conn.execute(
        "delete from aliases where linked = ? and name = ? and source = 'article' and articles = 0",
        (linked, name),
    )
