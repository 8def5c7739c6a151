"""What parts two names whatever their words are: generation, place, particles, sex; and what leaves a doubt.

`clash` sees at a glance that two plain full names have different words: it decides nothing that the whole
comparison would not, but most names that a search for one name finds share a word with it by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from quotetrack.names import facts
from quotetrack.names.matching import match_given
from quotetrack.names.parse import Name
from quotetrack.names.scripts import ARABIC
from quotetrack.names.sounds import kept, likeness, one_given_name, one_surname, phones
from quotetrack.names.text import fold, letters

# Titles that many women bear with their husband's surname.
_WIVES = frozenset(("mrs", "mme", "madame", "señora", "sra", "senhora"))
# "Sr." is a Señor or a Sister.
_EITHER = frozenset(("sr",))
# Offices that are one under two titles.
_ONE_OFFICE = {"premier": "minister", "pm": "minister", "taoiseach": "minister"}


def clash(a: Name, b: Name) -> str:
    """Why two plain full names are certainly two people's, in words; "" where only a closer look can tell.

    No pairing of the words can do without the first and the last word of the shorter name.
    """
    words_a, words_b = a.words, b.words
    if not (_is_full(a) and _is_full(b)) or "".join(words_a) == "".join(words_b):
        return ""
    if len(words_a) > len(words_b):
        a, b, words_a, words_b = b, a, words_b, words_a
    # Two words of the one that has no fewer may be one of the other: then it is the shorter.
    if len(words_a) > 2 and any(_run_together(x + y, word) for x, y in pairwise(words_a) for word in words_b):
        return ""
    joined_b = [x + y for x, y in pairwise(words_b)]
    if _foreign(words_a[0], words_a[0] + words_a[1], words_b, joined_b):
        return f"different given names: {words_a[0]}, {words_b[0]}"
    if _foreign(words_a[-1], words_a[-2] + words_a[-1], words_b, joined_b):
        return f"different surnames: {a.family}, {b.family}"
    return ""


def _is_full(name: Name) -> bool:
    return name.is_plain and len(name.words) > 1 and bool(name.forenames) and bool(name.surname)


def _foreign(word: str, joined: str, others: Sequence[str], others_joined: Sequence[str]) -> bool:
    """Neither `word` nor it with its neighbour is like a word of the other name, or like two together."""
    for other in others:
        if _related(word, other) or _run_together(joined, other):
            return False
    return not any(_run_together(other, word) for other in others_joined)


@lru_cache(maxsize=1 << 16)
def _related(a: str, b: str) -> bool:
    """Two words may be one name in some way, however weak."""
    alike = likeness(a, b)[1] != "other" or one_given_name(a, b)
    # Words that neither sound nor begin alike are one by a list only, or by what Arabic sets before one.
    if alike or (a[0] != b[0] and min(len(a), len(b)) > 1 and a[0] not in "ae" and b[0] not in "ae"):
        return alike or one_surname(a, b)
    return bool(match_given(a, b).kind)


def _run_together(joined: str, word: str) -> bool:
    """Two words together may be the other one; more than these ways the whole comparison does not know."""
    return (kept(joined) == kept(word) and phones(joined) == phones(word)) or one_given_name(word, joined)


def contradiction(a: Name, b: Name) -> str:
    """Why two names are certainly two people's by what stands beside their words; "" where nothing is."""
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return f"another generation: {a.suffix} and {b.suffix}"
    place_a, place_b = _place(a.text), _place(b.text)
    if place_a and place_b and place_a != place_b:
        return f"of {place_a} and of {place_b}"
    if a.is_plain and b.is_plain:
        return ""
    particles_a, particles_b = (set(map(fold, name.particles)) - ARABIC for name in (a, b))
    if not (particles_a <= particles_b or particles_b <= particles_a):
        return f"different particles: {' '.join(a.particles)}, {' '.join(b.particles)}"
    # Two given names say more themselves.
    title_a, title_b = _title_sex(a), _title_sex(b)
    sex_a = title_a or (title_b and facts.certain_sex(_given(a)))
    sex_b = title_b or (title_a and facts.certain_sex(_given(b)))
    return "a man and a woman by title or given name" if {sex_a, sex_b} == {"m", "f"} else ""


def doubt(a: Name, b: Name) -> str:
    """Why two names whose words agree may still be two people's."""
    one, other = (a, b) if a.suffix else (b, a)
    if one.suffix and not other.suffix and other.forenames and other.surname and not _more_formal(one, other):
        return f"only one of them is {one.suffix}"
    for one, other in ((a, b), (b, a)):
        numbered = one.suffix and not other.suffix
        if numbered and _place(other.text):
            return f"only one of them is said to be of {_place(other.text)}"
        wife = not one.forenames and not one.titles.isdisjoint(_WIVES)
        # A double surname is mostly the wife's alone.
        wife = wife and "-" not in one.surname[-1]
        if wife and "f" not in (_title_sex(other), facts.sex(_given(other))):
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


def _place(text: str) -> str:
    """The country or town at the end: "King Abdullah II of Jordan" → "jordan"; "" where none is named."""
    _, _, place = fold(text).partition(" of ")
    return facts.places().get(place.strip(), "") if place else ""


def _offices(name: Name) -> frozenset[str]:
    """The heads of the offices beside a name, "premier" as "minister"."""
    heads = facts.kinds("offices.txt")["heads"]
    return frozenset(_ONE_OFFICE.get(title, title) for title in name.titles if title in heads)


def _title_sex(name: Name) -> str:
    kinds = facts.kinds("honorifics.txt")
    male, female = name.titles & kinds["male"] - _EITHER, name.titles & kinds["female"]
    return "" if bool(male) == bool(female) else "m" if male else "f"


def _given(name: Name) -> str:
    return "" if not name.forenames or name.family_first else letters(name.forenames[0])
