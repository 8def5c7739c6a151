"""Which rows of speakers the program takes for one, a row a name: kept beside what people decided.

`links.same_as` points from a name to a fuller one of the same speaker; the end of the chain stands for the
speaker until people's decisions lead elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from sqlite_utils import Database

from quotetrack.speakers.linking import Link


def root_of(db: Database) -> Callable[[int], int]:
    """A function from a row of speakers to the one that the program places it under."""

    def root(speaker: int) -> int:
        while row := db.conn.execute("select same_as from links where speaker = ?", (speaker,)).fetchone():
            speaker = row[0]
        return speaker

    return root


def same_as(db: Database, speaker: int) -> int | None:
    row = db.conn.execute("select same_as from links where speaker = ?", (speaker,)).fetchone()
    return row[0] if row else None


def names_under(db: Database, speaker: int) -> list[int]:
    """The names that are placed right under `speaker`."""
    return [row[0] for row in db.conn.execute("select speaker from links where same_as = ?", (speaker,))]


def names_near(db: Database, speakers: Iterable[int]) -> set[int]:
    """The names that are placed right under one of `speakers`, or suggested to be the same."""
    ids = json.dumps(list(speakers))
    rows = db.conn.execute(
        "select speaker from links where same_as in (select value from json_each(?1)) "
        "union select speaker_a from suggestions where speaker_b in (select value from json_each(?1))",
        (ids,),
    )
    return {row[0] for row in rows}


def suggested_with(db: Database, speakers: Iterable[int]) -> set[int]:
    """Those of `speakers` for whom somebody is suggested, and those for whom one of `speakers` is."""
    found: set[int] = set()
    for speaker in speakers:
        rows = db.conn.execute(
            "select speaker_a from suggestions where speaker_a = ? or speaker_b = ?", (speaker, speaker)
        )
        found.update(row[0] for row in rows)
    return found


def with_linked(db: Database, speakers: Iterable[int]) -> set[int]:
    """`speakers` and all names that the program places under them."""
    found: set[int] = set()
    waiting = list(speakers)
    while waiting:
        speaker = waiting.pop()
        if speaker not in found:
            found.add(speaker)
            waiting.extend(names_under(db, speaker))
    return found


def write_link(db: Database, speaker: int, link: Link) -> bool:
    """Store where `speaker` is placed and what is suggested; returns whether its place is another now."""
    before = same_as(db, speaker)
    if link.same_as is None:
        db.conn.execute("delete from links where speaker = ?", (speaker,))
    else:
        db.conn.execute(
            "insert or replace into links (speaker, same_as, score, reasons) values (?, ?, ?, ?)",
            (speaker, link.same_as, link.score, json.dumps(link.reasons, ensure_ascii=False)),
        )
    db.conn.execute("delete from suggestions where speaker_a = ?", (speaker,))
    db.conn.executemany(
        "insert into suggestions (speaker_a, speaker_b, score, reasons) values (?, ?, ?, ?)",
        [
            (speaker, one.speaker, one.score, json.dumps(one.reasons, ensure_ascii=False))
            for one in link.suggestions
        ],
    )
    return before != link.same_as
