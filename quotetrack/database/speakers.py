"""Speakers as the linking of names sees them: who is known already, adding who is not, placing who is new."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from quotetrack.database.derive import derive_links
from quotetrack.database.effects import Effects
from quotetrack.database.keys import add_keys
from quotetrack.database.links import names_near, suggested_with, with_linked, write_link
from quotetrack.names import is_broad
from quotetrack.records import Speaker
from quotetrack.speakers.identity import identity_keys
from quotetrack.speakers.linking import (
    MAX_SUGGESTIONS,
    Company,
    KnownSpeaker,
    Link,
    judge,
    keys,
    place,
    rank,
)

# A key that more names than this share tells too little to be worth looking at them; the rarer keys of a name
# find those that matter. What one name costs is bounded by the second figure, however large the database.
COMMON_KEY = 150
# Of so many that have the like of both names, or an initial for one, names tell nobody from the others: it is
# twice what is ever suggested to a person.
COMMON_PAIR = 2 * MAX_SUGGESTIONS
MAX_CANDIDATES = 400
# So many articles are enough to know somebody's company by.
COMPANY_ARTICLES = 100


class SpeakerIndex:
    """The speakers of a database under the decisions in force, as long as no speaker or key is added."""

    def __init__(self, db: Database, effects: Effects) -> None:
        self._db = db
        self._effects = effects
        self._found: dict[frozenset[str], list[KnownSpeaker]] = {}
        self._apart: dict[int, set[int]] = {}

    def candidates(self, keys: Iterable[str]) -> list[KnownSpeaker]:
        """The speakers that share one of `keys`, rare keys first; common keys are passed over."""
        wanted = frozenset(keys)
        if wanted not in self._found:
            self._found[wanted] = self._look_up(wanted)
        return self._found[wanted]

    def _look_up(self, keys: frozenset[str]) -> list[KnownSpeaker]:
        listed: list[list[int]] = []
        for key in sorted(keys):
            common = COMMON_KEY if is_broad(key) else COMMON_PAIR
            rows = self._db.conn.execute(
                "select speaker from speaker_keys where key = ? limit ?", (key, common + 1)
            ).fetchall()
            if len(rows) <= common:
                listed.append([row[0] for row in rows])
        found: set[int] = set()
        for speakers in sorted(listed, key=len):
            if len(found) + len(speakers) <= MAX_CANDIDATES:
                found.update(speakers)
        return self.known(found)

    def known(self, speakers: Iterable[int]) -> list[KnownSpeaker]:
        """What is known of these speakers, in the order of their ids, but for those who are gone."""
        ids = sorted(set(speakers) - self._effects.gone)
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
        if a not in self._apart:
            self._apart[a] = self._effects.apart_from(a)
        return bool(self._apart[a]) and self._effects.speaker(b) in self._apart[a]

    def placed_anew(self) -> None:
        """A name has come under another one: who is apart from whom is to be seen again."""
        self._apart.clear()

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
    add_keys(db, cursor.lastrowid, [*identity, *keys(_unplaced(cursor.lastrowid, speaker)).filed])
    return cursor.lastrowid


def _unplaced(row: int, speaker: Speaker) -> KnownSpeaker:
    return KnownSpeaker(row, speaker.name, speaker.type, speaker.aliases)


def settle(db: Database, effects: Effects, speakers: Iterable[int]) -> None:
    """Place `speakers` (new rows, or rows that more is known of now), and anew those that they concern.

    The outcome depends on which names and titles are in the database, not on the order in which they came.
    """
    index = SpeakerIndex(db, effects)
    speakers = set(speakers)
    waiting = {speaker.id: speaker for speaker in index.known(speakers) if speaker.type != "unnamed"}
    for gone in speakers & effects.gone:
        waiting |= {other.id: other for other in index.known(names_near(db, [gone]))}
        write_link(db, gone, Link())
    for speaker in list(waiting.values()):
        waiting |= {other.id: other for other in _concerned(db, index, speaker)}
    # From the fullest down, so that no name is ever under another that is under it.
    for speaker in sorted(waiting.values(), key=rank, reverse=True):
        if _put(db, effects, speaker.id, place(speaker, index)):
            index.placed_anew()


def weigh_again(db: Database, effects: Effects, speakers: Iterable[int]) -> None:
    """Bring the suggestions about `speakers` up to date, who were met in more company than before."""
    index = SpeakerIndex(db, effects)
    for speaker in index.known(suggested_with(db, speakers)):
        write_link(db, speaker.id, place(speaker, index))


def _concerned(db: Database, index: SpeakerIndex, speaker: KnownSpeaker) -> list[KnownSpeaker]:
    """Those for whom it may change where they belong that `speaker` is there, or that more is known of it."""
    mine = rank(speaker)
    above: list[KnownSpeaker] = []
    lesser: list[KnownSpeaker] = []
    for other in index.candidates(keys(speaker).sought):
        # Compared as they will be when they are placed, so that it is done once.
        pair, side = ((other, speaker), lesser) if rank(other) < mine else ((speaker, other), above)
        if judge(*pair, index).same is not False:
            side.append(other)
    # It may be no other spelling of a name, but speak against the speaker under whom that name is placed; and
    # a decision may have changed which of two names is placed under the other.
    near = names_near(db, [one.id for one in (speaker, *above, *lesser)])
    return [*lesser, *index.known(near)]


def _put(db: Database, effects: Effects, speaker: int, link: Link) -> bool:
    """Store where `speaker` is placed; returns whether that is another place now."""
    before = effects.speaker(speaker)
    moved = write_link(db, speaker, link)
    if moved:
        derive_links(db, effects, with_linked(db, [speaker]), {before, effects.speaker(speaker)})
    return moved
