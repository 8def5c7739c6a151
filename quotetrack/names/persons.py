"""Are two names one person's? Parts are compared with their like; one contradiction is enough to part them.

What decides:

- Two full names are one where every part that both have agrees: the surname and the first given name by
  spelling, sound, nickname or initial, and middle names too. A part that only one has ("Joseph R. Biden")
  contradicts nothing (`full_names`). A different given name, initial, suffix or sex parts them however close
  the letters (`contradictions`).
- A name of one word is the person of a full name that has it, where the word tells enough (`mononyms`).
- Names with the family name first are compared by how their languages are romanised (`east_asian`).
- Two spellings are one name's where it comes out of another script or an umlaut is written out; else ("Thomas
  Müller", "Thomas Möller") the answer is None (`scripts`). How German, French and Thai spell other names is
  told by `spelling`.
- "Jr." on one side only is passed over where that side is altogether the more formal ("Joe Biden", "Joseph R.
  Biden Jr.") or both have the middle name ("Martin Luther King"); where the names are otherwise the same it
  may well be the father, and the answer is None.
"""

from __future__ import annotations

from dataclasses import replace

from quotetrack.names import facts
from quotetrack.names.abjads import is_abjad
from quotetrack.names.contradictions import clash, contradiction, doubt
from quotetrack.names.east_asian import compare_family_first, compare_turned, other_tones
from quotetrack.names.full_names import compare_full
from quotetrack.names.matching import WEIGHT, as_letters
from quotetrack.names.mononyms import compare_mononym
from quotetrack.names.parse import DOUBTFUL_PARTICLES, Name
from quotetrack.names.scripts import has_many_readings, in_other_script
from quotetrack.names.spelling import is_marked, spelt_as
from quotetrack.names.text import fold, letters
from quotetrack.names.verdict import DIFFERENT, DOUBTFUL, FAR, UNSURE, Comparison

_OTHER_SCRIPT = "a script that may be read in other ways"


def apart_at_once(a: Name, b: Name) -> str:
    """Why `compare_persons` will say that these are two people, where that shows before all else."""
    return "" if is_marked(a) or is_marked(b) else clash(a, b)


def compare_persons(a: Name, b: Name) -> Comparison:
    """Compare two parsed names of people; see the module's account of what decides."""
    if other_tones(a, b):
        return Comparison(False, DIFFERENT, ("Vietnamese names, and every accent tells",))
    if is_marked(a) or is_marked(b):
        # Where each is spelt by another language, it matters whose spelling both get.
        a, b = sorted((a, b), key=lambda name: name.text)
        a = spelt_as(a, b)
        b = spelt_as(b, a)
    if reason := clash(a, b):
        if _leaves_room(a, b):
            return Comparison(None, FAR, (_OTHER_SCRIPT, reason))
        return Comparison(False, DIFFERENT, (reason,))
    if not (a.is_plain and b.is_plain):
        a, b = _reread(a, b), _reread(b, a)
    if reason := contradiction(a, b):
        return Comparison(False, DIFFERENT, (reason,))
    verdict = _compare_words(a, b)
    if verdict.same is False and _leaves_room(a, b):
        return Comparison(None, FAR, (_OTHER_SCRIPT, *verdict.reasons))
    if verdict.same and is_abjad(a.text) != is_abjad(b.text) and _is_unread(a, b):
        return Comparison(None, DOUBTFUL, ("vowels that are not written", *verdict.reasons))
    if verdict.same and in_other_script(a) != in_other_script(b):
        verdict = replace(verdict, score=min(verdict.score, WEIGHT["spelling"]))
    if verdict.same and (reason := doubt(a, b)):
        return Comparison(None, min(verdict.score, DOUBTFUL), (reason, *verdict.reasons))
    return verdict


def _leaves_room(a: Name, b: Name) -> bool:
    """One name is in a script that says too little of how it is read to be surely another."""
    if in_other_script(a) == in_other_script(b):
        return False
    if has_many_readings(a) or has_many_readings(b):
        return True
    unvowelled = is_abjad(a.text) or is_abjad(b.text)
    return unvowelled and not set(a.words).isdisjoint(b.words)


def _is_unread(*names: Name) -> bool:
    """A word in Arabic or Hebrew letters fits none of the other name."""
    return any(is_abjad(word) for name in names for word in (*name.forenames, *name.surname))


def _compare_words(a: Name, b: Name) -> Comparison:
    words_a, words_b = a.words, b.words
    if not words_a or not words_b:
        return Comparison(None, UNSURE, ("one of them is an office or nothing, no name",))
    if len(words_a) + len(words_b) > 2 and a.joined == b.joined:
        return Comparison(True, 1.0, ("the same letters",))
    for one, other in ((a, b), (b, a)):
        if other.nickname and letters(one.full) == letters(other.nickname):
            return Comparison(True, WEIGHT["nickname"], (f"{other.nickname} is given as a nickname",))
    if len(words_a) == 1 or len(words_b) == 1:
        return compare_mononym(a, b) if len(words_a) == 1 else compare_mononym(b, a)
    if a.family_first or b.family_first:
        return compare_family_first(a, b)
    verdict = compare_full(a, b)
    return verdict if verdict.same else compare_turned(a, b) or verdict


def _reread(name: Name, other: Name) -> Name:
    """ "Van Rompuy" beside "Herman Van Rompuy" is a surname, though "Van" can be a given name."""
    if len(name.forenames) == 1:
        word = fold(name.forenames[0])
        if word in DOUBTFUL_PARTICLES and word in map(fold, other.particles):
            return replace(name, forenames=(), particles=(*name.forenames, *name.particles))
    # "Raja Shehadeh" beside "Aziz Shehadeh": Raja is his name, no title.
    alone = letters(name.honorifics[0]) if len(name.honorifics) == 1 and not name.forenames else ""
    named = alone in facts.given_names() and alone not in as_letters(other.honorifics)
    if named and other.forenames and as_letters(name.surname) == as_letters(other.surname):
        return replace(name, honorifics=(), forenames=name.honorifics)
    # "Villanueva Cruz" beside "Villanueva-Cruz"
    if len(name.forenames) > 1 and name.surname and other.surname and "-" in other.surname[-1]:
        double = (name.forenames[-1], name.surname[-1])
        if "".join(map(letters, double)) == letters(other.surname[-1]):
            return replace(name, forenames=name.forenames[:-1], surname=("-".join(double),))
    # "Ben Saleh" beside "Bensalah"
    if name.particles and other.surname and name.surname:
        fused, start = letters(other.surname[0]), letters(name.particles[-1])
        if start in ("ben", "bin") and not other.particles and fused.startswith(("ben", "bin")):
            surname = (f"ben{name.surname[0]}", *name.surname[1:])
            return replace(name, particles=name.particles[:-1], surname=surname)
    # "Jean-Claude" beside "Jean Claude", "Spyridon-Adonis" beside "Adonis"
    parts = fold(name.forenames[0]).split("-") if name.forenames else []
    by_last = len(parts) > 1 and parts[-1] == _first(other) and not parts[0].startswith("abd")
    if (by_last or len(other.forenames) > 1) and not any("-" in word for word in other.forenames):
        forenames = tuple(part for word in name.forenames for part in word.split("-") if part)
        return replace(name, forenames=forenames)
    return name


def _first(name: Name) -> str:
    return fold(name.forenames[0]) if name.forenames else ""
