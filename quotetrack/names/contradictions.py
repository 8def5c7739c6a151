"""What parts two names whatever their words are: generation, place, particles, sex; and what leaves a doubt.

`clash` sees at a glance that two plain full names have different words: it decides nothing that the whole
comparison would not, but most names that a search for one name finds share a word with it by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from quotetrack.names import facts
from quotetrack.names.matching import match_given, words_of
from quotetrack.names.parse import Name
from quotetrack.names.scripts import ARABIC
from quotetrack.names.sounds import likeness, one_given_name, phones
from quotetrack.names.text import fold, letters

# Titles that many women bear with their husband's surname.
_WIVES = frozenset(("mrs", "mme", "madame", "señora", "sra", "senhora"))
# Offices that are one under two titles.
_ONE_OFFICE = {"premier": "minister", "pm": "minister", "taoiseach": "minister"}


def clash(a: Name, b: Name) -> str:
    """Why two plain full names are certainly two people's, in words; "" where only a closer look can tell.

    No pairing of the words can do without the first and the last word of the shorter name.
    """
    words_a, words_b = _plain(a), _plain(b)
    if not words_a or not words_b or "".join(words_a) == "".join(words_b):
        return ""
    if len(words_a) > len(words_b):
        a, b, words_a, words_b = b, a, words_b, words_a
    joined_b = [x + y for x, y in pairwise(words_b)]
    if _foreign(words_a[0], words_a[0] + words_a[1], words_b, joined_b):
        return f"different given names: {words_a[0]}, {words_b[0]}"
    if _foreign(words_a[-1], words_a[-2] + words_a[-1], words_b, joined_b):
        return f"different surnames: {a.family}, {b.family}"
    return ""


@lru_cache(maxsize=1 << 15)
def _plain(name: Name) -> tuple[str, ...]:
    """The words of a given name and surname with nothing beside or inside them that asks for more care."""
    beside = name.honorifics or name.particles or name.suffix or name.nickname or name.former
    if beside or name.family_first or not name.forenames or not name.surname:
        return ()
    if any("-" in word for word in (*name.forenames, *name.surname)):
        return ()
    words = words_of(name)
    return tuple(words) if len(words) > 1 else ()


def _foreign(word: str, joined: str, others: Sequence[str], others_joined: Sequence[str]) -> bool:
    """Neither `word` nor it with its neighbour is like a word of the other name, or like two together."""
    return not (
        any(_related(word, other) for other in others)
        or any(_run_together(joined, other) for other in others)
        or any(_run_together(other, word) for other in others_joined)
    )


@lru_cache(maxsize=1 << 16)
def _related(a: str, b: str) -> bool:
    """Two words may be one name in some way, however weak."""
    return likeness(a, b)[1] != "other" or one_given_name(a, b) or bool(match_given(a, b).kind)


def _run_together(joined: str, word: str) -> bool:
    """Two words together may be the other one; more than these ways the whole comparison does not know."""
    return phones(joined) == phones(word) or one_given_name(joined, word)


def contradiction(a: Name, b: Name) -> str:
    """Why two names are certainly two people's by what stands beside their words; "" where nothing is."""
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return f"another generation: {a.suffix} and {b.suffix}"
    place_a, place_b = _place(a), _place(b)
    if place_a and place_b and place_a != place_b:
        return f"of {place_a} and of {place_b}"
    particles_a, particles_b = (set(map(fold, name.particles)) - ARABIC for name in (a, b))
    if not (particles_a <= particles_b or particles_b <= particles_a):
        return f"different particles: {' '.join(a.particles)}, {' '.join(b.particles)}"
    # Two given names say more themselves.
    title_a, title_b = _title_sex(a), _title_sex(b)
    sex_a, sex_b = title_a or (title_b and _given_sex(a)), title_b or (title_a and _given_sex(b))
    return "a man and a woman by title or given name" if {sex_a, sex_b} == {"m", "f"} else ""


def doubt(a: Name, b: Name) -> str:
    """Why two names whose words agree may still be two people's."""
    one, other = (a, b) if a.suffix else (b, a)
    if one.suffix and not other.suffix and other.forenames and other.surname and not _more_formal(one, other):
        return f"only one of them is {one.suffix}"
    for one, other in ((a, b), (b, a)):
        numbered = one.suffix and not other.suffix
        if numbered and _place(other):
            return f"only one of them is said to be of {_place(other)}"
        woman = _title_sex(other) == "f" or _given_sex(other) == "f"
        if not one.forenames and titles(one) & _WIVES and not woman:
            return "one of them may be the other's wife"
        bare = not one.forenames and not other.forenames
        if bare and (x := _offices(one)) and (y := _offices(other)) and not x & y:
            return "the same surname, but another office"
    if a.forenames and a.surname and b.forenames and b.surname and len(a.forenames) != len(b.forenames):
        keys = {f"{letters(name.forenames[0])} {letters(name.surname[-1])}" for name in (a, b)}
        if keys & facts.kinds("surnames.txt")["namesakes"]:
            return "several people have this name but for the middle initial"
    return ""


def _more_formal(one: Name, other: Name) -> bool:
    """Who adds his "Jr." does so with a fuller name ("Joseph R. Biden Jr."), or both give the middle name.

    "Rob" is no more formal than "Bob".
    """
    first, second = letters(one.forenames[0]) if one.forenames else "", letters(other.forenames[0])
    fuller = len(one.forenames) > len(other.forenames)
    full_form = first != second and first in facts.full_forms().get(second, ())
    both_formal = one.suffix == "jr" and min(len(one.given), len(other.given)) > 1 and first not in LEADING
    known_as = letters(one.nickname) == second
    return fuller or full_form or both_formal or known_as


# Forenames that are the first half of double ones, or so common before another that they tell nothing.
LEADING = facts.kinds("parts.txt")["leading"]


def _place(name: Name) -> str:
    """The country or town at the end: "King Abdullah II of Jordan" → "jordan"; "" where none is named."""
    _, _, place = fold(name.text).partition(" of ")
    return facts.places().get(place.strip(), "")


def titles(name: Name) -> frozenset[str]:
    return frozenset(fold(word).rstrip(".") for word in name.honorifics)


def _offices(name: Name) -> frozenset[str]:
    """The heads of the offices beside a name, "premier" as "minister"."""
    heads = facts.kinds("offices.txt")["heads"]
    return frozenset(_ONE_OFFICE.get(title, title) for title in titles(name) if title in heads)


def _title_sex(name: Name) -> str:
    kinds = facts.kinds("honorifics.txt")
    male, female = titles(name) & kinds["male"], titles(name) & kinds["female"]
    return "" if bool(male) == bool(female) else "m" if male else "f"


def _given_sex(name: Name) -> str:
    return "" if not name.forenames or name.family_first else facts.sex(letters(name.forenames[0]))
