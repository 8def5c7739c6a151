"""The index that finds the speakers a name could belong to without looking at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlite_utils import Database

from quotetrack.database.connection import writing
from quotetrack.names import blocking_keys, key_rules
from quotetrack.speakers.identity import PREFIX


def refile(db: Database, steps: Callable[[Sequence[int]], Iterable[int]] = iter) -> None:
    """Store all keys anew where the rules that made those of the database are not today's.

    The file's own `user_version` says which made them. The speakers' numbers go through `steps`.
    """
    (made_by,) = db.conn.execute("pragma user_version").fetchone()
    if made_by == key_rules():
        return
    with writing(db):
        for speaker in steps([number for (number,) in db.conn.execute("select id from speakers")]):
            write_keys(db, speaker)
        db.conn.execute(f"pragma user_version = {key_rules()}")


def write_keys(db: Database, speaker: int) -> None:
    """Store the keys of every name that `speaker` goes by, in place of the ones that were there."""
    (speaker_type,) = db.conn.execute("select type from speakers where id = ?", (speaker,)).fetchone()
    names = db.conn.execute(
        "select found_name from speakers where id = ? union select name from aliases where linked = ?",
        (speaker, speaker),
    ).fetchall()
    # What identifies the row stays: it also depends on where it was met.
    db.conn.execute(
        "delete from speaker_keys where speaker = ? and substr(key, 1, ?) != ?",
        (speaker, len(PREFIX), PREFIX),
    )
    if speaker_type != "unnamed":
        add_keys(db, speaker, {key for (name,) in names for key in blocking_keys(name, speaker_type).filed})


def add_keys(db: Database, speaker: int, keys: Iterable[str]) -> None:
    db.conn.executemany(
        "insert or ignore into speaker_keys (key, speaker) values (?, ?)",
        [(key, speaker) for key in sorted(keys)],
    )
