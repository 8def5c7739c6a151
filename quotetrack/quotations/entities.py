"""The names that the tagger found, made whole: cut short, run together, or of an office instead of a body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quotetrack.language.parse import Entity
from quotetrack.names import parse_name
from quotetrack.names.facts import given_names, kinds
from quotetrack.names.text import fold
from quotetrack.quotations import english
from quotetrack.quotations.nouns import is_person_noun
from quotetrack.quotations.reading import Reading

# Entities other than people that speak: NATO, and places for those who govern them.
ORGANISATIONS, PLACES = ("ORG", "ORGANIZATION"), ("GPE", "LOC", "FAC")
# A name with another in brackets in its middle; how far from a part of it the others are looked for.
_BRACKETED = re.compile(r"\b(?:[A-Z][\w’'-]* )+\(([A-Z][\w’'. -]*)\)(?: [A-Z][\w’'-]*)+")
LONGEST_BRACKETED = 60
_JOINED_AFTER = re.compile(r"(?:[-‐‑][^\W\d_][\w’'‐‑-]*)+|(?<=[-‐‑])[^\W\d_][\w‐‑-]*")
_JOINED_BEFORE = re.compile(r"(?:[^\W\d_][\w’'.]*[-‐‑])+$")
# Initials or a given name right before a name: W. Gyude Moore, J.R. Sessions, P C George; A and I are words.
_INITIAL_BEFORE = re.compile(r"(?<![\w.])(?:[A-Z]\.[ \u00a0]?|[B-HJ-Z][ \u00a0]){1,3}$")
_THE = re.compile(r"\b[Tt]he[ \u00a0]$")
_WORD_BEFORE = re.compile(r"(?<![\w-])([^\W\d_a-z][\w’'-]+)[ \u00a0]$")
# Lines with fewer words than this without a full stop are headings; so many of their words have capitals.
HEADING_WORDS, HEADING_CAPITALS = 20, 0.7


def mended(reading: Reading) -> Iterator[Entity]:
    """The article's people, bodies and places, in the order of the text."""
    others, described = _no_people(reading), _described(reading)
    end = 0
    for entity in reading.entities:
        name = reading.text[entity.start : entity.end]
        if entity.type == "PERSON" and name not in others:
            if name in described or _are_people(reading, entity):
                continue
            yield _whole(reading.text, _completed(reading, entity))
        elif entity.type == "PERSON" or entity.type in ORGANISATIONS or entity.type in PLACES:
            entity = _bracketed(reading.text, replace(entity, type=others.get(name, entity.type)))
            whole = reading.text[entity.start : entity.end]
            if entity.end > end and not _is_office(whole) and not _is_generic(reading.text, entity):
                yield entity
                end = entity.end


def _no_people(reading: Reading) -> dict[str, str]:
    """Names that are mostly no people's: what the tagger takes each for most often.

    A single word counts where it is no part of a person's name; of two kinds as often it is not a person's.
    One that the text has first as the first of a body's name is that body's: Baffinland Iron Mines.
    """
    kinds: dict[str, Counter[str]] = {}
    parts: set[str] = set()
    bodies: dict[str, str] = {}
    for entity in reading.entities:
        name = reading.text[entity.start : entity.end]
        if entity.type in ORGANISATIONS and " " in name and name.partition(" ")[0] not in kinds:
            bodies.setdefault(name.partition(" ")[0], entity.type)
        kinds.setdefault(name, Counter())[entity.type] += 1
        if entity.type == "PERSON" and " " in name:
            parts.update(name.split())
    found = {
        name: kind
        for name, kind in bodies.items()
        if name not in parts and "PERSON" in kinds.get(name, ()) and fold(name) not in given_names()
    }
    for name, seen in kinds.items():
        others = {kind: n for kind, n in seen.items() if kind in ORGANISATIONS or kind in PLACES}
        most = max(others, key=others.__getitem__, default="")
        if most and seen["PERSON"] and name not in parts and others[most] >= seen["PERSON"]:
            found[name] = most
    return found


def _are_people(reading: Reading, entity: Entity) -> bool:
    """Whether a person's name is a noun for several: Prosecutors."""
    words = reading.between(entity.start, entity.end)
    if len(words) != 1:
        return False
    word = reading.words[words[0]]
    return word.xpos in ("NNS", "NNPS") and is_person_noun(word.lemma.lower(), is_name=True)


