"""The index that finds the speakers a name could belong to without looking at all of them."""

from __future__ import annotations

from sqlite_utils import Database

from quotetrack.database.effects import plain


def keys_of(name: str, speaker_type: str) -> frozenset[str]:
    # Unnamed speakers ("a source") are nobody in particular: no other article's speaker is ever one of them.
    return frozenset() if speaker_type == "unnamed" else frozenset({plain(name)})


def write_keys(db: Database, speaker: int) -> None:
    """Store the keys of every name that `speaker` goes by, in place of the ones that were there."""
    (speaker_type,) = db.conn.execute("select type from speakers where id = ?", (speaker,)).fetchone()
    names = db.conn.execute(
        "select found_name from speakers where id = ? union select name from aliases where linked = ?",
        (speaker, speaker),
    ).fetchall()
    db.conn.execute("delete from speaker_keys where speaker = ?", (speaker,))
    add_keys(db, speaker, [name for (name,) in names], speaker_type)


def add_keys(db: Database, speaker: int, names: list[str], speaker_type: str) -> None:
    keys = {key for name in names for key in keys_of(name, speaker_type)}
    db.conn.executemany(
        "insert or ignore into speaker_keys (key, speaker) values (?, ?)",
        [(key, speaker) for key in sorted(keys)],
    )
