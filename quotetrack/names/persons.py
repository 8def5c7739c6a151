"""Are two names one person's? Parts are compared with their like; one contradiction is enough to part them.

What decides:

- Two full names are one where every part that both have agrees: the surname and the first given name by
  spelling, sound, nickname or initial, and middle names too. A part that only one has ("Joseph R. Biden")
  contradicts nothing. A different given name, initial, suffix or sex parts them however close the letters.
- A bare surname ("Prime Minister Kadhimi") is the person of a full name with that surname, unless the surname
  is among the world's commonest, or is one that several people in the news share (`data/surnames.txt`,
  "common" and "shared"): then the names alone cannot tell, and the answer is None.
- A bare given name is its bearer's only where it is a rare one ("Abiy", "Lula").
- Two spellings are one name's where it comes out of another script or an umlaut is written out; else ("Thomas
  Müller", "Thomas Möller") the answer is None (`scripts`).
- "Jr." on one side only is passed over where that side is altogether the more formal ("Joe Biden", "Joseph R.
  Biden Jr.") or both have the middle name ("Martin Luther King"); where the names are otherwise the same it
  may well be the father, and the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from quotetrack.names import facts
from quotetrack.names.parse import DOUBTFUL_PARTICLES, PARTICLES, VIETNAMESE, Name, is_iberian
from quotetrack.names.scripts import (
    ARABIC,
    JAPANESE,
    alone_one_name,
    one_way_written,
    short_vowels,
    surely_foreign,
)
from quotetrack.names.sounds import (
    FRENCH,
    GERMAN,
    SHORT,
    SPELT_IN_FRENCH,
    SPELT_IN_GERMAN,
    differ_in_sex,
    known_apart,
    likeness,
    loosely_spelt,
    one_given_name,
    one_surname,
    phones,
    read_alike,
)
from quotetrack.names.text import fold, letters, write_english, write_out
from quotetrack.names.verdict import Comparison

# How much a kind of agreement weighs. Set by hand in this order, checked on tests/data/name_pairs.tsv.
WEIGHT = {
    "same": 1.0,
    "sound": 0.97,
    "nickname": 0.95,
    "spelling": 0.92,
    "typing": 0.85,
    "initial": 0.8,
}
BARE = 0.78  # a surname alone against a full name
RARE_GIVEN = 0.72  # a rare given name alone against a full name
LONGER = 0.85  # a surname that goes on ("García", "García Márquez")
LATER_NAME = 0.76  # known by a later forename ("Mitt", "Willard Mitt")
LOOSE = 0.84  # surnames whose vowels two romanisations write differently ("Levochkin", "Lyovochkin")
TURNED = 0.88  # family name first against last
# In families that are in the news, a given name has to be spelt this much alike: "Shahbaz" and "Shehbaz" are
# one (0.94), "Ninoy" and "Noynoy" two (0.92).
SURE_SPELLING = 0.93
# A given name cut off to this length can be its bearer's short one.
SHORTENED = 4
UNSURE = 0.5
FAR = 0.3  # two bare names that are only somewhat alike
DIFFERENT = 0.05

# Forenames that are the first half of double ones, or so common before another that they tell nothing.
_LEADING = facts.kinds("parts.txt")["leading"]
_BURMESE = facts.kinds("parts.txt")["burmese"]
# Middle names that many have and many leave out, as "Singh".
_FILLERS = facts.kinds("parts.txt")["fillers"]
# Titles that many women bear with their husband's surname.
_PATRONYMIC = frozenset(("bin", "ibn", "ben"))
_WIVES = frozenset(("mrs", "mme", "madame", "señora", "sra", "senhora"))


def _letters(words: Sequence[str]) -> list[str]:
    return [letters(word) for word in words if letters(word)]


@dataclass(frozen=True, slots=True)
class _Match:
    kind: str
    reason: str


def compare_persons(a: Name, b: Name) -> Comparison:
    """Compare two parsed names of people; see the module's account of what decides."""
    if _other_tones(a, b):
        return Comparison(False, DIFFERENT, ("Vietnamese names, and every accent tells",))
    a, b = _written_alike(a, b), _written_alike(b, a)
    a, b = _read_alike(a, b), _read_alike(b, a)
    if clash := _clash(a, b):
        return Comparison(False, DIFFERENT, (clash,))
    a, b = _reread(a, b), _reread(b, a)
    for one, other in ((a, b), (b, a)):
        if _is_surname_of(one, other):
            return Comparison(True, BARE, (f"the double surname of {other.full}",))
    if a.is_office or b.is_office:
        return Comparison(None, 0.2, ("one of them names an office, no person",))
    if apart := _contradiction(a, b):
        return Comparison(False, DIFFERENT, (apart,))
    verdict = _compare_parts(a, b)
    if verdict.same and (doubt := _doubt(a, b)):
        return Comparison(None, min(verdict.score, 0.6), (doubt, *verdict.reasons))
    return verdict


def _written_alike(name: Name, other: Name) -> Name:
    """The name with its umlauts as two letters where the other writes them so ("Söder", "Soeder")."""
    if name.text.isascii():
        return name
    known = set(_words(other))

    def write(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            next((full for full in (write_out(word), write_english(word)) if letters(full) in known), word)
            for word in words
        )

    return replace(name, forenames=write(name.forenames), surname=write(name.surname))


def _read_alike(name: Name, other: Name) -> Name:
    """The name with the other's spelling of each word that only German or French spells in another way."""
    words = [letters(word) for word in (*other.forenames, *other.surname)]
    for spelling, mark in ((GERMAN, SPELT_IN_GERMAN), (FRENCH, SPELT_IN_FRENCH)):
        if mark.search(name.text) and not mark.search(other.text):
            forenames, surname = (
                tuple(
                    next((word for word in words if read_alike(word, letters(part), spelling)), part)
                    for part in parts
                )
                for parts in (name.forenames, name.surname)
            )
            name = replace(name, forenames=forenames, surname=surname)
    return name


