"""How languages spell names out of other scripts, and how English would.

German, French, Polish, Spanish, Hungarian, Dutch and others spell Cyrillic, Georgian or Arabic letters by
their own sounds ("Schiwkow", "Jivkov", "Żiwkow", "Zhivkov"); the letters of Turkish, Azeri, Kurdish, Somali,
Albanian, Uzbek, Basque and the South Slavs have other sounds than in English ("Hacıyev", "Hajiyev").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, eq=False, slots=True)
class Spelling:
    """`mark`: what shows, in lower case, that a name is spelt so.

    `rules`: how English spells the same, in order. `needed`: letters of which every mark has some, to be
    looked for first.
    """

    mark: re.Pattern[str]
    rules: tuple[tuple[re.Pattern[str], str], ...]
    needed: tuple[str, ...] = ("",)


def _rules(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), sound) for pattern, sound in rules)


# The capitals keep what is done.
GERMAN = Spelling(
    # "Schiwkow", "Lawrow", "Selenskyj"
    re.compile(
        r"sch|chail|[ae]we|[dlnrt]j[aou]|[aoe]wa?\b|jew|[iy]j\b|[aeo]j\b|dse\b",
    ),
    _rules(
        ("schtsch", "SHCH"),
        ("tsch", "CH"),
        ("dsch", "DZH"),
        ("sch", "SH"),
        ("ch", "kh"),
        ("z", "ts"),
        ("w", "v"),
        ("j", "y"),
    ),
)
FRENCH = Spelling(
    re.compile(r"ou|tch|dj|gu[ei]|[ïë]|\bj\w*e[fv]a?\b|(?:k|ts)ine\b"),
    _rules(
        ("tch", "CH"),
        ("ouche$", "ush"),
        ("ch", "sh"),
        ("(?<!d)j", "zh"),
        ("gu(?=[ei])", "g"),
        ("(?<=[^aeiou])(ou|a|i)ne$", r"\1n"),
        ("ou", "u"),
    ),
)
# PWN's rules of transcription; a bare l before a, o or u is a soft one.
POLISH = Spelling(
    re.compile(r"[łżźśćń]|ie[jw]a?\b"),
    _rules(
        ("szcz", "SHCH"),
        ("dż", "DZH"),
        ("cz|ć|ci(?=[aou])", "CH"),
        ("sz", "SH"),
        ("rz|ż", "ZH"),
        ("ch", "kh"),
        ("c", "ts"),
        ("(?<=[^aeiou])ie", "e"),
        ("l(?=[aou])", "ly"),
        ("w", "v"),
        ("j", "y"),
    ),
)
# The Turkish alphabet of 1928, the Kurdish one of 1932, the Azeri one of 1991; a small İ is an i and a dot.
TURKISH = Spelling(
    re.compile(r"[ışğəîêû\u0307]"),
    _rules(("j", "ZH"), ("c", "J"), ("ç", "CH"), ("ş", "SH"), ("ə", "a"), ("x", "KH"), ("q", "g")),
)
# Gaj's Latin alphabet, from which ISO 9 takes its letters for Cyrillic ones.
GAJ = Spelling(
    re.compile(r"[čćžšđ]"),
    _rules(
        ("dž", "DZH"),
        ("đ", "DJ"),
        ("[čć]", "CH"),
        ("š", "SH"),
        ("ž", "ZH"),
        ("c", "ts"),
        ("j", "y"),
    ),
)
# ELOT 743, the letters of Greek passports: "Mpakogianni", "Bakoyannis".
GREEK = Spelling(
    re.compile(r"\b(?:mp|nt|gk)|gk|gi[ao]nn|[ao]gi[ao]|mp[aeo]\w*s\b"),
    _rules(("mp", "b"), ("^nt", "d"), ("gk", "g"), ("gi(?=[aeo])", "y")),
    needed=("mp", "nt", "gk", "gi"),
)
# The Somali alphabet of 1972: c and x are Arabic's ayn and ha.
SOMALI = Spelling(
    re.compile(
        r"\b(?:cab|cal[ia]|cumar|cism|cusm|ciis|x(?:as|us|us|am|al|aa|ir|uu))|axa|axm|iix|uux|aax|ici{1,2}d|\bc[aiu]\w*(?:aa|ii|uu)|\bx\w*(?:aa|ii|uu)"
    ),
    _rules(
        ("ici{1,2}d$", "aid"),
        ("^ciis", "iis"),
        ("ee(?=n$|kh$)", "ei"),
        ("c(?=[aiu])", ""),
        ("x", "h"),
        (r"([aeiou])\1", r"\1"),
    ),
    needed=("c", "x"),
)
# Spanish has no letter for kh but j: "Jodorkovski", "Zajárova", "Jomeini".
SPANISH = Spelling(
    re.compile(
        r"\bj(?:r|om[eé]|amen|od|al[ie][fd]|at[aá]m|ash)|[aeiouáéíóú]j[aeiouáéíóú]\w*(?:[oóeé]va?|ilis?|in|sk[iy]|enko)\b"
        r"|mij[aeé]|guei"
    ),
    _rules(("gu(?=[eéií])", "g"), ("sh", "SH"), ("j", "kh")),
    needed=("j", "guei"),
)
# Dutch and the Scandinavian languages write hissing sounds with a j: "Gorbatsjov", "Prigozjin".
NORTHERN = Spelling(
    re.compile(r"tsj|[sz]j"),
    _rules(
        ("stsj|sjtsj", "SHCH"),
        ("tsj", "CH"),
        ("sj", "SH"),
        ("zj", "ZH"),
        ("ch", "kh"),
        ("oe", "u"),
        ("w", "v"),
        ("j", "y"),
    ),
    needed=("j",),
)
# Hungarian: "Gorbacsov", "Szojgu", "Zelenszkij".
HUNGARIAN = Spelling(
    re.compile(r"\bszer?g|cso[vn]|[gz]sin\b|[ij]?szk[iy]j?\b|cs?enko|zsenko|ovics\b|szlav\b"),
    _rules(
        ("scs", "SHCH"),
        ("gy(?=[ei])", "d"),
        ("cs", "CH"),
        ("zs", "ZH"),
        ("sz", "Q"),
        ("s", "SH"),
        ("Q", "s"),
        ("c", "ts"),
        ("j", "y"),
    ),
    needed=("sz", "cs", "zs", "sin", "serg"),
)
# Basque: "Etxeberria", in Spanish "Echeverría".
BASQUE = Spelling(
    re.compile("tx"),
    _rules(("tx", "ch"), ("(?<=[aeo])b(?=[ae]rr)", "v")),
    needed=("tx",),
)
# Albanian: "Hoxha", "Hodja".
ALBANIAN = Spelling(
    re.compile("xh|gj"),
    _rules(("xh|gj", "DJ"), ("ç|q", "CH"), ("ë$", ""), ("ë", "e"), ("j", "y")),
    needed=("xh", "gj"),
)
# Indonesian until 1972: "Tjokroaminoto", "Cokroaminoto".
INDONESIAN = Spelling(
    re.compile(r"tj[aiou]|oe\w*[ao]\b|[ds]j[aou]\w*[aioe]n?\b"),
    _rules(("tj", "c"), ("dj", "J"), ("sj|sy", "sy"), ("nj", "ny"), ("oe", "u"), ("j", "y"), ("J", "j")),
    needed=("j", "oe"),
)
# The Uzbek alphabet of 1995, whose o is an a in Russian: "Oʻtkir Hoshimov", "Utkir Khashimov".
UZBEK = Spelling(
    re.compile(r"[og]ʻ|g['‘’`]"),
    _rules(("oʻ", "u"), ("o", "a"), ("g.?['ʻ‘’`]", "g"), ("[hx]", "kh"), ("j", "dj"), ("q", "k")),
)
_IN_ASCII = (
    GERMAN,
    FRENCH,
    POLISH,
    GREEK,
    SOMALI,
    SPANISH,
    NORTHERN,
    HUNGARIAN,
    BASQUE,
    ALBANIAN,
    INDONESIAN,
)
_SPELLINGS = (*_IN_ASCII, TURKISH, GAJ, UZBEK)


@lru_cache(maxsize=1 << 15)
def spelt_in(text: str) -> tuple[Spelling, ...]:
    """The languages that a name or a word may be spelt in."""
    text = text.lower()
    spellings = _IN_ASCII if text.isascii() else _SPELLINGS
    return tuple(spelling for spelling in spellings if _may_be(text, spelling) and spelling.mark.search(text))


def _may_be(text: str, spelling: Spelling) -> bool:
    for letters in spelling.needed:  # noqa: SIM110, for it is called for every name that is new
        if letters in text:
            return True
    return False


@lru_cache(maxsize=1 << 15)
def as_english(word: str, spelling: Spelling) -> str:
    """A word that another language spells out of another script, in English spelling ("tschubais")."""
    for pattern, sound in spelling.rules:
        word = pattern.sub(sound, word)
    return word
