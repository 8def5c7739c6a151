"""How alike two words of a name sound, whatever alphabet they were spelt out from.

`phones` turns a word into one character a sound, so that the usual ways to romanise Arabic, Persian,
Hebrew, Russian, Turkish, Indian and European names fall together ("Qadhafi" and "Gaddafi" nearly,
"Sergei" and "Sergey" wholly). `distance` then weighs what is left: related sounds cost little, others 1.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import OSA, Editop, Levenshtein

from quotetrack.names import facts
from quotetrack.names.look_alikes import are_two
from quotetrack.names.text import letters

# In order; the capitals are sounds written with several letters. First stands what the pattern never matches
# without: few rules concern a word, and to look for letters is much quicker.
_RULES = [
    (needed, re.compile(pattern), sound)
    for needed, pattern, sound in (
        ("mac", r"^mac(?=[bcdfghjklmnpqrstvwxz]\w{2})", "mc"),
        (
            "abd",
            r"^abd(?:[aeou]l|[aeou]([rsntdz])(?=\1)|[aeou](?=[b-df-hj-np-tv-z]))?(?!l?l?ah?$)(?=\w{4})",
            "abd",
        ),
        ("la", r"(?<=[a-z]{3})(?:[aou]l?l+ah?|ol+a)$", "ulah"),  # Abdullah, Abdallah, Nasrallah
        ("d", r"(?<=[a-z]{2})[aeou](?:l-?|d)?d(?:i|ee)ne?$", "din"),  # Safieddine, Safi al-Din
        ("tti", r"(?<=[a-z]{2})[aeou]ttin$", "din"),  # Turkish: Selahattin, Salah al-Din
        ("a", r"^c?ha(?:tz|dj|dz|ts)i(?=[a-z]{3})", "haji"),  # Greek: Hadjichristofi, Chatzichristofi
        ("abua", r"^abua(?=l\w{3})", "abu"),  # Abu al-Gheit, Aboul Gheit
        ("nd", r"[ei]nd(?:[ae]r|ra)$", "endra"),  # Surendra, Surinder
        ("bh", r"bh(?=[aeiou])", "b"),
        ("oe", r"oe(?=[vw]sk)", "oye"),  # Dostoevsky
        ("ousk", r"(?<=\w{3})ou(?=sk[aiy])", "ov"),  # Belarusian: Tsikhanouskaya, Tikhanovskaya
        ("je", r"je(?=wa?$)", "ye"),  # German: Alijew, Medwedjew
        ("ienko", r"(?<=[^aeiou])ienko$", "iyenko"),
        ("ch", r"shch|schtsch|stsch", "S"),
        ("d", r"dzh|dsch|dj", "J"),
        ("tsch", r"tsch", "C"),
        ("s", r"sch|sh|ş|sz", "S"),
        ("c", r"tch|ch|cz", "C"),
        ("zh", r"zh", "Z"),
        ("kh", r"kh", "X"),
        ("gh", r"gh", "g"),
        ("ph", r"ph", "f"),
        ("th", r"th", "t"),
        ("dh", r"dh", "d"),
        ("c", r"ck|cq", "k"),
        ("ij", r"(?<![aeiou])ij(?=[^aeiou]|$)", "y"),  # Uijl, Uyl
        ("aee", r"aee$", "ai"),  # Khazaee, Khazai
        ("wam", r"wam[iy]$", "ami"),  # Tamil: Gopalaswamy, Gopalasamy
        ("yyi", r"yyi(?=[bd]$)", "ye"),  # Tayyib, Tayeb
        ("ayi", r"ayi(?=[bd]$)", "aye"),
        ("que", r"que$", "k"),  # Razzaque
        ("eh", r"(?<=\w{5})eh$", "ah"),  # Nakhaleh, Nakhalah
        ("tz", r"(?<=[lnr])tz", "z"),
        ("t", r"tz|ts", "T"),
        ("x", r"x", "ks"),
        ("q", r"qu|q", "k"),
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c(?=[abdf-z])|c$", "k"),
        ("w", r"w", "v"),
        ("k", r"(?:sk|ck)(?:iy|yy|ii|yi|ij|y|i|j|iyi)$", "ski"),
        ("", r"(?<=[^aeiou])(?:iy|yy|ii|yi|ij)$", "i"),
        ("e", r"^ye|^ie|^je(?=[lkgvfw]|rm)", "e"),
        ("e", r"(?<=\w)(?:iye|aye|ye|ie)(?=[vw]\w?$)", "E"),  # Aliyev, Aliev; Medvedyev
        ("", r"(?:ei|ey|ai|ay)(?![aeiou])", "A"),
        ("e", r"ee|ie", "i"),
        ("o", r"oo|ou", "u"),
        ("ae", r"ae", "a"),
        ("oe", r"oe", "o"),
        ("ue", r"ue", "u"),
        ("y", r"y(?=[aeou])", "Y"),
        ("y", r"y", "i"),
        ("Y", r"Y", "y"),
        ("h", r"(?<=[aeiou])h$", ""),
        ("", r"(.)(?=\1)", ""),
        ("iy", r"iy(?=[ao])", "i"),
        ("E", r"E", "e"),
        ("J", r"J", "j"),
    )
]
# Letters that no rule drops or makes.
_KEPT = frozenset("bmnr")
_VOWELS = frozenset("aeiouA")
# Pairs of sounds that romanisations and languages exchange, with what the exchange costs (1 = unrelated).
_EXCHANGES = (
    (0.25, "ei ae ou Ae Ai yj ij sz"),
    (0.35, "gk kX Xh jZ CT SC Sz fv iy sT"),
    (0.5, "CX gj gX gh Ss td zT zZ Cj Ck bv vu jC Zj uv Aa"),
    (0.8, "ao ai eo io eu iu au bp mn Ao Au"),
)


def _costs() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for cost, pairs in _EXCHANGES:
        for x, y in map(tuple, pairs.split()):
            found.setdefault(x, {x: 0.0})[y] = cost
            found.setdefault(y, {y: 0.0})[x] = cost
    return found


_NEAR = _costs()
# The exchanges that leave a name out of another script the same, if its other sounds are.
_EXCHANGED = frozenset(
    frozenset(pair)
    for pair in (
        "ea ei ao ou eo iy Ae Aa Ai ye yo jZ yj Tz XC Ch SC jC zd kg gh Xk Xh Tt Ts uv vb pf td bp"
    ).split()
)
# The endings of Slavic given names in the spellings of several languages, and which ones the list may have.
_SLAVIC_ENDINGS = (
    (re.compile(r"(?:[iy]{1,2}|[iy]j)$"), ("iy", "y", "i", "ii")),
    (re.compile(r"(?:[iyj]|i[iyj])a$"), ("ia", "iya", "ya")),
)
_SLAVIC = ("ski", "skaya", "ska", "ov", "ova", "ev", "eva", "enko")
LOOSE_LENGTH = 4
LOOSE_CHANGES = 3
# What a sound more or less costs, if not 1: a vowel ("Ebrhim"); an h, i or y ("Rohani"/"Rouhani", "Yehiya").
_FREE = dict.fromkeys(_VOWELS, 0.5) | dict.fromkeys("hiy", 0.35)
# The cost of all differences for each sound of the longer word that still makes two words one name's
# spellings. "Kadhemi"/"Kadhimi" has 0.04, "Mohammed"/"Muhamad" 0.07; "Hassan"/"Hussein" 0.21,
# "Hamid"/"Hamad" 0.16.
SPELLING = 0.105
# Words that share less than this of their sounds are not weighed any further ("Gaddafi", "Qadhafi": 0.67).
ALIKE = 0.5
# Words this short have to sound the same.
SHORT = 3
# A typing error (one letter more, less, other, or two exchanged) counts in words at least this long.
TYPO_LENGTH = 6
LONG_TYPO_LENGTH = 10
# In shorter words another consonant makes another name: "Harman", "Hartman"; "Milley", "Miller".
CONSONANT_TYPO_LENGTH = 8


@lru_cache(maxsize=1 << 16)
def phones(word: str) -> str:
    """The sounds of a word, one character each: "Qadhafi" → "kadafi", "Khashoggi" → "XaSogi"."""
    sounds = letters(word)
    for needed, pattern, sound in _RULES:
        if needed in sounds:
            sounds = pattern.sub(sound, sounds)
    return sounds


@lru_cache(maxsize=1 << 16)
def kept(word: str) -> frozenset[str]:
    """Some of the letters of a word; those that do not have the same never sound the same."""
    return _KEPT.intersection(word)


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants that all romanisations agree on, for looking a name up: "Qaddafi" → "gdf"."""
    # "Tsikhanouski", "Tsikhanovsky"; "Nambu", "Nanbu"
    sounds = phones(word)
    if "sk" in sounds:
        sounds = re.sub(r"[uv](?=sk)", "", sounds)
    if "nb" in sounds or "np" in sounds:
        sounds = re.sub(r"(?<=[aeiou])n(?=[bp])", "m", sounds)
    merged = sounds.translate(str.maketrans("kXqjZvCSTzy", "gggggfssss "))
    first, rest = merged[:1], merged[1:]
    bones = re.sub(r"[aeiouAh ]", "", rest)
    first = "" if first == "h" else "a" if first in "aeiouA " else first
    return re.sub(r"(.)(?=\1)", "", first + bones)


