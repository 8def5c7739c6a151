"""The name a speaker is shown under: of the fullest names it was seen under, the commonest."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from quotetrack.database.effects import Effects
from quotetrack.database.links import with_linked
from quotetrack.names import normalise
from quotetrack.records import SpeakerType
from quotetrack.speakers.identity import bare_name
from quotetrack.speakers.linking import fullness


def name_speakers(db: Database, effects: Effects, speakers: Iterable[int]) -> None:
    """Give `speakers` (ids) their canonical names.

    What a person called the speaker comes first, then the spelling of an authority list, then the fullest
    name that the program places under the speaker, in the spelling that most articles use; of two as common,
    the plainer one (see `_plainness`), so that the order of the articles does not matter.
    """
    for speaker in speakers:
        name = effects.names.get(speaker) or _fullest(db, effects, speaker)
        db.conn.execute("update speakers set name = ? where id = ? and name is not ?", (name, speaker, name))


def _fullest(db: Database, effects: Effects, speaker: int) -> str:
    found, type = db.conn.execute("select found_name, type from speakers where id = ?", (speaker,)).fetchone()
    if type in ("unnamed", "document"):
        return str(found)
    # What another person joined to the speaker does not name it, nor does a mere form of its name.
    family = [speaker] if effects.speaker(speaker) != speaker else sorted(with_linked(db, [speaker]))
    marks = ",".join("?" * len(family))
    rows = db.conn.execute(
        f"select found_name from speakers where id in ({marks})",  # noqa: S608
        family,
    )
    full = {bare_name(name, type) for (name,) in rows if fullness(name, type) >= fullness(found, type)}
    spellings = db.conn.execute(
        "select name, max(source = 'authority'), sum(articles) from aliases "  # noqa: S608
        f"where linked in ({marks}) and speaker = ? and source != 'decision' group by name",
        [*family, effects.speaker(speaker)],
    ).fetchall()
    named = [row for row in spellings if bare_name(row[0], type) in full]
    listed = [row for row in named if row[1] and bare_name(row[0], type) == bare_name(found, type)]
    choice = sorted(listed or named, key=lambda row: (-row[2], *_plainness(row[0], type)))
    return str(choice[0][0]) if choice else str(found)


def _plainness(name: str, type: SpeakerType) -> tuple[bool, bool, int, str]:
    """Of two as common: the one not in capitals, without title, the longer one, the first by the alphabet."""
    return name.isupper(), normalise(name) != bare_name(name, type), -len(name), name
