"""Names whose family name stands first: Chinese, Korean, Vietnamese; Japanese and Hungarian ones turned.

Chinese and Korean names are romanised in many ways (Pinyin, Wade-Giles, McCune-Reischauer, the bearer's own);
`romanised` leaves out what those differ in. Vietnamese is written in Latin letters, and every accent tells.
"""

from __future__ import annotations

import re
from functools import lru_cache

from quotetrack.names import facts
from quotetrack.names.full_names import compare_full, initials_agree
from quotetrack.names.matching import WEIGHT, as_letters
from quotetrack.names.parse import VIETNAMESE, Name
from quotetrack.names.scripts import JAPANESE, short_vowels
from quotetrack.names.sounds import SHORT, likeness
from quotetrack.names.text import clean, letters
from quotetrack.names.verdict import DIFFERENT, DOUBTFUL, UNSURE, Comparison

TURNED = 0.88  # family name first against last
ROMANISED_TWICE = 0.85
# One syllable is too little: "Jun" and "Chun" are two names in one romanisation, one in two.
_TWO_SYLLABLES = 5
_THREE_WORDS = 3
_PINYIN, _MAYBE_PINYIN = re.compile(r"[qx]|(?<!t)z"), re.compile(r"[qx]|(?<!t)z|ji")

_ROMANISED = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:lee|li|yi|rhee|ri|rhi|i)$", "li"),
        (r"^(?:park|pak|bak|bag|bahk)$", "pak"),
        (r"^(?:roh|noh|no|ro)$", "no"),
        (r"^(?:im|lim|rim|yim)$", "lim"),
        (r"^(?:ryu|ryoo|yoo|yu|you)$", "yu"),
        (r"^(?:choi|choe|choy)$", "jue"),
        (r"(?<=s)y(?=ng)", "eu"),
        (r"ng", "N"),
        (r"woo", "oo"),
        (r"(?:tz|ts|s[sz])u(?![aeinoN])", "ji"),
        (r"(?<=[gkh])e(?![a-z])", "o"),
        (r"(?<=[tpk])h", ""),
        (r"wh", "hw"),
        (r"(?<=s)ye", "e"),
        (r"(?<=[aeiou])h(?=[jgkdb])", ""),
        (r"h(?=[nm]|$)|(?<=i)h(?![aeiouy])", ""),
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
        (r"(?:eou|iou|iu)(?!N)", "iw"),
        (r"oo|ou|eo|eu|o", "u"),
        (r"ae|ai|ei|ay", "e"),
        (r"ee|ui|y(?![ua])", "i"),
        (r"(.)\1+", r"\1"),
    )
]


_WADE = re.compile(r"'|\bHs")
# Wade and Giles write j for the r of Pinyin: "Chu Jung-chi", "Zhu Rongji".
_WADE_R = re.compile(r"j(?=[aeou])")
_PINYIN_R = re.compile(r"r(?=[aeou])")


def given_readings(given: str) -> frozenset[str]:
    """How a given name in letters may be read: as it stands, or a j or an r of it as that one sound."""
    others = (pattern.sub("R", given) for pattern in (_WADE_R, _PINYIN_R) if pattern.search(given))
    return frozenset(map(romanised, (given, *others)))


@lru_cache(maxsize=1 << 14)
def romanised(word: str) -> str:
    """Chinese and Korean words without what their romanisations differ in: "Tse-tung", "Zedong" → "jedun"."""
    sounds = word if word.isalpha() and word.isascii() else letters(word)
    for pattern, sound in _ROMANISED:
        sounds = pattern.sub(sound, sounds)
    return sounds


def other_tones(a: Name, b: Name) -> bool:
    """ "Nguyễn Văn Hùng", "Nguyễn Văn Hưng": both are written with their accents, and they differ."""
    accented = not (a.text.isascii() or b.text.isascii()) and a.text.lower() != b.text.lower()
    return accented and a.words == b.words and not VIETNAMESE.isdisjoint(as_letters(a.surname))


