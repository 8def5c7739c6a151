"""Two full names: given name and surname have to agree, by what both say of every part they both have.

- The words are paired in order. Two names whose first names and surnames agree are one, unless each has a
  middle name that the other lacks.
- One name may go on where the other ends ("Gabriel García", "Gabriel García Márquez"), or begin before it
  ("Tayyip Erdogan", "Recep Tayyip Erdogan"), unless the part they share is borne by many.
- Two spellings are one name's only where it comes out of another script (`scripts`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.names import facts
from quotetrack.names.contradictions import LEADING
from quotetrack.names.matching import (
    NO_MATCH,
    SURE,
    WEIGHT,
    Match,
    Pairs,
    as_letters,
    match_first,
    pair_words,
)
from quotetrack.names.parse import PARTICLES, Name, is_iberian
from quotetrack.names.scripts import one_way_written, surely_foreign
from quotetrack.names.sounds import known_apart, likeness, loosely_spelt, one_given_name
from quotetrack.names.spelling import readings
from quotetrack.names.text import fold, letters
from quotetrack.names.verdict import DIFFERENT, DOUBTFUL, UNSURE, Comparison

LONGER = 0.85  # a surname that goes on ("García", "García Márquez")
LATER_NAME = 0.76  # known by a later forename ("Mitt", "Willard Mitt")
LOOSE = 0.84  # surnames whose vowels two romanisations write differently ("Levochkin", "Lyovochkin")
LEFT_OUT = 0.97  # a middle name that only one has
_SPELT = ("same", "sound", "spelling")
_NEAR = ("near", "sound", "spelling", "typing")
_FATHERS = frozenset(("bin", "ibn", "bint"))
_BURMESE = facts.kinds("parts.txt")["burmese"]
# Middle names that many have and many leave out, as "Singh".
_FILLERS = facts.kinds("parts.txt")["fillers"]
# Words that name a kinsman: "Arnaldo Viana", "Arnaldo Viana Neto" (grandson).
_NAMESAKES = facts.kinds("parts.txt")["namesakes"]


@dataclass(frozen=True, slots=True)
class _Pairing:
    """The shorter name `a`, the longer one `b`, and how their words pair (see `matching.pair_words`).

    `pairs`: of the words after the first, by their place in the whole name. `left_a`, `left_b`: the places of
    those without a partner.
    """

    a: Name
    b: Name
    words_a: tuple[str, ...]
    words_b: tuple[str, ...]
    first: Match
    surname: Match
    pairs: Pairs
    left_a: list[int]
    left_b: list[int]


def _pair(a: Name, b: Name) -> _Pairing:
    words_a, words_b = a.words, b.words
    if (len(words_a), len("".join(words_a)), words_a) > (len(words_b), len("".join(words_b)), words_b):
        a, b, words_a, words_b = b, a, words_b, words_a
    pairs = [(i + 1, j + 1, match) for i, j, match in pair_words(words_a[1:], words_b[1:])]
    ends = (len(words_a) - 1, len(words_b) - 1)
    surname = next((match for i, j, match in pairs if (i, j) == ends), NO_MATCH)
    left_a = [i for i in range(1, len(words_a)) if i not in {pair[0] for pair in pairs}]
    left_b = [j for j in range(1, len(words_b)) if j not in {pair[1] for pair in pairs}]
    return _Pairing(a, b, words_a, words_b, match_first(a, b), surname, pairs, left_a, left_b)


def compare_full(a: Name, b: Name) -> Comparison:
    names = _pair(a, b)
    first, surname = names.first, names.surname
    if first.kind and surname.kind:
        return _agreeing(names)
    if first.kind and first.kind != "initial" and not names.left_a and names.pairs:
        return _going_on(names)
    if surname.kind:
        return _other_first_name(names)
    return _other_surname(names)


def _agreeing(names: _Pairing) -> Comparison:
    """First name and surname agree; what is between them, and how surely do they agree?"""
    first, surname, words_a, words_b = names.first, names.surname, names.words_a, names.words_b
    reasons = (f"surname: {surname.reason}", f"given name: {first.reason}")
    if names.left_a and names.left_b:
        x, y = words_a[names.left_a[0]], words_b[names.left_b[0]]
        if likeness(x, y)[1] in _NEAR:
            return Comparison(None, DOUBTFUL, (f"middle names near each other: {x}, {y}", *reasons))
        return Comparison(False, DIFFERENT, (f"different middle names: {x}, {y}", *reasons))
    left = names.left_a or names.left_b
    longer = words_b if names.left_b else words_a
    places = [j if names.left_b else i for i, j, _ in names.pairs if i < len(words_a) - 1]
    initials = [place for place in places if len(longer[place]) == 1]
    if any(len(longer[place]) == 1 and place < max(initials, default=0) for place in left):
        # Middle names are left out from the last to the first: "George W. Bush" is no "George H. W. Bush".
        return Comparison(False, DIFFERENT, (f"different initials: {names.a.full}, {names.b.full}", *reasons))
    if doubt := _weak_agreement(names):
        return Comparison(None, DOUBTFUL, (doubt, *reasons))
    score = WEIGHT[first.kind] * WEIGHT[surname.kind] * (LEFT_OUT if left else 1.0)
    return Comparison(True, round(score, 3), reasons)


def _weak_agreement(names: _Pairing) -> str:
    first = names.first
    given_a, given_b, surname_a = names.words_a[0], names.words_b[0], names.words_a[-1]
    known = facts.surname_kind(names.b.surname[-1:]) or facts.surname_kind(names.a.surname[-1:])
    if (
        first.kind == "initial"
        and (known or surname_a in facts.given_names())
        and not initials_agree(names.a, names.b)
    ):
        return f"an initial and a surname that several people have: {names.a.family}"
    if not _one_surname(names, known):
        return "surnames that no transliteration makes one"
    left = [names.words_a[i] for i in names.left_a] + [names.words_b[j] for j in names.left_b]
    if left and _BURMESE.issuperset((*names.words_a, *names.words_b)):
        return "Burmese names, and every syllable tells"
    middle = next((word for word in left if len(word) > 1), "")
    frequent = not {given_a, given_b}.isdisjoint(facts.kinds("given.txt")["frequent"])
    if middle and known == "common" and frequent and not (names.a.nickname or names.b.nickname):
        return f"a common name, and only one has the middle name {middle}"
    # "Mohammed Khatami", "Mohammad Reza Khatami": the second is what he is called.
    second = middle in facts.given_names() or middle in facts.out_of_script()
    if second and one_given_name(given_a, "mohammed"):
        return f"many are called {given_a}, and only one of them {middle} too"
    spelt = first.kind in ("sound", "spelling", "typing")
    if spelt and not one_way_written(names.a, names.b, given_a, given_b, first.kind):
        return "given names that no transliteration makes one"
    return ""


def _one_surname(names: _Pairing, known: str) -> bool:
    kind, x, y = names.surname.kind, names.words_a[-1], names.words_b[-1]
    if kind == "same":
        # Also where one writes it in two words ("Dlamini-Zuma", "Dlamini Zuma").
        return True
    if known == "common" and kind in ("spelling", "typing"):
        return surely_foreign(names.a, names.b, x, y)
    return one_way_written(names.a, names.b, x, y, kind) or _romanised_twice(names)


def _romanised_twice(names: _Pairing) -> bool:
    """The surnames are one in a script that has no one way into Latin letters ("Levochkin", "Lyovochkin")."""
    x, y = names.words_a[-1], names.words_b[-1]
    return surely_foreign(names.a, names.b, x, y) and any(
        loosely_spelt(read_x, read_y, facts.surnames()) for read_x in readings(x) for read_y in readings(y)
    )


def initials_agree(a: Name, b: Name) -> bool:
    """ "J. R. R. Tolkien" twice, "C. Y. Leung" and "Chun-ying Leung": more than one initial agrees."""
    return _initials(a) == _initials(b) and len(_initials(a)) > 1


def _initials(name: Name) -> str:
    return "".join(part[0] for word in name.forenames for part in fold(word).split("-") if part)


def _going_on(names: _Pairing) -> Comparison:
    """The longer name goes on after all of the shorter: "Gabriel García", "Gabriel García Márquez"."""
    a, b, words_a, words_b, first = names.a, names.b, names.words_a, names.words_b, names.first
    reasons = (f"{b.full} goes on where {a.full} ends", first.reason)
    fathers = bool(_FATHERS & set(map(fold, a.particles)) & set(map(fold, b.particles)))
    exact = all(
        match.kind == "same" or (fathers and match.kind in SURE)
        for i, _, match in names.pairs
        if i == len(words_a) - 1
    )
    trailing = len(words_b) - 1 in names.left_b
    initial = any(match.kind == "initial" for _, _, match in names.pairs)
    if not trailing or not exact or b.suffix or initial:
        return Comparison(None, UNSURE, reasons)
    # "Martin Lee", "Martin Lee Chu-ming"
    families = facts.kinds("surnames.txt")["family_first"]
    if len(words_a) == 2 and words_a[-1] in families and re.search(r"\w-\w", b.surname[-1]):
        return Comparison(True, LONGER * WEIGHT[first.kind], ("a Chinese given name follows", *reasons))
    if not fathers and (doubt := _says_little(names)):
        return Comparison(None, UNSURE, (doubt, *reasons))
    return Comparison(True, LONGER * WEIGHT[first.kind], reasons)


def _says_little(names: _Pairing) -> str:
    """The whole of the shorter name is so common that who goes on with another may be somebody else.

    "Miguel Díaz", "Miguel Ángel Díaz Ordaz" (a name comes between); "José García", "José García Pérez";
    "Nasir Khan", "Naseer Khan Durrani".
    """
    words, added = names.words_a, names.words_b[-1]
    if _BURMESE.issuperset((*words, *names.words_b)):
        return "Burmese names, and every syllable tells"
    if added in facts.places():
        return f"only one of them names the place: {added}"
    if added in _NAMESAKES:
        return f"only one of them is {added}"
    if words[-1] in _FILLERS:
        return f"{words[-1]} is borne by many"
    if added in facts.single_surnames() and not is_iberian(added):
        return f"{added} is a surname of its own"
    patronymic = words[0] in facts.patronymics()
    common = facts.surname_kind(words[-1:]) != ""
    partner = next(j for i, j, _ in names.pairs if i == len(words) - 1)
    if names.left_b[0] < partner:
        little = common
    elif len(words) > 2:
        little = False
    else:
        # Two of these together are too little.
        little = [common, patronymic, words[0] in LEADING, names.first.kind != "same"].count(True) > 1
    return f"a common name, and only one goes on with {added}" if little else ""


def _other_first_name(names: _Pairing) -> Comparison:
    """The surname agrees, the first names do not: two people, or one known by a later forename."""
    a, b, words_a, words_b = names.a, names.b, names.words_a, names.words_b
    reasons = (f"surname: {names.surname.reason}", f"different given names: {words_a[0]}, {words_b[0]}")
    pairs = pair_words(words_a, words_b)
    if len({i for i, _, _ in pairs}) == len(words_a) and all(match.kind in SURE for _, _, match in pairs):
        skipped = words_b[: pairs[0][1]]
        if _set_before(words_a, skipped, b):
            return Comparison(True, LATER_NAME, (f"{a.full} is the end of {b.full}", reasons[0]))
        return Comparison(None, UNSURE, (f"{a.full} is the end of {b.full}, and little to tell", *reasons))
    x, y = words_a[0], words_b[0]
    whole = names.surname.kind in _SPELT and not (names.left_a and names.left_b)
    if whole and _given_romanised_twice(x, y) and surely_foreign(a, b, words_a[-1], words_b[-1]):
        reason = f"{x} and {y} spell one name out of another script"
        return Comparison(True, LOOSE * WEIGHT[names.surname.kind], (reason, reasons[0]))
    kind = likeness(x, y)[1]
    near = kind in ("near", "spelling", "typing") and not known_apart(x, y, facts.given_names())
    if (near or one_given_name(x, y)) and names.surname.kind in ("same", "sound"):
        return Comparison(None, UNSURE, reasons)
    return Comparison(False, DIFFERENT, reasons[::-1])


def _given_romanised_twice(a: str, b: str) -> bool:
    """Two given names are one out of another script ("Tzachi", "Tzahi").

    "Faleh" and "Falah" are two, for the e may be an i; and a name at home in Latin letters is none of these.
    """
    two_names = facts.opposite(a, b) or a.replace("e", "a") == b.replace("e", "a")
    return (
        not two_names and facts.latin_given().isdisjoint((a, b)) and loosely_spelt(a, b, facts.given_names())
    )


def _set_before(words: Sequence[str], skipped: Sequence[str], whole: Name) -> bool:
    """The `skipped` names stand before all of another name, which yet says enough to be the same person's."""
    if all(len(word) == 1 for word in skipped):
        return True
    if _two_surnames(words, skipped, whole):
        return True
    # "García Harfuch", "Omar García Harfuch": two surnames, of Spain or Portugal.
    if words[0] not in facts.given_names() and any(map(is_iberian, words)):
        return True
    # "Moncef Marzouki", "Mohamed Moncef Marzouki": Mohamed is set before many names.
    kind = facts.surname_kind(whole.surname[-1:])
    if one_given_name(skipped[0], "mohammed"):
        return kind == ""
    # "Nawaf al-Sabah" is the father of "Ahmad Nawaf al-Sabah".
    father = not {words[0], skipped[0]}.isdisjoint(facts.patronymics())
    leading = not LEADING.isdisjoint((words[0], skipped[0])) and words[0] in facts.given_names()
    if skipped[0] == "mary" and words[0] not in LEADING:
        # "Liz Truss", "Mary Elizabeth Truss": English has few double names.
        leading = words[-1] in facts.surnames()
    return not (father or leading or kind == "common")


