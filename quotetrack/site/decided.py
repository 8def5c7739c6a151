"""What people decided, as the page of decisions tells it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# So many decisions stand on one page.
PAGE = 50

# So much of a quotation is shown beside a decision about it.
_MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Change:
    """Who took a decision back or put it in force again, when and why."""

    made: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. `last` is the number of the one to undo for it to change from how it stands now.

    `speakers` are the names of those whom it is about, by number; `text` is None where the quotation is not
    here.
    """

    id: int
    made: str
    by: str
    why: str
    kind: str
    payload: dict[str, Any]
    speakers: dict[int, str]
    text: str | None
    last: int
    in_force: bool
    changed: Change | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions are wanted: of one person, about one speaker or quotation, from a number downwards."""

    by: str = ""
    speaker: int | None = None
    quotation: str = ""
    until: int | None = None

    @classmethod
    def from_arguments(cls, arguments: Any) -> Wanted:
        """Read a query string; a number that is none is taken as not given."""

        def number(name: str) -> int | None:
            value = arguments.get(name, "")
            return int(value) if value.isdecimal() and len(value) < 18 else None

        return cls(
            arguments.get("by", ""), number("speaker"), arguments.get("quotation", ""), number("until")
        )

    def arguments(self, until: int | None = None) -> dict[str, str]:
        """The query string's arguments that read as these, from `until` downwards."""
        given: dict[str, Any] = {
            "by": self.by,
            "speaker": self.speaker,
            "quotation": self.quotation,
            "until": until,
        }
        return {name: str(value) for name, value in given.items() if value not in (None, "")}

    def here(self) -> dict[str, str]:
        """The arguments of the page itself."""
        return self.arguments(self.until)


async def find(db: Any, wanted: Wanted) -> tuple[list[Decided], int | None]:
    """The decisions that are wanted, the newest first, and the number from which the next page goes on.

    An undo is no entry of its own: it is told with the decision that it takes back.
    """
    conditions = ["kind != 'undo'"]
    parameters: list[Any] = []
    if wanted.by:
        conditions.append('"by" = ?')
        parameters.append(wanted.by)
    if wanted.speaker is not None:
        conditions.append(_ABOUT_SPEAKER)
        parameters += [wanted.speaker, wanted.speaker]
    if wanted.quotation:
        conditions.append("json_extract(payload, '$.quotation') = ?")
        parameters.append(wanted.quotation)
    if wanted.until is not None:
        conditions.append("id <= ?")
        parameters.append(wanted.until)
    found = await db.execute(
        f"select * from decisions where {' and '.join(conditions)} order by id desc limit ?",  # noqa: S608
        [*parameters, PAGE + 1],
    )
    rows = [{**row, "payload": json.loads(row["payload"])} for row in map(dict, found.rows)]
    return await _decided(db, rows[:PAGE]), rows[PAGE]["id"] if len(rows) > PAGE else None


_ABOUT_SPEAKER = """(
    ? in (json_extract(payload, '$.speaker'), json_extract(payload, '$.into'))
    or exists (select 1 from json_each(payload, '$.speakers') where value = ?)
)"""

# An undo can be undone: the end of that chain tells how the decision stands.
_CHAINS = """
    with recursive chain (first, last, length) as (
        select value, value, 0 from json_each(?)
        union all
        select chain.first, decisions.id, chain.length + 1
        from chain join decisions on decisions.undoes = chain.last
    )
    select first, last, max(length) as length, made, "by", why
    from chain join decisions on decisions.id = chain.last group by first
"""


async def _decided(db: Any, rows: list[dict[str, Any]]) -> list[Decided]:
    chains = await db.execute(_CHAINS, [json.dumps([row["id"] for row in rows])])
    stands = {row["first"]: row for row in chains.rows}
    named = [_speakers_in(row["payload"]) for row in rows]
    names = await db.execute(
        "select id, name from speakers where id in (select value from json_each(?))",
        [json.dumps(sorted({speaker for speakers in named for speaker in speakers}))],
    )
    name_of = {row["id"]: row["name"] for row in names.rows}
    texts = await db.execute(
        "select id, substr(text, 1, ?) as text from quotations where id in (select value from json_each(?))",
        [_MAX_SHOWN + 1, json.dumps([row["payload"].get("quotation") for row in rows])],
    )
    text_of = {row["id"]: row["text"] for row in texts.rows}
    decided = []
    for row, speakers in zip(rows, named, strict=True):
        end = stands[row["id"]]
        decided.append(
            Decided(
                **{name: row[name] for name in ("id", "made", "by", "why", "kind", "payload")},
                speakers={speaker: name_of.get(speaker, str(speaker)) for speaker in speakers},
                text=text_of.get(row["payload"].get("quotation")),
                last=end["last"],
                in_force=end["length"] % 2 == 0,
                changed=Change(end["made"], end["by"], end["why"]) if end["length"] else None,
            )
        )
    return decided


def _speakers_in(payload: dict[str, Any]) -> Iterable[int]:
    return [*(payload[key] for key in ("speaker", "into") if key in payload), *payload.get("speakers", ())]
