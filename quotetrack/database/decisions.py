"""What people decided: recorded for good, laid over what the program found, and undone by a further decision.

The table only grows. Its effect is derived (see effects and derive), never written by hand, so a decision
can be undone at any time, survives every re-extraction, and can be carried to another database.

Kinds and their payloads (speakers by id, quotations by id):
    merge            {"speaker", "into"}: `speaker` is the same as `into`
    split            {"speaker", "names", "quotations", "name"}: these are somebody else's, who is
                     called `name`; recording adds "into"
    rename           {"speaker", "name"}
    alias            {"speaker", "name"}: `speaker` also goes by `name`
    never-merge      {"speakers": [a, b]}: two speakers, however alike their names
    note             {"speaker", "note"}
    attribute        {"quotation", "speakers": [...]}: they said it; with none, nobody knows who did
    confirm          {"quotation"}: the speakers it has now are right
    not-a-quotation  {"quotation"}
    undo             {}: the decision in the column `undoes` no longer holds
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, cast

from sqlite_utils import Database

from quotetrack.database.clock import now
from quotetrack.database.connection import writing
from quotetrack.database.derive import derive_quotations, derive_speakers
from quotetrack.database.effects import Decision, Effects, plain, replay
from quotetrack.database.links import root_of, with_linked
from quotetrack.database.speakers import add_speaker, settle
from quotetrack.errors import UserError
from quotetrack.records import Speaker, SpeakerType

# So many of a speaker's quotations travel with a decision, to tell namesakes apart elsewhere.
QUOTATIONS_KNOWN_BY = 3
# The keys that a payload of each kind must have.
_PAYLOADS: dict[str, frozenset[str]] = {
    "merge": frozenset({"speaker", "into"}),
    "split": frozenset({"speaker", "names", "quotations", "name"}),
    "rename": frozenset({"speaker", "name"}),
    "alias": frozenset({"speaker", "name"}),
    "never-merge": frozenset({"speakers"}),
    "note": frozenset({"speaker", "note"}),
    "attribute": frozenset({"quotation", "speakers"}),
    "confirm": frozenset({"quotation"}),
    "not-a-quotation": frozenset({"quotation"}),
}


class DecisionError(UserError):
    """The decision cannot be made; the message says why in words for the user."""


def load(db: Database) -> list[Decision]:
    """All decisions in the order in which they were made, each with whether it is undone."""
    rows = list(db.query("select * from decisions order by id"))
    undone: set[int] = set()
    for row in reversed(rows):
        if row["kind"] == "undo" and row["id"] not in undone:
            undone.add(row["undoes"])
    return [Decision.from_row(row, row["id"] in undone) for row in rows]


def effects_in_force(db: Database, known: Effects | None = None) -> Effects:
    """What the decisions amount to by now; the effects `known` already where none was made since."""
    (last,) = db.conn.execute("select max(id) from decisions").fetchone()
    if known is not None and known.last == last:
        return known
    return _replay(db, load(db))


def _replay(db: Database, decisions: Iterable[Decision]) -> Effects:
    return replay(decisions, root_of(db), partial(with_linked, db))


def record(db: Database, kind: str, payload: dict[str, Any], *, by: str, why: str = "") -> Decision:
    """Make a decision and put it into effect, in one transaction.

    Raises DecisionError where it makes no sense: an unknown speaker, a merger with itself, two that a
    person has said are not the same.
    """
    with writing(db):
        return _record(db, effects_in_force(db), kind, payload, by=by, why=why, here=True)


def undo(db: Database, decision: int, *, by: str, why: str = "") -> Decision:
    """Take back `decision` (an id) by a further one; undoing an undo puts the first one back in force."""
    with writing(db):
        decisions = {known.id: known for known in load(db)}
        if decision not in decisions:
            raise DecisionError(f"there is no decision {decision}")
        if decisions[decision].undone:
            raise DecisionError(f"decision {decision} is undone already")
        # It may have been undone and put back before: then the end of that chain is what to undo.
        undone_by = {known.undoes: known.id for known in decisions.values()}
        target = decision
        while target in undone_by:
            target = undone_by[target]
        return _undo(db, target, by=by, why=why)


def apply(db: Database) -> None:
    """Derive the effect of all decisions anew. Changes nothing where everything is as it should be."""
    with writing(db):
        decisions = load(db)
        _derive(db, _replay(db, decisions), decisions)


def export(db: Database) -> Iterator[dict[str, Any]]:
    """The decisions as JSON-able records that another database can read: undone ones and undos as well."""
    uids = {decision.id: decision.uid for decision in load(db)}
    for decision in load(db):
        yield {
            "uid": decision.uid,
            "made": decision.made,
            "by": decision.by,
            "why": decision.why,
            "kind": decision.kind,
            "payload": decision.payload,
            "undoes": uids[decision.undoes] if decision.undoes is not None else None,
        }


def import_(db: Database, records: Iterable[dict[str, Any]]) -> tuple[int, list[str]]:
    """Take over decisions that `export` wrote; returns how many were new, and why others were refused.

    Speakers are found by name and type, since their ids differ between databases; decisions that are here
    already are passed over, so importing twice is importing once.
    """
    imported, problems = 0, []
    effects = None
    with writing(db):
        for line, record in enumerate(records, start=1):
            try:
                effects = effects_in_force(db, effects)
                imported += _import_one(db, effects, record)
            except DecisionError as error:
                problems.append(f"record {line}: {error}")
            except (KeyError, TypeError, AttributeError):
                problems.append(f"record {line}: not a decision as 'quotetrack decisions export' writes it")
    return imported, problems


def _record(
    db: Database,
    effects: Effects,
    kind: str,
    payload: dict[str, Any],
    *,
    by: str,
    why: str,
    uid: str | None = None,
    made: str | None = None,
    here: bool = False,
) -> Decision:
    if kind not in _PAYLOADS:
        raise DecisionError(f"there is no kind of decision called {kind!r}")
    if missing := _PAYLOADS[kind] - payload.keys():
        raise DecisionError(f"a decision of the kind {kind!r} needs {', '.join(sorted(missing))}")
    payload = dict(payload)
    _check(db, effects, kind, payload)
    # A split that comes from another database may be about names and quotations that are not here yet.
    if kind == "split" and here:
        _check_parts(db, payload)
    if kind == "split" and "into" not in payload:
        (speaker_type,) = db.conn.execute(
            "select type from speakers where id = ?", (payload["speaker"],)
        ).fetchone()
        payload["into"] = add_speaker(db, Speaker(payload["name"], speaker_type))
    if kind == "confirm" and "speakers" not in payload:
        payload["speakers"] = _speakers_of(db, payload["quotation"])
    payload["known_as"] = {
        str(speaker): _known_as(db, speaker) for speaker in _speakers_in(payload) if speaker is not None
    }
    decision = _insert(db, kind, payload, by=by, why=why, uid=uid, made=made)
    effects.add(decision)
    _derive(db, effects, [decision])
    return decision


def _undo(
    db: Database, decision: int, *, by: str, why: str, uid: str | None = None, made: str | None = None
) -> Decision:
    inserted = _insert(db, "undo", {}, by=by, why=why, undoes=decision, uid=uid, made=made)
    decisions = load(db)
    by_id = {known.id: known for known in decisions}
    concerned = [inserted]
    while (undone := concerned[-1].undoes) is not None:
        concerned.append(by_id[undone])
    _derive(db, _replay(db, decisions), concerned)
    return inserted


def _insert(
    db: Database,
    kind: str,
    payload: dict[str, Any],
    *,
    by: str,
    why: str,
    undoes: int | None = None,
    uid: str | None = None,
    made: str | None = None,
) -> Decision:
    row = {
        "uid": uid or secrets.token_hex(8),
        "made": made or now(),
        "by": by,
        "why": why,
        "kind": kind,
        "payload": json.dumps(payload, ensure_ascii=False, sort_keys=True),
        "undoes": undoes,
    }
    inserted = cast(int, db.table("decisions").insert(row).last_pk)
    return Decision.from_row({"id": inserted, **row})


def _derive(db: Database, effects: Effects, decisions: Iterable[Decision]) -> None:
    speakers: set[int] = set()
    quotations: set[str] = set()
    for decision in decisions:
        speakers.update(_speakers_in(decision.payload))
        if "quotation" in decision.payload:
            quotations.add(decision.payload["quotation"])

    def note_speakers() -> None:
        for quotation in quotations:
            speakers.update(_speakers_of(db, quotation, only_active=False))

    # Before and after: an undone decision may bring back a speaker of an earlier one.
    note_speakers()
    derive_quotations(db, effects, sorted(quotations))
    note_speakers()
    derive_speakers(db, effects, speakers)
    settle(db, effects, speakers)


def _check(db: Database, effects: Effects, kind: str, payload: dict[str, Any]) -> None:
    for speaker in _speakers_in(payload):
        if not db.conn.execute("select 1 from speakers where id = ?", (speaker,)).fetchone():
            raise DecisionError(f"there is no speaker {speaker}")
        if effects.speaker(speaker) != speaker:
            raise DecisionError(
                f"speaker {speaker} is merged into {effects.speaker(speaker)}: decide about that one"
            )
    if "quotation" in payload:
        quotation = payload["quotation"]
        if not db.conn.execute("select 1 from quotations where id = ?", (quotation,)).fetchone():
            raise DecisionError(f"there is no quotation {quotation}")
    pair = _pair(kind, payload)
    if pair is not None:
        if pair[0] == pair[1]:
            raise DecisionError("these are one speaker already")
        if kind == "merge" and effects.never_merge(*pair):
            raise DecisionError("a decision says that these two are never merged: undo that one first")
    if kind in ("rename", "alias") and not str(payload["name"]).strip():
        raise DecisionError("a name cannot be empty")
    if kind == "split" and not (payload["names"] or payload["quotations"]):
        raise DecisionError("a split needs names or quotations to take out")


def _check_parts(db: Database, payload: dict[str, Any]) -> None:
    """What a split takes out has to be the speaker's."""
    speaker = payload["speaker"]
    rows = db.conn.execute(
        "select name from aliases where speaker = ? order by articles desc, name", (speaker,)
    )
    names = list(dict.fromkeys(name for (name,) in rows))
    known = {plain(name) for name in names}
    for name in payload["names"]:
        if plain(name) not in known:
            raise DecisionError(
                f"speaker {speaker} does not go by the name {name!r}, only by {'; '.join(names) or 'none'}"
            )
    for quotation in payload["quotations"]:
        if not db.conn.execute("select 1 from quotations where id = ?", (quotation,)).fetchone():
            raise DecisionError(f"there is no quotation {quotation}")
        if speaker not in _speakers_of(db, quotation, only_active=False):
            raise DecisionError(f"speaker {speaker} did not say the quotation {quotation}")


