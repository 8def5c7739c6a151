"""One word against a name: a surname, a given name, a nickname or initials alone.

- A bare surname is the person of a full name with that surname, unless it is among the world's commonest, or
  one that several people in the news share (`data/surnames.txt`): then names alone cannot tell.
- A bare given name is its bearer's only where it is a rare one ("Abiy", "Lula").
"""

from __future__ import annotations

from quotetrack.names import facts
from quotetrack.names.matching import NO_MATCH, WEIGHT, Match, as_letters, match_given, match_words
from quotetrack.names.parse import Name
from quotetrack.names.scripts import one_way_written
from quotetrack.names.sounds import likeness
from quotetrack.names.text import fold
from quotetrack.names.verdict import DIFFERENT, FAR, UNSURE, Comparison

BARE = 0.78  # a surname alone against a full name
RARE_GIVEN = 0.72  # a rare given name alone against a full name
TWICE_ALONE = 0.9  # the same single word twice
_SPELT = ("same", "sound", "spelling")
_FATHERS = frozenset(("bin", "ibn", "ben"))


def compare_mononym(one: Name, other: Name) -> Comparison:
    """A name of one word against any other."""
    word, words = one.words[0], other.words
    if len(words) == 1:
        return _two_mononyms(one, other)
    if one.full.isupper() and len(word) > 2 and word == other.acronym:
        return Comparison(True, RARE_GIVEN, (f"the initials of {other.full}",))
    surname = as_letters(other.surname or other.forenames)
    # "Mohseni-Ejei" of "Gholamhossein Mohseni Ejei"
    double = "".join(words[-2:] if "-" in one.full else surname)
    best = max((match_words(word, part) for part in dict.fromkeys((*surname, double))), key=_weight)
    if best.kind and not one.forenames:
        return _surname_alone(one, other, best)
    return _given_alone(one, other)


def _weight(match: Match) -> float:
    return WEIGHT.get(match.kind, 0)


def _surname_alone(one: Name, other: Name, match: Match) -> Comparison:
    word = one.words[0]
    kind = _kind(one) or ("" if other.family_first else facts.surname_kind(other.surname[-1:]))
    # "Salman" is no "Mohammed bin Salman", but "Ben Bella" is "Ahmed Ben Bella".
    if not one.particles and other.particles and fold(other.particles[-1]) in _FATHERS:
        return Comparison(None, FAR, (f"{word} may be only the father of {other.full}",))
    if kind:
        return Comparison(None, UNSURE, (f"{word} is a {kind} surname, too little to tell", match.reason))
    if match.kind not in _SPELT or not _one_spelling(one, other, match.kind):
        return Comparison(None, UNSURE, ("surnames that no transliteration makes one", match.reason))
    return Comparison(True, BARE * WEIGHT[match.kind], (f"the surname of the other: {match.reason}",))


def _given_alone(one: Name, other: Name) -> Comparison:
    word, forenames = one.words[0], [word for word in as_letters(other.forenames) if len(word) > 1]
    best = max((match_given(word, forename) for forename in forenames), key=_weight, default=NO_MATCH)
    if best.kind in (*_SPELT, "nickname"):
        royal = facts.kinds("honorifics.txt")["royal"]
        if best.kind in _SPELT and one.titles & other.titles & royal:
            return Comparison(True, RARE_GIVEN, ("the same first name, both royal",))
        if best.kind != "same" or _is_given(word) or _kind(one):
            return Comparison(None, FAR, (f"a given name alone: {best.reason}",))
        return Comparison(True, RARE_GIVEN, (f"a rare given name of the other: {best.reason}",))
    return Comparison(False, DIFFERENT, (f"{word} is no part of {other.full}",))


def _two_mononyms(one: Name, other: Name) -> Comparison:
    word, second = one.words[0], other.words[0]
    match = match_words(word, second)
    if not match.kind:
        near = likeness(word, second)[1] in ("near", "spelling", "typing")
        return Comparison(None if near else False, FAR if near else DIFFERENT, (f"{word} is not {second}",))
    if match.kind not in _SPELT or not _one_spelling(one, other, match.kind):
        return Comparison(None, UNSURE, (match.reason,))
    lists = facts.kinds("honorifics.txt")
    royal = [name.titles & lists["royal"] for name in (one, other)]
    if all(royal) and not royal[0] & royal[1]:
        return Comparison(None, UNSURE, (f"the same name, another rank: {match.reason}",))
    ranked = any(royal) or not (one.titles | other.titles).isdisjoint(lists["pontiff"])
    numbered = one.suffix != "" and one.suffix == other.suffix
    if not (all(royal) or numbered) and (_kind(one) or _kind(other) or (_is_given(word) and not ranked)):
        return Comparison(None, UNSURE, (f"the same name, but several people have it: {word}",))
    return Comparison(True, TWICE_ALONE * WEIGHT[match.kind], (match.reason,))


def _kind(name: Name) -> str:
    """How little the one word tells as a surname, with its particle or without."""
    return facts.surname_kind((*name.particles, name.words[0])) or facts.surname_kind(name.words[:1])


def _is_given(word: str) -> bool:
    return word in facts.given_names() or word in facts.kinds("parts.txt")["burmese"]


def _one_spelling(one: Name, other: Name, kind: str) -> bool:
    return one_way_written(one, other, one.words[0], other.words[-1], kind)
