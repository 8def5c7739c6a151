"""Authority lists: who is who by somebody's register, with identifiers, matched to the known speakers."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Literal, cast, get_args

from sqlite_utils import Database

from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.derive import derive_speakers
from quotetrack.database.keys import write_keys
from quotetrack.database.speakers import find_or_add, settle
from quotetrack.errors import UserError
from quotetrack.records import Speaker, SpeakerType
from quotetrack.speakers.identity import identity_keys

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
    """What came of an entry: its speaker, who is quoted already, known without a quotation, or new."""

    name: str
    speaker: int
    status: Literal["quoted", "known", "new"]


class _EntryError(Exception):
    """A row of a list is no entry; the message says why."""


def read_list(path: Path) -> tuple[list[Authority], list[str]]:
    """The entries of a CSV file with the columns name, aliases, description, type and any identifiers.

    Commas, semicolons or tabs part the cells. Every other column is a scheme of identifiers ("wikidata",
    "viaf"). Blank rows are passed over. Also returns why other rows are no entries, each with its line.
    Raises UserError where the file is no such list.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    entries, problems = [], []
    for line, row in _rows(text, path):
        try:
            entries.append(_entry(row))
        except _EntryError as error:
            problems.append(f"{path}, line {line}: {error}")
    return entries, problems


def _rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row that is not blank."""
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    columns = {(column or "").strip().lower(): column for column in reader.fieldnames or ()}
    if "name" not in columns:
        raise UserError(f"{path}: an authority list needs a column 'name'")
    try:
        for row in reader:
            cells = {key: (row[column] or "").strip() for key, column in columns.items() if key}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        raise UserError(f"{path}, after line {reader.line_num}: not CSV ({error})") from error


def _entry(cells: dict[str, str]) -> Authority:
    kind = cells.get("type") or "person"
    kind = {"organization": "organisation"}.get(kind.lower(), kind.lower())
    if not cells["name"]:
        raise _EntryError("the name is missing")
    if kind not in get_args(SpeakerType) or kind == "unnamed":
        raise _EntryError(f"the type is 'person', 'organisation' or 'document', not {kind!r}")
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
        listed = _listed(db)
        rows = [(entry, _write(db, entry, listed)) for entry in steps(list(entries))]
        effects = effects_in_force(db)
        for _, (row, _) in steps(rows):
            settle(db, effects, [row])
        derive_speakers(db, effects, [row for _, (row, _) in rows])
        return [_outcome(db, entry, effects.speaker(row), is_new) for entry, (row, is_new) in rows]


_Listed = Mapping[tuple[str, str], Sequence[tuple[int, frozenset[tuple[str, str]]]]]


def _listed(db: Database) -> _Listed:
    """The speakers that lists have named so far, by name and type, each with its identifiers."""
    identifiers: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for row, scheme, value in db.conn.execute("select linked, scheme, value from identifiers"):
        identifiers[row].add((scheme, value))
    listed = defaultdict(list)
    for row, name, kind in db.conn.execute(
        "select speakers.id, found_name, type from aliases join speakers on speakers.id = aliases.linked "
        "where source = 'authority' and aliases.name = found_name order by speakers.id"
    ):
        listed[name, kind].append((row, frozenset(identifiers[row])))
    return listed


def _write(db: Database, entry: Authority, listed: _Listed) -> tuple[int, bool]:
    """Write what the entry says; returns its row, and whether that is new."""
    speaker = Speaker(entry.name, entry.type)
    row, is_new = None, False
    if not identity_keys(speaker, None):
        # A name that tells nobody apart ("Smith") is known again by its identifiers.
        asked = frozenset(entry.identifiers)
        namesakes = listed.get((entry.name, entry.type), ())
        same = (row for row, known in namesakes if asked & known or asked == known)
        row = next(same, None)
    if row is None:
        row, is_new = find_or_add(db, speaker, outlet=None)
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
    return row, is_new


def _outcome(db: Database, entry: Authority, speaker: int, is_new: bool) -> Imported:
    (quotations,) = db.conn.execute("select quotations from speakers where id = ?", (speaker,)).fetchone()
    return Imported(entry.name, speaker, "quoted" if quotations else "new" if is_new else "known")