def _other_tones(a: Name, b: Name) -> bool:
    """ "Nguyễn Văn Hùng", "Nguyễn Văn Hưng": both are written with their accents, and they differ."""
    accented = not (a.text.isascii() or b.text.isascii()) and a.text.lower() != b.text.lower()
    return accented and _words(a) == _words(b) and bool(VIETNAMESE.intersection(_letters(a.surname)))


def _clash(a: Name, b: Name) -> str:
    """Why two plain full names are certainly two people's, in words; "" where only a closer look can tell.

    Most names that a search for one name finds share one word with it by chance. They part as in the whole
    comparison, at a tenth of its cost: no pairing of the words can do without the first and the last word of
    the shorter name.
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
    words = _words(name)
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
    return likeness(a, b)[1] != "other" or one_given_name(a, b) or bool(_alike_given(a, b).kind)


def _run_together(joined: str, word: str) -> bool:
    """Two words together may be the other one; more than these ways the whole comparison does not know."""
    return phones(joined) == phones(word) or one_given_name(joined, word)


def _reread(name: Name, other: Name) -> Name:
    """ "Van Rompuy" beside "Herman Van Rompuy" is a surname, though "Van" can be a given name."""
    if len(name.forenames) == 1:
        word = fold(name.forenames[0])
        if word in DOUBTFUL_PARTICLES and word in map(fold, other.particles):
            return replace(name, forenames=(), particles=(*name.forenames, *name.particles))
    # "Le Maire" beside "Bruno Le Maire"
    if name.family_first and set(map(fold, name.surname)) <= set(map(fold, other.particles)):
        return replace(name, particles=name.surname, surname=name.forenames, forenames=(), family_first=False)
    # "Amir Bukhari" beside "Ali Bukhari": Amir is his name, no title.
    alone = letters(name.honorifics[0]) if len(name.honorifics) == 1 and not name.forenames else ""
    named = alone in facts.given_names() and alone not in _letters(other.honorifics)
    if named and other.forenames and _letters(name.surname) == _letters(other.surname):
        return replace(name, honorifics=(), forenames=name.honorifics)
    # "Jean-Claude" beside "Jean Claude"
    if len(other.forenames) > 1 and not any("-" in word for word in other.forenames):
        forenames = tuple(part for word in name.forenames for part in word.split("-") if part)
        return replace(name, forenames=forenames)
    return name


def _is_surname_of(one: Name, other: Name) -> bool:
    """ "Perez Reverte" of "Arturo Pérez-Reverte", but "Levi Strauss" is a name of his own."""
    words, double = _words(one), other.surname[-1:] if other.forenames else ()
    if len(words) < 2 or words[0] in facts.given_names():
        return False
    return bool(double) and "-" in double[0] and "".join(words) == letters(double[0])


def _contradiction(a: Name, b: Name) -> str:
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return f"another generation: {a.suffix} and {b.suffix}"
    titles_a, titles_b = _titles(a), _titles(b)
    kinds = facts.kinds("honorifics.txt")
    if (titles_a & kinds["pontiff"] and titles_b & kinds["royal"]) or (
        titles_b & kinds["pontiff"] and titles_a & kinds["royal"]
    ):
        return "a church's head and a monarch"
    place_a, place_b = _place(a), _place(b)
    if place_a and place_b and place_a != place_b:
        return f"of {place_a} and of {place_b}"
    particles_a, particles_b = (set(map(fold, name.particles)) - ARABIC for name in (a, b))
    if not (particles_a <= particles_b or particles_b <= particles_a):
        return f"different particles: {' '.join(a.particles)}, {' '.join(b.particles)}"
    sex_a, sex_b = _title_sex(titles_a), _title_sex(titles_b)
    if {sex_a or (_given_sex(a) if sex_b else ""), sex_b or (_given_sex(b) if sex_a else "")} == {"m", "f"}:
        return "a man and a woman by title or given name"
    return ""


def _place(name: Name) -> str:
    """The country or town at the end: "King Abdullah II of Jordan" → "jordan"; "" where none is named."""
    _, _, place = fold(name.text).partition(" of ")
    return facts.places().get(place.strip(), "")


def _first(name: Name) -> str:
    return letters(name.forenames[0]) if name.forenames else ""


def _titles(name: Name) -> frozenset[str]:
    return frozenset(fold(word).rstrip(".") for word in name.honorifics)


def _offices(name: Name) -> frozenset[str]:
    """The heads of the offices beside a name, "premier" as "minister"."""
    one = {"premier": "minister", "pm": "minister", "taoiseach": "minister"}
    heads = facts.kinds("offices.txt")["heads"]
    return frozenset(one.get(title, title) for title in _titles(name) if title in heads)


def _title_sex(titles: frozenset[str]) -> str:
    kinds = facts.kinds("honorifics.txt")
    male, female = titles & kinds["male"], titles & kinds["female"]
    return "" if bool(male) == bool(female) else "m" if male else "f"


def _given_sex(name: Name) -> str:
    return "" if not name.forenames or name.family_first else _sex(letters(name.forenames[0]))


def _sex(given: str) -> str:
    sexes = facts.kinds("given.txt")
    male, female = given in sexes["m"], given in sexes["f"]
    return "" if male == female else "m" if male else "f"


def _opposite(a: str, b: str) -> bool:
    """One is a man's name and the other a woman's, as the lists have them ("Chris", "Christine")."""
    return {_sex(a), _sex(b)} == {"m", "f"}


def _doubt(a: Name, b: Name) -> str:
    """Why two names that agree may still be two people's."""
    royal = facts.kinds("honorifics.txt")["royal"]
    one, other = (a, b) if a.suffix else (b, a)
    if one.suffix and not other.suffix and other.forenames and other.surname:
        first, others = _first(one), facts.full_forms().get(letters(other.forenames[0]), ())
        # "Rob" is no more formal than "Bob".
        more_formal = len(one.forenames) > len(other.forenames) or (
            first in others and first != letters(other.forenames[0])
        )
        known_as = letters(one.nickname) == letters(other.forenames[0])
        formal_both = (
            one.suffix == "jr" and first not in _LEADING and len(one.given) > 1 and len(other.given) > 1
        )
        if not (more_formal or formal_both or known_as) or (
            _surname_kind(one.surname) == "shared" and len(other.forenames) > 1
        ):
            return f"only one of them is {one.suffix}"
    for one, other in ((a, b), (b, a)):
        numbered = one.suffix and not other.suffix and _titles(one) & _titles(other) & royal
        if numbered and _place(other) and not _place(one):
            return f"only one of them is said to be of {_place(other)}"
        surnames_only = not one.forenames and not other.forenames
        offices = [_offices(name) for name in (one, other)]
        if surnames_only and all(offices) and not offices[0] & offices[1]:
            return "the same surname, but another office"
        if surnames_only and _titles(one) & _WIVES and not _title_sex(_titles(other)):
            return "one of them may be the other's wife"
    if len(a.forenames) != len(b.forenames) and a.surname and b.surname and a.forenames and b.forenames:
        keys = {f"{letters(name.forenames[0])} {letters(name.surname[-1])}" for name in (a, b)}
        if keys & facts.kinds("surnames.txt")["namesakes"]:
            return "several people have this name but for the middle initial"
    return ""