def _pair(kind: str, payload: dict[str, Any]) -> tuple[int, int] | None:
    if kind == "merge":
        return payload["speaker"], payload["into"]
    if kind == "never-merge":
        if len(payload["speakers"]) != 2:
            raise DecisionError("a never-merge is about two speakers")
        one, other = payload["speakers"]
        return one, other
    return None


def _speakers_in(payload: dict[str, Any]) -> list[int]:
    named = [payload[key] for key in ("speaker", "into") if key in payload]
    return [*named, *payload.get("speakers", ())]


def _speakers_of(db: Database, quotation: str, *, only_active: bool = True) -> list[int]:
    rows = db.conn.execute(
        "select distinct speaker from attributions where quotation = ? and (status = 'active' or not ?) "
        "order by position",
        (quotation, only_active),
    )
    return [row[0] for row in rows]


def _known_as(db: Database, speaker: int) -> list[Any]:
    """What tells in another database who is meant: name, type, and a few of the quotations."""
    name, type = db.conn.execute("select name, type from speakers where id = ?", (speaker,)).fetchone()
    rows = db.conn.execute(
        "select distinct quotation from attributions where speaker = ? and found order by quotation limit ?",
        (speaker, QUOTATIONS_KNOWN_BY),
    )
    return [name, type, [quotation for (quotation,) in rows]]


