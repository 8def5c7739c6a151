"""Speakers as the linking of names sees them: who is known already, adding who is not, placing who is new."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from quotetrack.database.derive import derive_links
from quotetrack.database.effects import Effects
from quotetrack.database.keys import add_keys
from quotetrack.database.links import names_near, same_as, suggested_with, with_linked, write_link
from quotetrack.records import Speaker
from quotetrack.speakers.identity import identity_keys
from quotetrack.speakers.linking import Company, KnownSpeaker, Link, judge, keys, place, rank

# A key that more names than this share tells too little to be worth looking at them; the rarer keys of a name
# find those that matter. What one name costs is bounded by the second figure, however large the database.
COMMON_KEY = 150
MAX_CANDIDATES = 400
# So many articles are enough to know somebody's company by.
COMPANY_ARTICLES = 100


class SpeakerIndex:
    """The speakers of a database under the decisions in force."""

    def __init__(self, db: Database, effects: Effects) -> None:
        self._db = db
        self._effects = effects

    def candidates(self, keys: Iterable[str]) -> list[KnownSpeaker]:
        """The speakers that share one of `keys`, rare keys first; common keys are passed over."""
        listed: list[list[int]] = []
        for key in sorted(keys):
            rows = self._db.conn.execute(
                "select speaker from speaker_keys where key = ? limit ?", (key, COMMON_KEY + 1)
            ).fetchall()
            if len(rows) <= COMMON_KEY:
                listed.append([row[0] for row in rows])
        found: set[int] = set()
        for speakers in sorted(listed, key=len):
            if len(found) + len(speakers) <= MAX_CANDIDATES:
                found.update(speakers)
        return self.known(found)

    def known(self, speakers: Iterable[int]) -> list[KnownSpeaker]:
        """What is known of these speakers, in the order of their ids."""
        ids = sorted(speakers)
        marks = ",".join("?" * len(ids))
        names = self._db.conn.execute(
            f"select id, found_name, type from speakers where id in ({marks}) order by id",  # noqa: S608
            ids,
        ).fetchall()
        aliases: dict[int, list[tuple[str, str]]] = {}
        for linked, name, source in self._db.conn.execute(
            f"select linked, name, source from aliases where linked in ({marks}) order by name",  # noqa: S608
            ids,
        ):
            aliases.setdefault(linked, []).append((name, source))
        titles: dict[int, list[str]] = {}
        for linked, title in self._db.conn.execute(
            f"select linked, title from titles where linked in ({marks}) order by title",  # noqa: S608
            ids,
        ):
            titles.setdefault(linked, []).append(title)
        return [
            KnownSpeaker(
                id=speaker,
                name=name,
                type=speaker_type,
                aliases=tuple(alias for alias, source in aliases.get(speaker, ()) if source == "article"),
                also=tuple(alias for alias, source in aliases.get(speaker, ()) if source != "article"),
                titles=tuple(titles.get(speaker, ())),
                pinned=self._effects.concerns(speaker),
                listed=any(source == "authority" for _, source in aliases.get(speaker, ())),
            )
            for speaker, name, speaker_type in names
        ]

    def never_merge(self, a: int, b: int) -> bool:
        return self._effects.never_merge(a, b)

    def company(self, speaker: int) -> Company:
        articles = "select article from sightings where linked = ? group by article limit ?"
        rows = self._db.conn.execute(
            f"select distinct outlet from articles where id in ({articles})",  # noqa: S608
            (speaker, COMPANY_ARTICLES),
        )
        outlets = frozenset(outlet for (outlet,) in rows if outlet)
        rows = self._db.conn.execute(
            "select distinct sightings.name from sightings join speakers on speakers.id = sightings.linked "  # noqa: S608
            f"where article in ({articles}) and kind = 'name' and linked != ? "
            "and speakers.type != 'unnamed'",
            (speaker, COMPANY_ARTICLES, speaker),
        )
        return Company(outlets, frozenset(name for (name,) in rows))


def find_or_add(db: Database, speaker: Speaker, outlet: str | None) -> tuple[int, bool]:
    """The row of the speaker with this very name, and whether it is new; `outlet` is where it was met."""
    identity = sorted(identity_keys(speaker, outlet))
    marks = ",".join("?" * len(identity))
    row = db.conn.execute(
        f"select min(speaker) from speaker_keys where key in ({marks})",  # noqa: S608
        identity,
    ).fetchone()
    if row[0] is not None:
        add_keys(db, row[0], identity)
        return row[0], False
    return add_speaker(db, speaker, identity), True


def add_speaker(db: Database, speaker: Speaker, identity: Iterable[str] = ()) -> int:
    """A new speaker's row and keys; returns its id."""
    cursor = db.conn.execute(
        "insert into speakers (name, found_name, type) values (?, ?, ?)",
        (speaker.name, speaker.name, speaker.type),
    )
    assert cursor.lastrowid is not None
    add_keys(db, cursor.lastrowid, [*identity, *keys(_unplaced(cursor.lastrowid, speaker))])
    return cursor.lastrowid


def _unplaced(row: int, speaker: Speaker) -> KnownSpeaker:
    return KnownSpeaker(row, speaker.name, speaker.type, speaker.aliases)


def settle(db: Database, effects: Effects, speakers: Iterable[int]) -> None:
    """Place `speakers` (new rows, or rows that more is known of now), and anew those that they concern.

    The outcome depends on which names and titles are in the database, not on the order in which they came.
    """
    index = SpeakerIndex(db, effects)
    waiting = {speaker.id: speaker for speaker in index.known(speakers) if speaker.type != "unnamed"}
    for speaker in list(waiting.values()):
        # A decision may have changed which of two names is placed under the other.
        for other in index.known(names_near(db, speaker.id)):
            waiting[other.id] = other
        for other in index.candidates(keys(speaker)):
            if rank(other) < rank(speaker) and _concerns(db, index, speaker, other):
                waiting[other.id] = other
    # From the fullest down, so that no name is ever under another that is under it.
    for speaker in sorted(waiting.values(), key=rank, reverse=True):
        _put(db, effects, speaker.id, place(speaker, index))


def weigh_again(db: Database, effects: Effects, speakers: Iterable[int]) -> None:
    """Bring the suggestions about `speakers` up to date, who were met in more company than before."""
    index = SpeakerIndex(db, effects)
    for speaker in index.known(suggested_with(db, speakers)):
        write_link(db, speaker.id, place(speaker, index))


def _concerns(db: Database, index: SpeakerIndex, speaker: KnownSpeaker, other: KnownSpeaker) -> bool:
    """Whether `speaker` may change where `other`, a lesser name, belongs."""
    if judge(other, speaker, index).same is not False:
        return True
    host = same_as(db, other.id)
    return host is not None and judge(index.known([host])[0], speaker, index).same is not False


def _put(db: Database, effects: Effects, speaker: int, link: Link) -> None:
    before = effects.speaker(speaker)
    if write_link(db, speaker, link):
        derive_links(db, effects, with_linked(db, [speaker]), {before, effects.speaker(speaker)})