def distance(a: str, b: str) -> float:
    """The cost of turning the sounds `a` into `b`: Levenshtein's distance with related sounds cheap."""
    more = [_FREE.get(sound, 1.0) for sound in b]
    previous = [0.0, *accumulate(more)]
    for x in a:
        less = _FREE.get(x, 1.0)
        near = _NEAR.get(x) or {x: 0.0}
        cost = previous[0] + less
        current = [cost]
        # The least of three, without the call of min: this is most of what two new names cost.
        for y, added, diagonal, above in zip(b, more, previous, previous[1:], strict=False):
            cost += added
            changed = diagonal + near.get(y, 1.0)
            if changed < cost:
                cost = changed
            if above + less < cost:
                cost = above + less
            current.append(cost)
        previous = current
    return previous[-1]


@lru_cache(maxsize=1 << 16)
def likeness(a: str, b: str) -> tuple[float, str]:
    """How alike two words are (0 to 1) and why: "same", "sound", "spelling", "typing", "near" or "other".

    Only the first four mean that they can be one name.
    """
    a, b = letters(a), letters(b)
    if a == b:
        return 1.0, "same"
    sounds_a, sounds_b = phones(a), phones(b)
    if sounds_a == sounds_b:
        return 0.97, "sound"
    # Most words have little in common; rapidfuzz tells so at once.
    alike = Levenshtein.normalized_similarity(sounds_a, sounds_b, score_cutoff=ALIKE)
    if not alike:
        return 0.0, "other"
    longer = max(len(sounds_a), len(sounds_b))
    weighed = distance(sounds_a, sounds_b)
    score = max(0.0, 1 - weighed / longer)
    # "Ivanov", "Ivanova"; "Daniel", "Daniela"; "Péter", "Péterné" (his wife): a man and a woman.
    # "Aziz", "Azizi": two families.
    short, long = sorted((a, b), key=len)
    few, many = sorted((sounds_a, sounds_b), key=len)
    ending = long in (short + "a", short + "i", short + "ne") or many in (few + "a", few + "i")
    ending = ending or (many[:-1] == few and many[-1] in _VOWELS and len(few) < TYPO_LENGTH)
    if a.replace("ie", "ei") == b.replace("ie", "ei") and longer >= SHORT:
        return 0.85, "typing"
    if len(few) <= SHORT or ending or (longer == SHORT + 1 and {sounds_a[-1], sounds_b[-1]} == {"a", "e"}):
        return min(score, 0.6), "near" if score > 0.7 else "other"
    # These sounds are common at the beginning, in all alphabets: "Sakharov", "Zakharov"; "Shahid", "Zahid".
    if sounds_a[0] + sounds_b[0] in ("sz", "zs", "Sz", "zS"):
        return min(score, 0.8), "near"
    # A long vowel is always written: "Amri" is no "Amiri", nor "Zelinsky" "Zelensky".
    if _another_vowel(sounds_a, sounds_b):
        return min(score, 0.8), "near"
    if weighed / longer <= SPELLING:
        if are_two(a, b, sounds_a, sounds_b) or not _all_related(sounds_a, sounds_b):
            return min(score, 0.8), "near"
        return 0.6 + 0.35 * score, "spelling"
    if _typing_error(a, b) and not are_two(a, b, sounds_a, sounds_b):
        return 0.85, "typing"
    return min(score, 0.8), "near" if score >= 0.72 else "other"