def _two_surnames(words: Sequence[str], skipped: Sequence[str], whole: Name) -> bool:
    """Behind a given name that tells stand the two surnames of one family, not both of them common.

    "Teresa Ribera Rodríguez", "María Teresa Ribera Rodríguez"; "João Avillez" is a man, "Maria João" none.
    """
    if words[0] in LEADING or words[0] not in facts.given_names() or facts.opposite(words[0], skipped[0]):
        return False
    if not whole.surname:
        return False
    surnames = as_letters(whole.surname[-1].split("-"))
    if len(surnames) == 1 and len(words) > 2 and words[-2] not in facts.given_names():
        surnames = list(words[-2:])
    return len(surnames) > 1 and not all(facts.surname_kind([surname]) for surname in surnames)


def _other_surname(names: _Pairing) -> Comparison:
    """The surnames differ: a double one and its half, a married name, two romanisations, or two people's."""
    a, b, first, words_a, words_b = names.a, names.b, names.first, names.words_a, names.words_b
    if first.kind in SURE and (part := _part_of_surname(a, b)):
        if any(_borne_by_others(words_a[0], name.surname[-1]) for name in (a, b)):
            return Comparison(None, UNSURE, (part, f"but several people have it: {first.reason}"))
        return Comparison(True, LONGER * WEIGHT[first.kind], (part, first.reason))
    # "Evo Morales", "Juan Evo Morales Ayma"
    inside = pair_words(words_a, words_b)
    if len(words_a) == len({i for i, _, match in inside if match.kind in ("same", "sound")}) < len(words_b):
        known = facts.surname_kind(words_a[-1:])
        reason = f"{a.full} stands inside {b.full}"
        return Comparison(None if known else True, UNSURE if known else LATER_NAME * LONGER, (reason,))
    # Such a given name tells nothing: "Mohammed Farhaoui", "Mohammed Faruqi".
    tells = words_a[0] not in LEADING
    if first.kind in SURE and tells and _romanised_twice(names):
        reason = f"{words_a[-1]} and {words_b[-1]} spell one name out of another script"
        return Comparison(True, LOOSE * WEIGHT[first.kind], (reason, first.reason))
    if first.kind in (*SURE, "spelling") and likeness(words_a[-1], words_b[-1])[1] in _NEAR:
        reason = f"surnames near each other: {words_a[-1]}, {words_b[-1]}"
        return Comparison(None, UNSURE, (reason, first.reason))
    return Comparison(False, DIFFERENT, (f"different surnames: {a.family or a.full}, {b.family or b.full}",))