def _surname_kind(words: Sequence[str]) -> str:
    """ "common", "shared" or "" (distinctive)."""
    lists = facts.kinds("surnames.txt")
    name = " ".join(fold(word) for word in words)
    return next((kind for kind in ("shared", "common") if name in lists[kind]), "")


def _compare_parts(a: Name, b: Name) -> Comparison:
    words_a, words_b = _words(a), _words(b)
    if not words_a or not words_b:
        return Comparison(None, UNSURE, ("no letters to compare",))
    if len(words_a) + len(words_b) > 2 and _joined(a) == _joined(b):
        return Comparison(True, 1.0, ("the same letters",))
    if len(words_a) == 1 or len(words_b) == 1:
        return _single(a, b) if len(words_a) == 1 else _single(b, a)
    if "".join(words_a) == "".join(words_b):
        return Comparison(True, 1.0, ("the same letters",))
    if a.family_first or b.family_first:
        return _family_first(a, b)
    verdict = _full(a, b)
    if verdict.same is not True and (turned := _turned(words_a, words_b)):
        return turned
    return verdict


def _words(name: Name) -> list[str]:
    return _letters((*name.forenames, *name.surname))


def _joined(name: Name) -> str:
    return "".join(_letters((*name.forenames, *name.particles, *name.surname)))


# --- one word against a name -------------------------------------------------------------------------------


def _single(one: Name, other: Name) -> Comparison:
    """A name of one word against any other."""
    word = _words(one)[0]
    words = _words(other)
    if other.nickname and letters(one.full) == letters(other.nickname):
        return Comparison(True, WEIGHT["nickname"], (f"{other.nickname} is given as a nickname",))
    lists = facts.kinds("surnames.txt")
    known = _surname_kind((*one.particles, word)) or _surname_kind((word,))
    ranks = facts.kinds("honorifics.txt")
    titled = not _titles(one).isdisjoint(ranks["royal"] | ranks["pontiff"])
    if len(words) == 1:
        known = known or _surname_kind((words[0],))
        return _two_single(one, other, word, words[0], known, titled)
    if one.full.isupper() and len(word) > 2 and word == other.acronym:
        return Comparison(True, RARE_GIVEN, (f"the initials of {other.full}",))
    surname = other.surname or other.forenames
    if ARABIC & set(map(fold, other.particles)):
        # "Al-Jaber" alone is no "Nawaf Al-Ahmad Al-Jaber Al-Sabah".
        surname = surname[-1:]
    best = max(
        (_alike_word(word, part) for part in (*_letters(surname), "".join(_letters(surname)))), key=_rank
    )
    if other.family_first and other.surname and fold(other.surname[0]) in lists["family_first"]:
        last = _alike_word(word, _letters(other.forenames)[-1])
        whole = _alike_word(word, "".join(_letters(other.forenames)))
        best = max(
            best, whole, last if last.kind == "same" and len(other.forenames) > 1 else whole, key=_rank
        )
    if _fathers_name(one) and not _PATRONYMIC & set(map(fold, other.particles)):
        best = _Match("", "")
    if _fathers_name(other) and not _fathers_name(one):
        return Comparison(None, 0.4, (f"{word} may be only the father of {other.full}",))
    if best.kind in ("same", "sound", "spelling") and not one.forenames:
        known = known or ("" if other.family_first else _surname_kind(_letters(surname)[-1:]))
        if known == "common":
            return Comparison(None, UNSURE, (f"{word} is too common a surname to tell",))
        if known == "shared":
            return Comparison(None, UNSURE, (f"several people in the news are called {word}",))
        if best.kind != "same" and not alone_one_name(one, other, best.kind):
            return Comparison(None, UNSURE, ("surnames that no transliteration makes one", best.reason))
        if _initial_only(other) and best.kind != "same":
            return Comparison(None, UNSURE, ("little more than a surname, and spelt differently",))
        return Comparison(True, BARE * WEIGHT[best.kind], (f"the surname of the other: {best.reason}",))
    if best.kind == "typing":
        return Comparison(None, UNSURE, (f"a surname alone, spelt differently: {best.reason}",))
    forenames = _letters(other.forenames)
    royal_other = bool(_titles(other) & _titles(one) & facts.kinds("honorifics.txt")["royal"])
    for position, forename in enumerate(forenames):
        match = _alike_word(word, forename)
        if match.kind not in ("same", "sound", "spelling") or len(forename) < 3:
            continue
        if titled and royal_other and position == 0:
            return Comparison(True, RARE_GIVEN, ("the same first name, both royal",))
        if match.kind != "same":
            return Comparison(None, 0.4, (f"a given name alone, spelt differently: {match.reason}",))
        if word in facts.given_names() | _BURMESE or known or _surname_kind((forename,)):
            return Comparison(None, 0.4, (f"{word} is a common given name",))
        return Comparison(
            True, RARE_GIVEN * WEIGHT[match.kind], (f"a rare given name of the other: {match.reason}",)
        )
    if any(one_given_name(word, forename) for forename in forenames[:1]):
        return Comparison(None, 0.3, (f"{word} can be short for {forenames[0]}",))
    return Comparison(False, DIFFERENT, (f"{word} is no part of {other.full}",))