def _all_related(a: str, b: str) -> bool:
    """No sound stands where the other word has an unrelated one ("Dragasakis", "Dragatakis")."""
    return all(
        b[change.dest_pos] in _NEAR.get(a[change.src_pos], {})
        if change.tag == "replace"
        else (a[change.src_pos] if change.tag == "delete" else b[change.dest_pos]) != "k"
        for change in Levenshtein.editops(a, b)
    )


def loosely_spelt(a: str, b: str, known: frozenset[str]) -> bool:
    """Two words may be one name out of a script whose vowels are romanised in many ways.

    The consonants are the same or ones that romanisations exchange. "Karimi" and "Karami" are two names: an i
    for an a is never one of spelling.
    """
    sounds = phones(a), phones(b)
    if min(map(len, (a, b))) < LOOSE_LENGTH or known_apart(a, b, known):
        return False
    # "Omar", "Ammar": a vowel at the beginning is no short one.
    if {sounds[0][0], sounds[1][0]} in ({"a", "o"}, {"a", "u"}) and min(map(len, sounds)) < TYPO_LENGTH:
        return False
    one = _one_romanised(*sounds) or _one_romanised(*sounds[::-1])
    return one and not are_two(a, b, *sounds)


# An Arabic diminutive (fuʿayl), whose first vowel ALA-LC writes u and the Gulf's and the Maghreb's press e,
# o or not at all: "Khulaifi", "Khelaifi"; "Zubaidi", "Zbidi".
_DIMINUTIVE = re.compile(r"^([^aeiouA])[eou](?=[^aeiouA]A)")