def _borne_by_others(given: str, surname: str) -> bool:
    """Others may have this given name beside a surname that is common, or that a family in the news shares.

    A given name that no list has is rare; and a family seldom has two women of one name.
    """
    kind = facts.surname_kind([surname])
    if kind == "shared" and not is_iberian(fold(surname)):
        return facts.sex(given) != "f" or given in facts.kinds("given.txt")["frequent"]
    return kind != "" and given in facts.personal_words()


def _part_of_surname(a: Name, b: Name) -> str:
    """ "Farrah Fawcett", "Farrah Fawcett-Majors"; a name at birth."""
    for one, other in ((a, b), (b, a)):
        if not one.surname or not other.surname:
            continue
        surname, parts = letters(one.surname[-1]), as_letters(other.surname[-1].split("-"))
        # "Ter-Petrosyan" is another family than "Petrosyan"; "Air France-KLM" is no woman called France.
        name = parts[0] not in PARTICLES and not any(part.isupper() for part in other.surname[-1].split("-"))
        # A man seldom adds a name behind his own.
        man = facts.sex(one.words[0]) == "m" and parts[0] == surname
        if len(parts) > 1 and surname in parts and name and not man:
            return f"{one.surname[-1]} is part of {other.surname[-1]}"
        if one.former and letters(one.former) == letters(other.surname[-1]):
            return f"{one.former} is given as a name at birth"
    return ""