def _fathers_name(name: Name) -> bool:
    """ "Mohammed bin Salman": the last word is what the father is called."""
    return bool(name.particles) and fold(name.particles[-1]) in _PATRONYMIC


def _two_single(one: Name, other: Name, word: str, second: str, known: str, titled: bool) -> Comparison:
    match = _alike_word(word, second)
    if not match.kind:
        near = likeness(word, second)[1] in ("near", "spelling", "typing")
        return Comparison(None if near else False, FAR if near else DIFFERENT, (f"{word} is not {second}",))
    if match.kind == "typing" or (match.kind != "same" and not alone_one_name(one, other, match.kind)):
        return Comparison(None, UNSURE, (match.reason,))
    royal = facts.kinds("honorifics.txt")["royal"]
    ranks = [titles & royal for titles in (_titles(one), _titles(other))]
    if all(ranks) and not ranks[0] & ranks[1]:
        return Comparison(None, UNSURE, (f"the same name, another rank: {match.reason}",))
    # "King Charles III", "Charles III"
    numbered = bool(one.suffix) and one.suffix == other.suffix and any(ranks)
    if known and not ((all(ranks) or numbered) and match.kind in ("same", "sound")):
        return Comparison(None, 0.6, (f"the same name, but several people have it: {word}",))
    if word in facts.given_names() and not titled and not any(ranks) and not one.suffix:
        return Comparison(None, 0.6, (f"the same given name alone: {word}",))
    return Comparison(True, 0.9 * WEIGHT[match.kind], (match.reason,))


def _initial_only(name: Name) -> bool:
    return not name.given


def _rank(match: _Match) -> float:
    return WEIGHT.get(match.kind, 0)


def _alike_word(a: str, b: str, known: frozenset[str] | None = None) -> _Match:
    """Two words as spellings of one name; two different names of the lists never are."""
    kind = likeness(a, b)[1]
    if kind not in ("same", "sound") and one_surname(a, b):
        return _Match("spelling", f"{a} and {b} spell one name")
    apart = known if known is not None else facts.surnames()
    listed = kind != "same" and known_apart(a, b, apart) and not one_given_name(a, b)
    if kind not in WEIGHT or listed:
        # "Elbaradei", "Baradei"
        if len(min(a, b, key=len)) > 3 and (a in ("al" + b, "el" + b) or b in ("al" + a, "el" + a)):
            return _Match("sound", f"{a} is {b} with its article")
        return _Match("", "")
    words = {"same": f"{a} in both", "typing": f"{a} may be mistyped for {b}"}
    return _Match(kind, words.get(kind, f"{a} and {b} spell one name"))


def _alike_joined(joined: str, word: str) -> _Match:
    """Two words together are the other one; an article before it is no word ("Al Gore" is not "Gore")."""
    kind = likeness(joined, word)[1]
    return _Match(kind, f"{word} in both") if kind in ("same", "sound") else _Match("", "")


def _alike_given(a: str, b: str) -> _Match:
    """Two forenames as one: the same, an initial of the other, a nickname, a spelling."""
    if a == b:
        return _Match("initial" if len(a) == 1 else "same", f"{a} in both")
    if len(a) == 1 or len(b) == 1:
        fits = (a[0] == b[0] and a[0].isalpha()) or (
            a[0] + b[0] in ("ck", "kc", "ye", "ey") and len(a) + len(b) > 3
        )
        return (
            _Match("initial", f"{min(a, b, key=len)} can stand for {max(a, b, key=len)}")
            if fits
            else _Match("", "")
        )
    if one_given_name(a, b):
        if _opposite(a, b):
            return _Match("", "")
        return _Match("nickname", f"{a} and {b} are forms of one name")
    if differ_in_sex(a, b):
        return _Match("", "")
    short, long = sorted((a, b), key=len)
    # "Thuli", "Thulisile"
    cut_off = len(short) >= SHORTENED and len(long) - len(short) > 2 and long.startswith(short)
    if cut_off and short not in facts.given_names():
        return _Match("nickname", f"{short} is short for {long}")
    match = _alike_word(a, b, facts.given_names())
    # "Marian", "Marina": what may be a slip of the pen makes another sex of it.
    if match.kind == "typing" and a.endswith("a") != b.endswith("a"):
        return _Match("", "")
    return match


# --- two full names ----------------------------------------------------------------------------------------


