"""What the decisions that are in force amount to: a pure function of the decisions, replayed in order.

Nothing here touches the database. What the program linked never changes; these effects are laid over it, so
undoing a decision and replaying the others restores exactly what was there before.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the decisions table; `undone` tells whether a later decision that is in force undoes it."""

    id: int
    uid: str
    made: str
    by: str
    why: str
    kind: str
    payload: dict[str, Any]
    undoes: int | None = None
    undone: bool = False

    @classmethod
    def from_row(cls, row: dict[str, Any], undone: bool = False) -> Decision:
        return cls(**{**row, "payload": json.loads(row["payload"])}, undone=undone)


@dataclass(frozen=True, slots=True)
class _Move:
    """From one speaker to another: all of it, or only certain names and quotations."""

    order: int
    to: int
    names: frozenset[str] | None = None
    quotations: frozenset[str] = frozenset()

    def applies(self, name: str | None, quotation: str | None) -> bool:
        if self.names is None:
            return True
        return (name is not None and plain(name) in self.names) or quotation in self.quotations


def _itself(speaker: int) -> int:
    return speaker


@dataclass(slots=True)
class Effects:
    """The decisions in force, arranged for looking up.

    `linked` leads from a row of speakers to the one that the program places it under: decisions are laid over
    that. `under` leads back, from rows to all that the program places under them, those rows included.
    """

    linked: Callable[[int], int] = _itself
    under: Callable[[Iterable[int]], set[int]] = set
    moves: dict[int, list[_Move]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, str] = field(default_factory=dict)
    aliases: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    notes: dict[int, str] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    attributed: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    relatives: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    targets: set[int] = field(default_factory=set)
    # Whom only a split made that is undone: nobody is called so any more.
    gone: set[int] = field(default_factory=set)
    # Whom people name as a speaker; perhaps no article does.
    chosen: set[int] = field(default_factory=set)
    # The id of the last decision that was looked at.
    last: int | None = None

    def speaker(self, linked: int, name: str | None = None, quotation: str | None = None) -> int:
        """The speaker that people's decisions make of the one that the program linked.

        `name` is the name in the article, `quotation` the quotation's id: what a split goes by.
        """
        current, after = self.linked(linked), -1
        while True:
            for move in self.moves.get(current, ()):
                if move.order > after and move.applies(name, quotation):
                    current, after = move.to, move.order
                    break
            else:
                return current

    def never_merge(self, a: int, b: int) -> bool:
        """Whether a person said that the speakers `a` and `b` are not the same."""
        apart = self.apart_from(a)
        return bool(apart) and self.speaker(b) in apart

    def apart_from(self, speaker: int) -> set[int]:
        """The speakers of whom a person said that they are not the same as `speaker`."""
        if not self.apart:
            return set()
        here = self.speaker(speaker)
        names = [name for name in self.under(self.family([here])) if name in self.apart]
        return {
            self.speaker(other) for name in names if self.speaker(name) == here for other in self.apart[name]
        }

    def concerns(self, speaker: int) -> bool:
        """Whether a decision in force says who `speaker` is, or what it is called."""
        about = (self.moves, self.targets, self.names, self.aliases, self.notes, self.apart)
        return any(speaker in known for known in about)

    def add(self, decision: Decision) -> None:
        """Lay a decision that is newer than all the others over them; an undo needs a replay instead."""
        self.last = decision.id
        _note_relatives(self, decision)
        if decision.undone:
            _leave_undone(self, decision)
        else:
            _lay_over(self, decision)

    def family(self, speakers: Iterable[int]) -> set[int]:
        """All speakers that any merge or split, in force or undone, ever tied to `speakers`."""
        found: set[int] = set()
        waiting = list(speakers)
        while waiting:
            speaker = waiting.pop()
            if speaker not in found:
                found.add(speaker)
                waiting.extend(self.relatives.get(speaker, ()))
        return found


def replay(
    decisions: Iterable[Decision],
    linked: Callable[[int], int] = _itself,
    under: Callable[[Iterable[int]], set[int]] = set,
) -> Effects:
    """The effects of `decisions`, in the order in which they were made, over what the program `linked`."""
    effects = Effects(linked, under)
    for decision in decisions:
        effects.add(decision)
    return effects


def plain(name: str) -> str:
    """A name without the differences that never matter: case, diacritics, and spaces."""
    decomposed = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def _note_relatives(effects: Effects, decision: Decision) -> None:
    if decision.kind in ("merge", "split"):
        ends = (decision.payload["speaker"], decision.payload["into"])
        for one, other in (ends, ends[::-1]):
            effects.relatives[one].add(other)


def _leave_undone(effects: Effects, decision: Decision) -> None:
    # The speaker that a split made keeps its id, for links that were made to it, and leads to the undivided
    # one.
    if decision.kind == "split":
        payload = decision.payload
        effects.gone.add(payload["into"])
        effects.moves[payload["into"]].append(_Move(decision.id, payload["speaker"]))


def _lay_over(effects: Effects, decision: Decision) -> None:
    payload = decision.payload
    match decision.kind:
        case "merge":
            effects.moves[payload["speaker"]].append(_Move(decision.id, payload["into"]))
            effects.targets.add(payload["into"])
        case "split":
            names = frozenset(plain(name) for name in payload["names"])
            move = _Move(decision.id, payload["into"], names, frozenset(payload["quotations"]))
            effects.moves[payload["speaker"]].append(move)
            effects.targets.add(payload["into"])
            effects.chosen.add(payload["into"])
            _part(effects, payload["speaker"], payload["into"])
        case "rename":
            effects.names[payload["speaker"]] = payload["name"]
            effects.aliases[payload["speaker"]].add(payload["name"])
        case "alias":
            effects.aliases[payload["speaker"]].add(payload["name"])
        case "never-merge":
            _part(effects, *payload["speakers"])
        case "note":
            effects.notes[payload["speaker"]] = payload["note"]
        case "attribute" | "confirm":
            effects.attributed[payload["quotation"]] = (decision.id, tuple(payload["speakers"]))
            effects.chosen.update(payload["speakers"])
            effects.rejected.pop(payload["quotation"], None)
        case "not-a-quotation":
            effects.rejected[payload["quotation"]] = decision.id
            effects.attributed.pop(payload["quotation"], None)


def _part(effects: Effects, one: int, other: int) -> None:
    effects.apart[one].add(other)
    effects.apart[other].add(one)