def _described(reading: Reading) -> set[str]:
    """Single words taken for people's names that have "the" before them wherever they stand: the Amir."""
    after_the: dict[str, bool] = {}
    parts: set[str] = set()
    for entity in reading.entities:
        if entity.type != "PERSON":
            continue
        name = reading.text[entity.start : entity.end]
        if " " in name:
            parts.update(name.split())
            continue
        has_the = _THE.search(reading.text, max(0, entity.start - 4), entity.start) is not None
        # The Biden administration has his name.
        beyond = reading.between(entity.end, entity.end + 20)
        names_thing = bool(beyond) and reading.words[beyond[0]].upos in ("NOUN", "PROPN", "ADJ")
        after_the[name] = after_the.get(name, True) and has_the and not names_thing
    return {name for name, always in after_the.items() if always and name not in parts}


def _is_generic(text: str, entity: Entity) -> bool:
    """The Ministry, the Government: a description with a capital."""
    name = text[entity.start : entity.end].lower()
    if name.startswith("the "):
        return name[4:] in english.ORGANISATION_NOUNS
    if name not in english.ORGANISATION_NOUNS:
        return False
    return _THE.search(text, max(0, entity.start - 4), entity.start) is not None


def in_heading(text: str, entity: Entity) -> bool:
    """Whether a name stands in a line whose words begin with capitals, so that its borders are unsure."""
    start = text.rfind("\n", 0, entity.start) + 1
    end = text.find("\n", entity.end)
    words = text[start : end if end >= 0 else len(text)].split()
    if not 3 <= len(words) <= HEADING_WORDS or words[-1][-1] in '.!?:,”"':
        return False
    weighty = [w for w in words if len(w) > 3]
    return sum(w[0].isupper() for w in weighty) >= HEADING_CAPITALS * max(1, len(weighty))


def _is_office(name: str) -> bool:
    """West Australian Premier, the PM: somebody's office, no body."""
    words = fold(name).split()
    if not words or (len(words) > 1 and words[-1] in kinds("organisations.txt")["companies"]):
        return False
    return words[-1] in english.OFFICES_SHORT or (
        is_person_noun(words[-1], is_name=True) and words[-1] not in english.ORGANISATION_NOUNS
    )


def _bracketed(text: str, entity: Entity) -> Entity:
    """A name with a bracket in it that was cut there: Fatah of Conquest (Fatah) Alliance."""
    start = max(0, entity.start - LONGEST_BRACKETED)
    for found in _BRACKETED.finditer(text, start, entity.end + LONGEST_BRACKETED):
        # Initials in brackets end a name: World Health Organization (WHO) Director.
        if found.start() <= entity.start and entity.end <= found.end() and not found[1].isupper():
            return replace(entity, start=found.start(), end=found.end())
    return entity


def _completed(reading: Reading, entity: Entity) -> Entity:
    """A person's name with the capitalised words that the grammar counts to it: Ti Lian, Ker."""
    words = reading.between(entity.start, entity.end)
    if not words:
        return entity
    last = words[-1]
    while (
        last + 1 < len(reading.words)
        and reading.words[last + 1].deprel in ("flat", "flat:name")
        and reading.words[last + 1].text[:1].isupper()
        and words[0] <= reading.heads[last + 1] <= last
        and reading.entity_of[last + 1] < 0
    ):
        last += 1
    return Entity(entity.start, max(entity.end, reading.words[last].end), entity.type)


def _whole(text: str, entity: Entity) -> Entity:
    """A person's name with what hyphens join to it, its initials and a given name before it."""
    start, end = entity.start, entity.end
    if after := _JOINED_AFTER.match(text, end):
        end = after.end()
    window = max(0, start - 30)
    if (before := _JOINED_BEFORE.search(text[window:start])) or (
        before := _INITIAL_BEFORE.search(text[window:start])
    ):
        start = window + before.start()
    elif (before := _WORD_BEFORE.search(text[window:start])) and (
        _is_forename(before[1]) or _is_family_name(before[1], text[start:end])
    ):
        start = window + before.start(1)
    return Entity(start, end, entity.type)


def _is_family_name(word: str, name: str) -> bool:
    """Whether a word before a name is its family name, which stands first: Hong, Sang Jo."""
    if word.isupper() or word.lower() in english.PRONOUNS:
        return False
    return parse_name(f"{word} {name}").family_first and not parse_name(name).family_first


def _is_forename(word: str) -> bool:
    folded = fold(word)
    # Said Khatibzadeh is a name; “Said Suryadi: …” is not.
    return folded in given_names() and folded not in english.TITLES | {"said"} and not is_person_noun(folded)
