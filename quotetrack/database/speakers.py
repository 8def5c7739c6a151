"""Speakers as the linking of names sees them: who is known already, and adding who is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from quotetrack.database.effects import Effects, plain
from quotetrack.database.keys import add_keys, keys_of
from quotetrack.records import Speaker


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker in the database, with everything that people's decisions have joined to it."""

    id: int
    name: str
    aliases: tuple[str, ...]
    type: str
    titles: tuple[str, ...]


class SpeakerIndex:
    """The speakers of a database under the decisions in force."""

    def __init__(self, db: Database, effects: Effects) -> None:
        self._db = db
        self._effects = effects

    def candidates(self, keys: Iterable[str]) -> Iterator[KnownSpeaker]:
        """The speakers that share at least one of `keys`, in the order of their ids."""
        keys = sorted(keys)
        marks = ",".join("?" * len(keys))
        linked = f"select speaker from speaker_keys where key in ({marks})"  # noqa: S608
        rows = self._db.conn.execute(
            f"select distinct speaker from aliases where linked in ({linked}) union {linked}",  # noqa: S608
            (*keys, *keys),
        ).fetchall()
        for speaker in sorted({self._effects.speaker(row[0]) for row in rows}):
            yield self.known(speaker)

    def known(self, speaker: int) -> KnownSpeaker:
        execute = self._db.conn.execute
        name, speaker_type = execute("select name, type from speakers where id = ?", (speaker,)).fetchone()
        aliases = execute("select distinct name from aliases where speaker = ? order by name", (speaker,))
        titles = execute("select distinct title from titles where speaker = ? order by title", (speaker,))
        return KnownSpeaker(
            id=speaker,
            name=name,
            aliases=tuple(alias for (alias,) in aliases),
            type=speaker_type,
            titles=tuple(title for (title,) in titles),
        )

    def linked_for(self, speaker: int, name: str) -> int:
        """The row to link a mention of `speaker` under `name` to.

        Where people have joined several rows into one speaker it is the row that bears this name, so that
        undoing the decision later takes the mention back to where it belongs.
        """
        row = self._db.conn.execute(
            "select linked from aliases where speaker = ? and name = ? order by linked limit 1",
            (speaker, name),
        ).fetchone()
        return row[0] if row else speaker

    def never_merge(self, a: int, b: int) -> bool:
        return self._effects.never_merge(a, b)


def link(speaker: Speaker, index: SpeakerIndex) -> int | None:
    """The id of the known speaker with the same name and type, or None where `speaker` is a new one."""
    wanted = plain(speaker.name)
    for known in index.candidates(keys_of(speaker.name, speaker.type)):
        if known.type == speaker.type and wanted in {plain(name) for name in (known.name, *known.aliases)}:
            return known.id
    return None


def add_speaker(db: Database, speaker: Speaker) -> int:
    """A new speaker's row and keys; returns its id."""
    cursor = db.conn.execute(
        "insert into speakers (name, found_name, type) values (?, ?, ?)",
        (speaker.name, speaker.name, speaker.type),
    )
    assert cursor.lastrowid is not None
    add_keys(db, cursor.lastrowid, [speaker.name, *speaker.aliases], speaker.type)
    return cursor.lastrowid
