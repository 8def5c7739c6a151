"""Authority lists: who is who by somebody's register, with identifiers, matched to the known speakers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, cast, get_args

from sqlite_utils import Database

from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.derive import derive_speakers
from quotetrack.database.keys import write_keys
from quotetrack.database.speakers import find_or_add, settle
from quotetrack.errors import UserError
from quotetrack.records import Speaker, SpeakerType

# Several aliases in one cell are divided by one of these.
DIVIDERS = "|;"
# What parts the cells depends on the country, as in the tables of articles.
DELIMITERS = ",;\t"
_OWN = ("name", "aliases", "description", "type")


@dataclass(frozen=True, slots=True)
class Authority:
    """One entry of a list. `identifiers`: the scheme ("wikidata") and what the entry is called there."""

    name: str
    type: SpeakerType = "person"
    aliases: tuple[str, ...] = ()
    description: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an entry: its speaker, and whether that one had been quoted already."""

    name: str
    speaker: int
    matched: bool


def read_list(path: Path) -> Iterator[Authority]:
    """The entries of a CSV file with the columns name, aliases, description, type and any identifiers.

    Commas, semicolons or tabs part the cells. Every other column is a scheme of identifiers ("wikidata",
    "viaf"). Raises UserError with the line where an entry cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    yield from _entries(text, path)


def _entries(text: str, path: Path) -> Iterator[Authority]:
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    columns = {(column or "").strip().lower(): column for column in reader.fieldnames or ()}
    if "name" not in columns:
        raise UserError(f"{path}: an authority list needs a column 'name'")
    for row in reader:
        cells = {key: (row[column] or "").strip() for key, column in columns.items() if key}
        yield _entry(cells, f"{path}, line {reader.line_num}")


def _entry(cells: dict[str, str], where: str) -> Authority:
    kind = cells.get("type") or "person"
    kind = {"organization": "organisation"}.get(kind.lower(), kind.lower())
    if not cells["name"]:
        raise UserError(f"{where}: the name is missing")
    if kind not in get_args(SpeakerType) or kind == "unnamed":
        raise UserError(f"{where}: the type is 'person', 'organisation' or 'document', not {kind!r}")
    aliases = cells.get("aliases", "")
    for divider in DIVIDERS:
        aliases = aliases.replace(divider, "\n")
    return Authority(
        name=cells["name"],
        type=cast(SpeakerType, kind),
        aliases=tuple(alias for line in aliases.split("\n") if (alias := line.strip())),
        description=cells.get("description") or None,
        identifiers=tuple((key, value) for key, value in cells.items() if key not in _OWN and value),
    )


def import_list(
    db: Database,
    entries: Iterable[Authority],
    steps: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> list[Imported]:
    """Take the entries over, in one transaction; importing a list twice is importing it once.

    All entries go through `steps` twice, to be written and to be placed among the speakers.
    """
    with writing(db):
        rows = [(entry, _write(db, entry)) for entry in steps(list(entries))]
        effects = effects_in_force(db)
        for _, row in steps(rows):
            settle(db, effects, [row])
        derive_speakers(db, effects, [row for _, row in rows])
        return [_outcome(db, entry, effects.speaker(row)) for entry, row in rows]


def _write(db: Database, entry: Authority) -> int:
    row, _ = find_or_add(db, Speaker(entry.name, entry.type), outlet=None)
    for name in (entry.name, *entry.aliases):
        db.conn.execute(
            "insert or ignore into aliases (speaker, linked, name, source, articles) "
            "values (?, ?, ?, 'authority', 0)",
            (row, row, name),
        )
    for scheme, value in entry.identifiers:
        db.conn.execute(
            "insert or ignore into identifiers (speaker, linked, scheme, value) values (?, ?, ?, ?)",
            (row, row, scheme, value),
        )
    if entry.description:
        db.table("speakers").update(row, {"description": entry.description})
    write_keys(db, row)
    return row


def _outcome(db: Database, entry: Authority, speaker: int) -> Imported:
    (quotations,) = db.conn.execute("select quotations from speakers where id = ?", (speaker,)).fetchone()
    return Imported(entry.name, speaker, quotations > 0)