def _one_romanised(a: str, b: str) -> bool:
    if _DIMINUTIVE.match(a) and _DIMINUTIVE.match(b):
        a, b = (_DIMINUTIVE.sub(r"\1u", word) for word in (a, b))
    changes = Levenshtein.editops(a, b)
    return len(changes) <= LOOSE_CHANGES and all(_exchanged(change, a, b) for change in changes)


def _exchanged(change: Editop, a: str, b: str) -> bool:
    if change.tag == "replace":
        exchanged = frozenset((a[change.src_pos], b[change.dest_pos]))
        if exchanged == frozenset("mn"):
            # "Jumblatt", "Junblatt"
            return a[change.src_pos + 1 : change.src_pos + 2] in ("b", "p", "f")
        return exchanged in _EXCHANGED or (exchanged == frozenset("sz") and change.src_pos > 0)
    word, place = (a, change.src_pos) if change.tag == "delete" else (b, change.dest_pos)
    if word[place] == "i":
        return not _VOWELS.isdisjoint(word[max(place - 1, 0)] + word[place + 1 : place + 2])
    # At the end an a or an i makes another name ("Ivanova", "Azizi").
    return word[place] in "eh" or (word[place] in "aeiouy" and place < len(word) - 1)


def _another_vowel(a: str, b: str) -> bool:
    """An i more between two consonants of a short word; in a Slavic surname, an i for an e."""
    changes = Levenshtein.editops(a, b)
    if len(changes) != 1:
        return False
    (change,) = changes
    if change.tag == "replace":
        exchanged = {a[change.src_pos], b[change.dest_pos]} == {"e", "i"}
        return exchanged and a.endswith(_SLAVIC) and b.endswith(_SLAVIC)
    word, place = (a, change.src_pos) if change.tag == "delete" else (b, change.dest_pos)
    between = word[place - 1 : place] + word[place + 1 : place + 2]
    short = min(map(len, (a, b))) < TYPO_LENGTH
    return short and word[place] == "i" and len(between) == 2 and _VOWELS.isdisjoint(between)