def _full(a: Name, b: Name) -> Comparison:
    words_a, words_b = _words(a), _words(b)
    if len(words_a) > len(words_b):
        a, b, words_a, words_b = b, a, words_b, words_a
    first = _first_name(a, b)
    pairs = _align(words_a[1:], words_b[1:])
    left_a = [i for i in range(1, len(words_a)) if i - 1 not in {p[0] for p in pairs}]
    left_b = [j for j in range(1, len(words_b)) if j - 1 not in {p[1] for p in pairs}]
    surname = next(
        (m for i, j, m in pairs if i == len(words_a) - 2 and j == len(words_b) - 2), _Match("", "")
    )
    if first.kind and surname.kind:
        return _agreeing(a, b, first, surname, pairs, left_a, left_b)
    if first.kind and first.kind != "initial" and not left_a and pairs:
        return _going_on(a, b, first, pairs, left_b)
    if surname.kind:
        return _other_first_name(a, b, surname)
    part = _part_of_surname(a, b)
    if first.kind in ("same", "sound", "nickname") and part:
        if any(_surname_kind(name.surname[-1:]) for name in (a, b)):
            return Comparison(None, UNSURE, (part, f"but several people have it: {first.reason}"))
        return Comparison(True, LONGER * WEIGHT[first.kind], (part, first.reason))
    inside = _align(words_a, words_b)
    if len({i for i, _, _ in inside}) == len(words_a) < len(words_b) and all(
        m.kind in ("same", "sound") for _, _, m in inside
    ):
        if _surname_kind(words_a[-1:]):
            return Comparison(None, UNSURE, (f"a common name inside the other: {a.full}",))
        return Comparison(True, LATER_NAME * LONGER, (f"{a.full} stands inside {b.full}",))
    likely = likeness(words_a[-1], words_b[-1])[1] in ("near", "sound", "spelling", "typing")
    sure = first.kind in ("same", "sound", "nickname") and words_a[0] not in _LEADING
    if sure and len(words_b) == 2 and _romanised_twice(a, b):
        reason = f"{words_a[-1]} and {words_b[-1]} spell one name out of another script"
        return Comparison(True, LOOSE * WEIGHT[first.kind], (reason, first.reason))
    if first.kind in ("same", "sound", "spelling", "nickname") and likely:
        # "Mohammed Farhaoui", "Mohammed Faruqi": such a given name tells nothing.
        score = FAR if words_a[0] in _LEADING else UNSURE
        return Comparison(
            None, score, (f"surnames near each other: {words_a[-1]}, {words_b[-1]}", first.reason)
        )
    return Comparison(False, DIFFERENT, (f"different surnames: {a.family or a.full}, {b.family or b.full}",))


def _romanised_twice(a: Name, b: Name) -> bool:
    """The surnames are one in a script that has no one way into Latin letters ("Levochkin", "Lyovochkin")."""
    word_a, word_b = _words(a)[-1], _words(b)[-1]
    return loosely_spelt(word_a, word_b) and surely_foreign(a, b, word_a, word_b)


def _first_name(a: Name, b: Name) -> _Match:
    words_a, words_b = _words(a), _words(b)
    match = _alike_given(words_a[0], words_b[0])
    if not match.kind:
        for nickname, word in ((letters(a.nickname), words_b[0]), (letters(b.nickname), words_a[0])):
            if nickname and nickname == word:
                return _Match("nickname", f"{nickname} is given as a nickname")
    # "Jean Claude" against "Jean-Claude"
    if not match.kind or match.kind == "initial":
        for shorter, longer in ((words_a, words_b), (words_b, words_a)):
            if len(shorter) > 2 and shorter[0] + shorter[1] == longer[0]:
                return _Match("same", f"{longer[0]} in both")
            # "Maite", "María Teresa"
            if len(shorter) > 2 and one_given_name(shorter[0] + shorter[1], longer[0]):
                return _Match("nickname", f"{longer[0]} is short for {shorter[0]} {shorter[1]}")
    return match


def _agreeing(
    a: Name,
    b: Name,
    first: _Match,
    surname: _Match,
    pairs: list[tuple[int, int, _Match]],
    left_a: list[int],
    left_b: list[int],
) -> Comparison:
    """First name and surname agree; what is between them?"""
    reasons = (f"surname: {surname.reason}", f"given name: {first.reason}")
    words_a, words_b = _words(a), _words(b)
    if left_a and left_b:
        x, y = words_a[left_a[0]], words_b[left_b[0]]
        if len(left_a) == len(left_b) == 1 and likeness(x, y)[1] in ("spelling", "typing", "near"):
            return Comparison(None, 0.6, (f"middle names near each other: {x}, {y}", *reasons))
        if words_a[0] + x == words_b[0] + y or words_a[0] + x == words_b[0]:
            return Comparison(True, 0.95, reasons)
        return Comparison(False, DIFFERENT, (f"different middle names: {x}, {y}", *reasons))
    middle = [(i, j) for i, j, _ in pairs if i < len(words_a) - 2 and j < len(words_b) - 2]
    left = left_a or left_b
    longer = words_b if left_b else words_a
    skipped = [k for k in left if any((j if left_b else i) + 1 > k for i, j in middle)]
    if any(len(longer[k]) == 1 for k in skipped):
        return Comparison(False, DIFFERENT, (f"different initials: {a.full}, {b.full}", *reasons))
    kinds = {first.kind, surname.kind} | {match.kind for _, _, match in pairs}
    score = WEIGHT[first.kind] * WEIGHT[surname.kind] * (0.97 if left else 1.0)
    known = _surname_kind(b.surname[-1:]) or _surname_kind(a.surname[-1:])
    shared = known or words_a[-1] in facts.given_names()
    if (
        first.kind == "initial"
        and shared
        and not (_same_initials(words_a, words_b) or _initials(a) == _initials(b) != "")
    ):
        return Comparison(
            None, 0.55, (f"an initial and a surname that several people have: {a.family}", *reasons)
        )
    if (
        known == "common"
        and surname.kind in ("spelling", "typing")
        and not surely_foreign(a, b, words_a[-1], words_b[-1])
    ):
        return Comparison(None, 0.6, ("a common surname, and one spelt nearly so", *reasons))
    if not one_way_written(a, b, words_a[-1], words_b[-1], surname.kind) and not (
        first.kind in ("same", "sound", "nickname") and _romanised_twice(a, b)
    ):
        return Comparison(None, 0.6, ("surnames that no transliteration makes one", *reasons))
    if left and _BURMESE.issuperset(longer):
        return Comparison(False, DIFFERENT, ("Burmese names, and every syllable tells", *reasons))
    written_out = [k for k in left if len(longer[k]) > 1]
    # "Gareth Evans Jones"; "Marjorie Taylor Greene" may have married.
    surnames = facts.single_surnames() - facts.given_names() - _FILLERS
    double = any(longer[k] in surnames and not is_iberian(longer[k]) for k in written_out)
    if known == "common" and double and _given_sex(a) != "f":
        return Comparison(None, 0.6, ("a common name, and only one has another surname before", *reasons))
    frequent = not {words_a[0], words_b[0]}.isdisjoint(facts.kinds("given.txt")["frequent"])
    if written_out and known == "common" and frequent and not (a.nickname or b.nickname):
        return Comparison(
            None, 0.6, (f"a common name, and only one has the middle name {longer[written_out[0]]}", *reasons)
        )
    if first.kind == "nickname" and _two_short_forms(words_a[0], words_b[0]):
        return Comparison(None, 0.6, ("a father and a son may have two short forms of one name", *reasons))
    if first.kind == "nickname" and words_a[-1] in facts.surnames() and _respelt(words_a[0], words_b[0]):
        return Comparison(
            None, 0.6, ("a common surname, and a given name that is spelt in two ways", *reasons)
        )
    spelt = first.kind in ("sound", "spelling", "typing")
    if spelt and not one_way_written(a, b, words_a[0], words_b[0], first.kind):
        return Comparison(None, 0.6, ("given names that no transliteration makes one", *reasons))
    apart = first.kind == "spelling" and likeness(words_a[0], words_b[0])[0] < SURE_SPELLING
    if apart and _surname_kind(b.surname[-1:]) == "shared":
        return Comparison(None, 0.6, ("a family with given names much alike", *reasons))
    doubtful = {"typing", "spelling", "initial"}
    if surname.kind == "typing" and first.kind not in ("same", "nickname"):
        return Comparison(None, 0.6, reasons)
    if first.kind == "typing" and surname.kind in doubtful:
        return Comparison(None, 0.6, reasons)
    if first.kind == "initial" and surname.kind in doubtful and "same" not in kinds:
        return Comparison(None, 0.6, reasons)
    return Comparison(True, round(score, 3), reasons)


