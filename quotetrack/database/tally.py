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
from quotetrack.database.rows import insert_rows

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
    names = list(_differences(before[1], after[1]))
    _add_titles(db, effects, [name for name in names if name[0][1]])
    _add_aliases(db, effects, [name for name in names if not name[0][1]])


def recount(db: Database, speakers: Iterable[int]) -> None:
    """Count the quotations and articles of `speakers` anew."""
    for speaker in speakers:
        quotations, articles = db.conn.execute(_COUNT_SPEAKER, (speaker,)).fetchone()
        db.conn.execute(
            "update speakers set quotations = ?, articles = ? where id = ?", (quotations, articles, speaker)
        )


# Who bears it, whether it is a title, and the name; in how many articles more or fewer.
_Named = tuple[tuple[int, int, str], int]
_ADD = "do update set articles = articles + excluded.articles"
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


def _add_titles(db: Database, effects: Effects, names: list[_Named]) -> None:
    rows: list[dict[str, Any]] = [
        {"speaker": effects.speaker(linked), "linked": linked, "title": title, "articles": difference}
        for (linked, _, title), difference in names
    ]
    insert_rows(db, "titles", rows, f"on conflict (linked, title) {_ADD}")
    db.conn.executemany(
        "delete from titles where linked = ? and title = ? and articles = 0",
        [(row["linked"], row["title"]) for row in rows if row["articles"] < 0],
    )


def _add_aliases(db: Database, effects: Effects, names: list[_Named]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "speaker": effects.speaker(linked, name),
            "linked": linked,
            "name": name,
            "source": "article",
            "articles": difference,
        }
        for (linked, _, name), difference in names
    ]
    insert_rows(db, "aliases", rows, f"on conflict (linked, name, source) {_ADD}")
    db.conn.executemany(
        "delete from aliases where linked = ? and name = ? and source = 'article' and articles = 0",
        [(row["linked"], row["name"]) for row in rows if row["articles"] < 0],
    )
    linked = {row["linked"] for row in rows}
    name_speakers(db, effects, sorted(linked | {effects.speaker(one) for one in linked}))