def differ_in_sex(a: str, b: str) -> bool:
    """ "Mario" and "Maria", "Toshiki" and "Toshiko": never two spellings of one given name."""
    return a[:-1] == b[:-1] and {a[-1:], b[-1:]} <= set("aeiou")


# Endings of whole peoples' surnames: what tells stands before them ("Gelashvili", "Gegelashvili").
_FAMILY_ENDING = re.compile(r"(?:s[hc]+[vw]ili|a?d[sz]e|o?poulo[su]|akis|enko|[cs]huk|[iy]an)$")


def _typing_error(a: str, b: str) -> bool:
    ending = _FAMILY_ENDING.search(a)
    if ending and b.endswith(ending[0]):
        a, b = a[: ending.start()], b[: -len(ending[0])]
        if not (a and b):
            return False
    # "Najjar", "Nijjar": as in `loosely_spelt`, an i for an a makes another name.
    if [{x, y} for x, y in zip(a, b, strict=False) if x != y] == [{"a", "i"}]:
        return False
    shorter = min(len(a), len(b))
    if a[0] != b[0] or shorter < TYPO_LENGTH or a.isdigit():
        return False
    if shorter < CONSONANT_TYPO_LENGTH and sorted(_consonants(a)) != sorted(_consonants(b)):
        return False
    allowed = 2 if shorter >= LONG_TYPO_LENGTH else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _consonants(word: str) -> str:
    return re.sub(r"[aeiouy]|(.)(?=\1)", "", word)


def known_apart(a: str, b: str, known: frozenset[str]) -> bool:
    """Both are names of their own in a list, so a likeness of their spelling says nothing."""
    return a in known and b in known


def one_given_name(a: str, b: str) -> bool:
    """Two forms of one given name by the list of nicknames ("Joe", "Joseph"; "Muhammad", "Mohamed")."""
    lines = _lines(a)
    if lines and not lines.isdisjoint(_lines(b)):
        return True
    # German spells "Yehuda" with a j.
    return len(a) == len(b) > SHORT and a[1:] == b[1:] and {a[0], b[0]} == {"j", "y"}


@lru_cache(maxsize=1 << 15)
def _lines(given: str) -> frozenset[int]:
    """The lines of a given name, which may end in any spelling of a Slavic -y ("Serhiy", "Serhij")."""
    lines = facts.nicknames()
    if given in lines or len(given) <= TYPO_LENGTH - 1:
        return lines.get(given, frozenset())
    for ending, others in _SLAVIC_ENDINGS:
        if ending.search(given):
            stem = ending.sub("", given)
            return next((lines[stem + other] for other in others if stem + other in lines), frozenset())
    return frozenset()


def one_surname(a: str, b: str) -> bool:
    """Two spellings of one surname by the list ("Chowdhury", "Chaudhry")."""
    lines = facts.surname_spellings()
    return a in lines and lines.get(a) == lines.get(b)
