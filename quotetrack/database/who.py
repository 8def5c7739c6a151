"""Which speaker a person who decides means, by number or by name."""

from __future__ import annotations

from sqlite_utils import Database

from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.speakers import add_speaker, settle
from quotetrack.errors import UserError
from quotetrack.names import guess_type, normalise
from quotetrack.records import Speaker, SpeakerType

# So many namesakes are listed for a choice.
LISTED = 10
# A longer number is no row's, nor one that SQLite could hold.
MAX_DIGITS = 18


class UnknownSpeakerError(UserError):
    """There is no speaker of that name."""


def find_speaker(db: Database, who: str) -> int:
    """The speaker with this number, or with this name or alias; case and diacritics do not matter.

    Raises UnknownSpeakerError where nobody has the name, and UserError where nobody has the number or several
    have the name, naming those to choose from.
    """
    root = effects_in_force(db).speaker
    if who.isdecimal():
        known = len(who) <= MAX_DIGITS and db.conn.execute("select 1 from speakers where id = ?", (int(who),))
        if not known or not known.fetchone():
            raise UserError(f"there is no speaker {who}")
        return root(int(who))
    found = {root(row) for row in _called(db, who)}
    if len(found) > 1:
        exact = db.conn.execute("select id from speakers where name = ? and merged_into is null", (who,))
        found = {row[0] for row in exact} or found
    if not found:
        raise UnknownSpeakerError(f"there is no speaker called {who!r}")
    if len(found) > 1:
        choice = "; ".join(words for _, words in _listed(db, found))
        raise UserError(f"several speakers are called {who!r}; give the number: {choice}")
    return found.pop()


def namesakes(db: Database, speaker: int, name: str) -> list[tuple[int, str]]:
    """The other speakers that are called `name`: their ids, and words for a choice."""
    root = effects_in_force(db).speaker
    others = {root(row) for row in _called_exactly(db, name) | _called_alike(db, name)} - {root(speaker)}
    return _listed(db, others)


def are_one(db: Database, one: int, other: int) -> bool:
    """Whether two rows are one speaker, by decisions and linking."""
    root = effects_in_force(db).speaker
    return root(one) == root(other)


def find_or_make(db: Database, who: str) -> int:
    """The speaker with this number or name; where nobody has it, a new one of the type it shows."""
    try:
        return find_speaker(db, who)
    except UnknownSpeakerError:
        return _make(db, who)


def _make(db: Database, who: str) -> int:
    with writing(db):
        type: SpeakerType = "organisation" if guess_type(who) == "organisation" else "person"
        speaker = add_speaker(db, Speaker(who.strip(), type))
        settle(db, effects_in_force(db), [speaker])
    return effects_in_force(db).speaker(speaker)


def _called(db: Database, name: str) -> set[int]:
    return _called_exactly(db, name) or _called_alike(db, name)


def _called_exactly(db: Database, name: str) -> set[int]:
    rows = db.conn.execute(
        "select id from speakers where name = ? union select linked from aliases where name = ?", (name, name)
    )
    return {row[0] for row in rows}


def _called_alike(db: Database, name: str) -> set[int]:
    """Those with a name that differs in case and diacritics at most."""
    wanted = normalise(name)
    words = " ".join(f'"{word}"' for word in wanted.split())
    if not words:
        return set()
    like = db.conn.execute(
        "select linked, name from aliases "
        "where id in (select rowid from aliases_fts where aliases_fts match ?)",
        (words,),
    )
    return {linked for linked, alias in like if normalise(alias) == wanted}


def _listed(db: Database, speakers: set[int]) -> list[tuple[int, str]]:
    marks = ",".join("?" * len(speakers))
    rows = db.query(
        f"select id, name, quotations from speakers where id in ({marks}) "  # noqa: S608
        "order by quotations desc, id limit ?",
        [*speakers, LISTED],
    )
    return [(row["id"], f"{row['id']} {row['name']} ({row['quotations']:,} quotations)") for row in rows]