def _import_one(db: Database, effects: Effects, record: dict[str, Any]) -> int:
    if db.conn.execute("select 1 from decisions where uid = ?", (record["uid"],)).fetchone():
        return 0
    about = {"by": record["by"], "why": record["why"], "uid": record["uid"], "made": record["made"]}
    if record["kind"] == "undo":
        undone = db.conn.execute("select id from decisions where uid = ?", (record["undoes"],)).fetchone()
        if undone is None:
            raise DecisionError("it undoes a decision that is not here")
        _undo(db, undone[0], **about)
        return 1
    _record(db, effects, record["kind"], _localise(db, record["kind"], record["payload"]), **about)
    return 1


def _localise(db: Database, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with this database's speakers in place of the other's."""
    local = {key: value for key, value in payload.items() if key != "known_as"}
    known_as = payload.get("known_as", {})
    if kind == "split":
        # The other database's new speaker has no counterpart here yet; recording makes it.
        del local["into"]
    for key in ("speaker", "into"):
        if key in local:
            local[key] = _find_speaker(db, kind, *known_as[str(local[key])])
    if "speakers" in local:
        local["speakers"] = [_find_speaker(db, kind, *known_as[str(one)]) for one in local["speakers"]]
    return local


def _find_speaker(
    db: Database, kind: str, name: str, type: SpeakerType, quotations: Iterable[str] = ()
) -> int:
    """The speaker here of this name; of several, the one who said one of `quotations`."""
    own = db.conn.execute(
        "select id from speakers where type = ? and merged_into is null and name = ?", (type, name)
    ).fetchall()
    other = db.conn.execute(
        "select id from speakers where type = ? and merged_into is null "
        "and id in (select speaker from aliases where name = ?)",
        (type, name),
    )
    found = {speaker for (speaker,) in own or other}
    if len(found) > 1:
        marks = ",".join("?" * len(quotations := list(quotations)))
        rows = db.conn.execute(
            f"select distinct speaker from attributions where quotation in ({marks})",  # noqa: S608
            quotations,
        )
        found = found & {speaker for (speaker,) in rows} or found
    if not found and kind == "attribute":
        # Somebody whom nobody but a person has named: there is no other way for the name to get here.
        return add_speaker(db, Speaker(name, type))
    if len(found) != 1:
        raise DecisionError(
            f"{'no speaker' if not found else 'more than one speaker'} here is called {name!r}"
        )
    return found.pop()