def compare_family_first(a: Name, b: Name) -> Comparison:
    """One of the names is Chinese, Korean or Vietnamese, or writes its family name in capitals first."""
    given_a, given_b = "".join(as_letters(a.forenames)), "".join(as_letters(b.forenames))
    family_a, family_b = "".join(as_letters(a.surname)), "".join(as_letters(b.surname))
    reasons = (f"family name: {family_a}, {family_b}", f"given name: {given_a}, {given_b}")
    both = a.family_first and b.family_first
    if both and not VIETNAMESE.isdisjoint((family_a, family_b)):
        return Comparison(False, DIFFERENT, reasons)
    family_alike = romanised(family_a) == romanised(family_b)
    if family_alike and not given_readings(given_a).isdisjoint(given_readings(given_b)):
        long_enough = given_a == given_b or _is_double(a) or _is_double(b)
        long_enough = long_enough or _by_wade(a, given_b) or _by_wade(b, given_a)
        long_enough = long_enough or min(len(given_a), len(given_b)) >= _TWO_SYLLABLES
        # "Yoo Seong-min", "Yoo Seung-min": eo and eu are two vowels, where both are written so.
        two_vowels = given_a != given_b and given_a.replace("eu", "eo") == given_b.replace("eu", "eo")
        sure = long_enough and not two_vowels and not _two_in_pinyin(given_a, given_b)
        score = ROMANISED_TWICE if sure else DOUBTFUL
        return Comparison(True if sure else None, score, ("romanised in two ways", *reasons))
    if (given_a, family_a) == (family_b, given_b):
        return Comparison(None, DOUBTFUL, ("the same words in another order", *reasons))
    if _family_last(a, b) or _family_last(b, a):
        return Comparison(True, TURNED, ("the same words, the family name last in one", *reasons))
    # "CY Leung", "Leung Chun-ying"
    if family_a == family_b and initials_agree(a, b) and 2 in map(len, (given_a, given_b)):
        return Comparison(True, WEIGHT["initial"], ("the same family name and initials", *reasons))
    if not both and (turned := _korean_turned(a, b) or _korean_turned(b, a)):
        return Comparison(True, TURNED, (turned, *reasons))
    if not both:
        western = compare_full(a, b)
        if western.same:
            return western
        fewer, more = sorted((set(a.words), set(b.words)), key=len)
        if fewer <= more and len(fewer) > 1:
            return Comparison(True, WEIGHT["initial"], ("every word of one name is in the other", *reasons))
    near = (family_alike and likeness(given_a, given_b)[1] == "typing") or (
        given_a == given_b and likeness(family_a, family_b)[1] in ("near", "typing", "spelling")
    )
    return Comparison(None if near else False, UNSURE if near else DIFFERENT, reasons)


def _korean_turned(first: Name, last: Name) -> str:
    """Why two names are one, the family name first in one and last in the other, romanised in two ways.

    "Yi Sung-man", "Syngman Rhee".
    """
    if not first.family_first or last.family_first or not last.forenames or len(last.surname) != 1:
        return ""
    family, given = letters(last.surname[0]), "".join(as_letters(last.forenames))
    if family not in facts.kinds("surnames.txt")["family_first"] or len(given) < _TWO_SYLLABLES:
        return ""
    one = romanised(family) == romanised("".join(as_letters(first.surname)))
    one = one and romanised(given) == romanised("".join(as_letters(first.forenames)))
    return "romanised in two ways, the family name last in one" if one else ""


def _by_wade(name: Name, other: str) -> bool:
    """Where Wade and Giles's aspirates are written, they leave no doubt: "Chiang Ch'ing" is "Jiang Qing"."""
    aspirated = "'" in clean(name.forenames[0])
    return _WADE.search(clean(name.text)) is not None and (other[:1] in "qctpk") is aspirated


def _two_in_pinyin(a: str, b: str) -> bool:
    """ "Rongji", "Rongqi": both are written as Pinyin only writes, and differ; so do "Longji", "Rongji"."""
    if len(a) == len(b) and [{x, y} for x, y in zip(a, b, strict=True) if x != y] == [{"l", "r"}]:
        return True
    return a != b and any(_PINYIN.search(x) and _MAYBE_PINYIN.search(y) for x, y in ((a, b), (b, a)))


def _family_last(a: Name, b: Name) -> bool:
    """ "Tan Cheng Bock", "Cheng Bock Tan": two syllables of a given name, and the family name behind them."""
    first, last = (as_letters((*name.surname, *name.forenames)) for name in (a, b))
    if len(first) != _THREE_WORDS or first[0] not in facts.kinds("surnames.txt")["family_first"]:
        return False
    return last == [*first[1:], first[0]]


def _is_double(name: Name) -> bool:
    """The given name is written in two syllables ("I-mou")."""
    return len(name.forenames) > 1 or any("-" in word for word in name.forenames)


def compare_turned(a: Name, b: Name) -> Comparison | None:
    """The same words in the other order: Japanese and Hungarian names are written both ways."""
    words_a, words_b = a.words, b.words
    if len(words_a) != len(words_b):
        return None
    japanese = all(map(JAPANESE.match, words_a + words_b)) and facts.patronymics().isdisjoint(words_a)
    if japanese:
        words_a, words_b = tuple(map(short_vowels, words_a)), tuple(map(short_vowels, words_b))
    turned = (words_b[-1], *words_b[:-1]), (*words_b[1:], words_b[0])
    if words_a not in turned and not (
        len(words_a) == 2
        and all(likeness(x, y)[1] in ("same", "sound") for x, y in zip(words_a, words_b[::-1], strict=True))
    ):
        return None
    hungarian = facts.kinds("given.txt")["hungarian"]
    korean = facts.kinds("surnames.txt")["family_first"] - facts.given_names()
    known = (
        any(words[-1] in hungarian for words in (words_a, words_b))
        or (japanese and len("".join(words_a)) >= 2 * SHORT)
        or len({words_a[0], words_b[0]} & korean) == 1
    )
    reason = "the same words, the family name first in one"
    return Comparison(True if known else None, TURNED if known else DOUBTFUL, (reason,))
