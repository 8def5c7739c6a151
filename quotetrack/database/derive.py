"""The columns that follow from what the program found and what people decided, made again from both.

Everything here can be repeated at any time and changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from quotetrack.database.canonical import name_speakers
from quotetrack.database.effects import Effects
from quotetrack.database.identity import attribution_id
from quotetrack.database.keys import write_keys
from quotetrack.database.links import with_linked
from quotetrack.database.tally import recount

DECISION_RULE = "decision"


def derive_quotations(db: Database, effects: Effects, quotations: Iterable[str]) -> None:
    """Set status, decision and speaker of `quotations` (ids) and of their attributions."""
    for quotation in quotations:
        row = db.conn.execute(
            """
            select articles.current, quotations.found, quotations.published
            from quotations join articles on articles.id = quotations.article where quotations.id = ?
            """,
            (quotation,),
        ).fetchone()
        # A decision may have come from another team's database, about an article that is not here yet.
        if row is not None:
            current, found, published = row
            status, decision = _quotation_status(effects, quotation, bool(current), bool(found))
            _set(db, "quotations", quotation, {"status": status, "decision": decision})
            _derive_attributions(db, effects, quotation, status, published)


def derive_speakers(db: Database, effects: Effects, speakers: Iterable[int]) -> None:
    """Set names, mergers, notes, aliases and counts of `speakers` (ids) and move their quotations along."""
    family = with_linked(db, effects.family(speakers))
    derive_links(db, effects, family, family)


def derive_links(db: Database, effects: Effects, moved: Iterable[int], counted: Iterable[int]) -> None:
    """Bring along what belongs to the names `moved` (ids), whose speaker may be another now.

    `counted` are further speakers whose quotations are counted anew.
    """
    moved = sorted(moved)
    for speaker in moved:
        _derive_speaker(db, effects, speaker)
        for table, name in (("aliases", "name"), ("titles", "null"), ("identifiers", "null")):
            _move_names(db, effects, table, name, speaker)
        _move_attributions(db, effects, speaker)
    concerned = sorted({*moved, *counted})
    recount(db, concerned)
    name_speakers(db, effects, concerned)


def _quotation_status(effects: Effects, quotation: str, current: bool, found: bool) -> tuple[str, int | None]:
    rejected_by = effects.rejected.get(quotation)
    attributed_by, _ = effects.attributed.get(quotation, (None, ()))
    if not current:
        status = "superseded"
    elif rejected_by is not None:
        status = "rejected"
    # What a person has confirmed stays, even if a later run misses it.
    elif found or attributed_by is not None:
        status = "active"
    else:
        status = "withdrawn"
    return status, rejected_by if rejected_by is not None else attributed_by


def _derive_attributions(
    db: Database, effects: Effects, quotation: str, quotation_status: str, published: str | None
) -> None:
    decision, chosen = effects.attributed.get(quotation, (None, ()))
    wanted = {effects.speaker(speaker): speaker for speaker in chosen}
    rows = db.conn.execute(
        "select id, linked, name, found from attributions "
        "where quotation = ? and rule != ? order by position",
        (quotation, DECISION_RULE),
    ).fetchall()
    for row_id, linked, name, found in rows:
        speaker = effects.speaker(linked, name, quotation)
        if decision is not None:
            status = "active" if speaker in wanted else "rejected"
            wanted.pop(speaker, None)
        else:
            status = "active" if found else "withdrawn"
        if status == "active":
            status = quotation_status
        _set(db, "attributions", row_id, {"speaker": speaker, "status": status, "decision": decision})
    kept = [
        _write_decided(
            db, effects, quotation, speaker, linked, position, quotation_status, published, decision
        )
        for position, (speaker, linked) in enumerate(wanted.items(), start=len(rows))
    ]
    marks = ",".join("?" * len(kept))
    db.conn.execute(
        f"delete from attributions where quotation = ? and rule = ? and id not in ({marks})",  # noqa: S608
        (quotation, DECISION_RULE, *kept),
    )


def _write_decided(
    db: Database,
    effects: Effects,
    quotation: str,
    speaker: int,
    linked: int,
    position: int,
    status: str,
    published: str | None,
    decision: int | None,
) -> str:
    """An attribution that a person made where the program had found no such speaker; its id."""
    (found,) = db.conn.execute("select found_name from speakers where id = ?", (speaker,)).fetchone()
    row_id = attribution_id(quotation, f"{DECISION_RULE} {linked}")
    db.table("attributions").upsert(
        {
            "id": row_id,
            "quotation": quotation,
            "speaker": speaker,
            "linked": linked,
            "position": position,
            "name": effects.names.get(speaker, found),
            "rule": DECISION_RULE,
            "confidence": 1.0,
            "status": status,
            "found": 1,
            "published": published,
            "decision": decision,
        }
    )
    return row_id


def _derive_speaker(db: Database, effects: Effects, speaker: int) -> None:
    root = effects.speaker(speaker)
    values = {
        "merged_into": root if root != speaker else None,
        "note": effects.notes.get(speaker),
    }
    _set(db, "speakers", speaker, values)
    derive_names(db, effects, speaker)


def derive_names(db: Database, effects: Effects, speaker: int) -> None:
    """Set the aliases of `speaker` (an id) that follow from decisions."""
    wanted = set(effects.aliases.get(speaker, ()))
    if speaker in effects.chosen:
        wanted |= _name_from_people(db, speaker)
    stored = {
        name
        for (name,) in db.conn.execute(
            "select name from aliases where linked = ? and source = 'decision'", (speaker,)
        )
    }
    for name in sorted(stored - wanted):
        db.conn.execute(
            "delete from aliases where linked = ? and name = ? and source = 'decision'", (speaker, name)
        )
    for name in sorted(wanted - stored):
        db.conn.execute(
            "insert into aliases (speaker, linked, name, source, articles) values (?, ?, ?, 'decision', 0)",
            (effects.speaker(speaker, name), speaker, name),
        )
    if stored != wanted:
        write_keys(db, speaker)


def _name_from_people(db: Database, speaker: int) -> set[str]:
    """The name of a speaker whom no article or list names: searches would not find them otherwise."""
    rows = db.conn.execute(
        "select found_name from speakers where id = ? "
        "and not exists (select 1 from aliases where linked = speakers.id and source != 'decision')",
        (speaker,),
    )
    return {name for (name,) in rows}


def _move_names(db: Database, effects: Effects, table: str, name_column: str, linked: int) -> None:
    rows = db.conn.execute(
        f"select id, speaker, {name_column} from {table} where linked = ?",  # noqa: S608
        (linked,),
    ).fetchall()
    for row_id, speaker, name in rows:
        moved = effects.speaker(linked, name)
        if moved != speaker:
            _set(db, table, row_id, {"speaker": moved})


def _move_attributions(db: Database, effects: Effects, linked: int) -> None:
    rows = db.conn.execute(
        "select id, quotation, speaker, name from attributions where linked = ?", (linked,)
    ).fetchall()
    chosen_by_hand = set()
    for row_id, quotation, speaker, name in rows:
        moved = effects.speaker(linked, name, quotation)
        if moved != speaker:
            _set(db, "attributions", row_id, {"speaker": moved})
        if quotation in effects.attributed:
            chosen_by_hand.add(quotation)
    # Whether such a quotation still needs a row of the decision's own depends on where its speakers went.
    derive_quotations(db, effects, sorted(chosen_by_hand))


def _set(db: Database, table: str, row_id: int | str, values: dict[str, Any]) -> None:
    """Update one row, only where something differs: any update writes to the search index."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    differs = " or ".join(f"{column} is not ?" for column in values)
    parameters = [*values.values(), row_id, *values.values()]
    db.conn.execute(f"update {table} set {assignments} where id = ? and ({differs})", parameters)  # noqa: S608