def _two_short_forms(a: str, b: str) -> bool:
    """ "Bob", "Rob": both are short for Robert, and who is called the one is hardly called the other."""
    full = {*facts.full_forms().get(a, ()), *facts.full_forms().get(b, ())}
    short = max(len(a), len(b)) <= SHORTENED and a[0] != b[0] and full.isdisjoint((a, b))
    return short and facts.out_of_script().isdisjoint((a, b))


def _respelt(a: str, b: str) -> bool:
    """ "Sean", "Shaun": as long as each other, so neither is short for the other; of Latin letters."""
    x, y = phones(a), phones(b)
    ends = (a[0] == b[0] or x[:1] == y[:1]) and (a[-1] == b[-1] or x[-1:] == y[-1:])
    alike = a != b and ends and abs(len(x) - len(y)) < 2
    return alike and _sex(a) == _sex(b) != "" and facts.out_of_script().isdisjoint((a, b))


def _same_initials(words_a: list[str], words_b: list[str]) -> bool:
    """ "J. R. R. Tolkien" twice: more than one initial agrees."""
    initials_a, initials_b = ([word[0] for word in words[:-1]] for words in (words_a, words_b))
    return initials_a == initials_b and len(initials_a) > 1


def _going_on(
    a: Name, b: Name, first: _Match, pairs: list[tuple[int, int, _Match]], left_b: list[int]
) -> Comparison:
    """The longer name goes on after all of the shorter: "Gabriel García", "Gabriel García Márquez"."""
    words_a, words_b = _words(a), _words(b)
    reasons = (f"{b.full} goes on where {a.full} ends", first.reason)
    last = words_a[-1]
    trailing = left_b and left_b[-1] == len(words_b) - 1
    patronymic = {"bin", "ibn", "bint"} & set(map(fold, a.particles)) & set(map(fold, b.particles))
    alike = ("same", "sound", "nickname") if patronymic else ("same",)
    exact = all(match.kind in alike for i, _, match in pairs if i == len(words_a) - 2)
    # "Martin Lee", "Martin Lee Chu-ming"
    families = facts.kinds("surnames.txt")["family_first"]
    if trailing and exact and last in families and len(words_a) == 2 and re.search(r"\w-\w", b.surname[-1]):
        return Comparison(True, LONGER * WEIGHT[first.kind], ("a Chinese given name follows", *reasons))
    if len(words_b) - len(words_a) == 1 and words_b[-1] in facts.places():
        return Comparison(None, UNSURE, (f"only one of them names the place: {words_b[-1]}", *reasons))
    if not trailing or not exact or b.suffix or any(match.kind == "initial" for _, _, match in pairs):
        return Comparison(None, UNSURE, reasons)
    # "Amarinder Singh", "Amarinder Singh Raja Warring"
    if last in _FILLERS:
        return Comparison(None, UNSURE, (f"{last} is borne by many", *reasons))
    if words_a[0] in ("al", "el"):
        return Comparison(None, UNSURE, ("an article is no given name", *reasons))
    if _BURMESE.issuperset(words_a + words_b):
        return Comparison(None, UNSURE, ("Burmese names, and every syllable tells", *reasons))
    if words_b[-1] in facts.single_surnames() and not is_iberian(words_b[-1]):
        return Comparison(None, UNSURE, (f"{words_b[-1]} is a surname of its own", *reasons))
    before_last = next(j for i, j, _ in pairs if i == len(words_a) - 2)
    between = left_b[0] <= before_last
    if not patronymic and _says_little(words_a, first, between):
        return Comparison(None, UNSURE, (f"a common name, and only one goes on with {words_b[-1]}", *reasons))
    # With a name between, it is a surname: "Gustavo Petro", "Gustavo Francisco Petro Urrego".
    middle_name = last in facts.given_names() and words_a[0] in facts.given_names()
    # "Nadia Murad": what comes after a woman's name is her father's.
    middle_name = middle_name and not _opposite(words_a[0], last)
    if middle_name and not patronymic and (before_last == 0 or words_a[0] in _LEADING):
        return Comparison(None, UNSURE, (f"{last} may be a middle name", *reasons))
    return Comparison(True, LONGER * WEIGHT[first.kind], reasons)


def _says_little(words: list[str], first: _Match, between: bool) -> bool:
    """The whole of the shorter name is so common that who goes on with another may be somebody else.

    "Miguel Díaz", "Miguel Ángel Díaz Ordaz" (a name comes between); "José García", "José García Pérez";
    "Nasir Khan", "Naseer Khan Durrani".
    """
    fathers = words[0] in facts.patronymics()
    common = bool(_surname_kind((words[-1],))) or (fathers and words[-1] in facts.given_names())
    if between:
        return common or fathers
    if len(words) > 2:
        return False
    if words[0] in _LEADING:
        return common or fathers
    # Two of these together are too little.
    return [common, fathers, first.kind != "same"].count(True) > 1


def _other_first_name(a: Name, b: Name, surname: _Match) -> Comparison:
    """The surname agrees, the first names do not: two people, or one known by a later forename."""
    words_a, words_b = _words(a), _words(b)
    pairs = _align(words_a, words_b)
    matched = {i for i, _, _ in pairs}
    reasons = (f"surname: {surname.reason}", f"different given names: {words_a[0]}, {words_b[0]}")
    if len(matched) == len(words_a) and all(m.kind in ("same", "sound", "nickname") for _, _, m in pairs):
        skipped = words_b[: pairs[0][1]]
        if all(len(word) == 1 for word in skipped):
            return Comparison(True, LATER_NAME, (f"{b.full} has an initial before", reasons[0]))
        if ARABIC & {fold(word) for name in (a, b) for word in name.particles}:
            # There the second name is the father's: "Ahmad Nawaf al-Sabah" is the son of "Nawaf al-Sabah".
            return Comparison(None, UNSURE, reasons)
        # "García Harfuch", "Omar García Harfuch"
        if _is_double_surname(words_a) and skipped[0] in facts.given_names():
            return Comparison(True, LATER_NAME, (f"{a.full} is the surname of {b.full}", reasons[0]))
        # "Moncef Marzouki", "Mohamed Moncef Marzouki": Mohamed is set before many names.
        mohammed = one_given_name(skipped[0], "mohammed") and not _surname_kind(b.surname[-1:])
        if mohammed and len(skipped) == 1:
            return Comparison(True, LATER_NAME, (f"{skipped[0]} is set before {a.full}", reasons[0]))
        if not {words_a[0], skipped[0]}.isdisjoint(facts.patronymics()):
            return Comparison(None, UNSURE, (f"{words_a[0]} may be the father of {skipped[0]}", *reasons))
        if _surname_kind(b.surname[-1:]) == "common":
            return Comparison(None, UNSURE, ("a common surname, and another first name", *reasons))
        if _opposite(words_a[0], skipped[0]):
            return Comparison(None, UNSURE, (f"{words_a[0]} may be the father of {skipped[0]}", *reasons))
        leading = skipped[0] in _LEADING or words_a[0] in _LEADING
        if leading and words_a[0] in facts.given_names():
            return Comparison(None, UNSURE, reasons)
        return Comparison(True, LATER_NAME, (f"{a.full} is the end of {b.full}", reasons[0]))
    kind = likeness(words_a[0], words_b[0])[1]
    near = one_given_name(words_a[0], words_b[0]) or (
        kind in ("near", "spelling", "typing")
        and not known_apart(words_a[0], words_b[0], facts.given_names())
    )
    if near and surname.kind in ("same", "sound"):
        return Comparison(None, UNSURE, reasons)
    return Comparison(False, DIFFERENT, reasons[::-1])


def _is_double_surname(words: list[str]) -> bool:
    """ "García Harfuch", "Cavaco Silva": two surnames, of Spain or Portugal."""
    return words[0] not in facts.given_names() and any(map(is_iberian, words))


def _part_of_surname(a: Name, b: Name) -> str:
    """ "Farrah Fawcett", "Farrah Fawcett-Majors"."""
    for one, other in ((a, b), (b, a)):
        # "Air France-KLM" is no woman called France.
        married = other.surname and not any(part.isupper() for part in other.surname[-1].split("-"))
        if one.surname and married and "-" in other.surname[-1]:
            parts = _letters(other.surname[-1].split("-"))
            # "Ter-Petrosyan" is another family than "Petrosyan".
            men = _given_sex(one) == "m" and parts[:1] == _letters(one.surname[-1:])
            if parts[:1] and parts[0] not in PARTICLES and letters(one.surname[-1]) in parts and not men:
                return f"{one.surname[-1]} is part of {other.surname[-1]}"
    for one, other in ((a, b), (b, a)):
        if one.former and other.surname and letters(one.former) == letters(other.surname[-1]):
            return f"{one.former} is given as a name at birth"
    return ""


def _align(a: list[str], b: list[str]) -> list[tuple[int, int, _Match]]:
    """The best pairing, in order, of the words of two names: (index in a, index in b, how they match).

    Two words of one may match one of the other ("Khatib Zadeh", "Khatibzadeh").
    """
    table: dict[tuple[int, int], tuple[float, list[tuple[int, int, _Match]]]] = {}

    def best(i: int, j: int) -> tuple[float, list[tuple[int, int, _Match]]]:
        if i < 0 or j < 0:
            return 0.0, []
        if (i, j) in table:
            return table[i, j]
        options = [best(i - 1, j), best(i, j - 1)]
        last = i == len(a) - 1 and j == len(b) - 1
        match = (
            _alike_word(a[i], b[j]) if last and min(len(a[i]), len(b[j])) > 1 else _alike_given(a[i], b[j])
        )
        if match.kind and not (last and match.kind == "nickname"):
            score, pairs = best(i - 1, j - 1)
            options.append((score + WEIGHT[match.kind] + (0.1 if last else 0), [*pairs, (i, j, match)]))
        if (
            i > 0
            and min(len(a[i - 1]), len(a[i])) > 1
            and (whole := _alike_joined(a[i - 1] + a[i], b[j])).kind
        ):
            score, pairs = best(i - 2, j - 1)
            options.append((score + 1.9, [*pairs, (i - 1, j, whole), (i, j, whole)]))
        if (
            j > 0
            and min(len(b[j - 1]), len(b[j])) > 1
            and (whole := _alike_joined(a[i], b[j - 1] + b[j])).kind
        ):
            score, pairs = best(i - 1, j - 2)
            options.append((score + 1.9, [*pairs, (i, j - 1, whole), (i, j, whole)]))
        table[i, j] = max(options, key=lambda option: option[0])
        return table[i, j]

    return best(len(a) - 1, len(b) - 1)[1]


# --- names with the family name first ----------------------------------------------------------------------

_ROMANISED = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:lee|li|yi|rhee|ri|rhi|i)$", "li"),
        (r"^(?:park|pak|bak|bahk)$", "pak"),
        (r"^(?:roh|noh|no|ro)$", "no"),
        (r"^(?:im|lim|rim|yim)$", "lim"),
        (r"^(?:choi|choe|choy)$", "jue"),
        (r"ng", "N"),
        (r"(?<=[tpk])h", ""),
        (r"wh", "hw"),
        (r"(?<=s)ye", "e"),
        (r"(?<=[aeiou])h(?=[jgkdb])", ""),
        (r"h(?=[nm]|$)", ""),
        (r"ck", "k"),
        (r"eui", "ui"),
        (r"tz|ts|zh|ch|[jqcz]", "j"),
        (r"hs|sh|x", "s"),
        (r"k", "g"),
        (r"t", "d"),
        (r"p", "b"),
        (r"r", "l"),
        (r"ien", "ian"),
        (r"yeo|yo|yu|you", "yu"),
        (r"eou|iou|iu", "iw"),
        (r"oo|ou|eo|eu|o", "u"),
        (r"ae|ai|ei|ay", "e"),
        (r"ee|ui|y(?![ua])", "i"),
        (r"(.)\1+", r"\1"),
    )
]


def romanised(word: str) -> str:
    """Chinese and Korean words without what their romanisations differ in: "Tse-tung", "Zedong" → "jedun"."""
    sounds = letters(word)
    for pattern, sound in _ROMANISED:
        sounds = pattern.sub(sound, sounds)
    return sounds


def _family_first(a: Name, b: Name) -> Comparison:
    """One of the names is Chinese, Korean or Vietnamese, or writes its family name in capitals first."""
    given_a, given_b = "".join(_letters(a.forenames)), "".join(_letters(b.forenames))
    family_a, family_b = "".join(_letters(a.surname)), "".join(_letters(b.surname))
    if (given_a, family_a) == (given_b, family_b):
        return Comparison(True, 0.98, ("the same family name and given name",))
    reasons = (f"family name: {family_a}, {family_b}", f"given name: {given_a}, {given_b}")
    if a.family_first and b.family_first and {family_a, family_b} & VIETNAMESE:
        # Vietnamese is written in Latin letters: another letter is another name.
        return Comparison(False, DIFFERENT, reasons)
    alike = [romanised(x) == romanised(y) for x, y in ((family_a, family_b), (given_a, given_b))]
    # "Yoo Seong-min", "Yoo Seung-min": eo and eu are two vowels, where both are written so.
    if given_a != given_b and given_a.replace("eu", "eo") == given_b.replace("eu", "eo"):
        return Comparison(None, UNSURE, ("two Korean vowels", *reasons))
    if all(alike):
        # One syllable is too little: "Jun" and "Chun" are two names in one romanisation, one in two.
        long_enough = given_a == given_b or min(len(given_a), len(given_b)) > 4
        return Comparison(
            True if long_enough else None, 0.85 if long_enough else 0.6, ("romanised in two ways", *reasons)
        )
    if (given_a, family_a) == (family_b, given_b):
        return Comparison(None, 0.6, ("the same words in another order", *reasons))
    # "CY Leung", "Leung Chun-ying"
    initials = {_initials(a), _initials(b)}
    if family_a == family_b and len(initials) == 1 and 2 in map(len, (given_a, given_b)) and initials != {""}:
        return Comparison(True, WEIGHT["initial"], ("the same family name and initials", *reasons))
    if not (a.family_first and b.family_first):
        western = _full(a, b)
        if western.same:
            return western
        words_a, words_b = _words(a), _words(b)
        both = sorted((words_a, words_b), key=len)
        if set(both[0]) <= set(both[1]) and len(both[0]) >= 2:
            return Comparison(True, 0.8, ("every word of one name is in the other", *reasons))
    near = (alike[0] and likeness(given_a, given_b)[1] == "typing") or (
        given_a == given_b and likeness(family_a, family_b)[1] in ("near", "typing", "spelling")
    )
    return Comparison(None if near else False, UNSURE if near else DIFFERENT, reasons)


def _initials(name: Name) -> str:
    """ "Chun-ying" → "cy"; "" for a given name of one word."""
    parts = [part for word in name.forenames for part in fold(word).split("-") if part]
    return "".join(part[0] for part in parts) if len(parts) > 1 else ""


def _turned(words_a: list[str], words_b: list[str]) -> Comparison | None:
    """The same two words in the other order: Japanese and Hungarian names are written both ways."""
    if len(words_a) != len(words_b) or len(words_a) > 3:
        return None
    japanese = all(map(JAPANESE.match, words_a + words_b)) and facts.patronymics().isdisjoint(words_a)
    if japanese:
        words_a, words_b = list(map(short_vowels, words_a)), list(map(short_vowels, words_b))
    turned = [words_b[-1], *words_b[:-1]], [*words_b[1:], words_b[0]]
    if words_a not in turned and not (
        len(words_a) == 2
        and all(likeness(x, y)[1] in ("same", "sound") for x, y in zip(words_a, words_b[::-1], strict=True))
    ):
        return None
    hungarian = facts.kinds("given.txt")["hungarian"]
    korean = facts.kinds("surnames.txt")["family_first"] - facts.given_names()
    ends = {words_a[0], words_b[0]}
    known = (
        any(words[-1] in hungarian for words in (words_a, words_b))
        or (japanese and len("".join(words_a)) >= 2 * SHORT)
        or len(ends & korean) == 1
    )
    reason = "the same words, the family name first in one"
    return Comparison(True if known else None, TURNED if known else 0.6, (reason,))
