"""Two words as forms of one name: its spellings, short forms and initials; and the words of two names paired.

Two different names of the word lists are never two spellings of one, however close their letters are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotetrack.names import facts
from quotetrack.names.look_alikes import two_forms
from quotetrack.names.parse import Name
from quotetrack.names.scripts import one_japanese
from quotetrack.names.sounds import differ_in_sex, known_apart, likeness, one_given_name, one_surname, phones
from quotetrack.names.text import letters

# How much a kind of agreement weighs. Set by hand in this order, checked on tests/data/name_pairs.tsv.
WEIGHT = {
    "same": 1.0,
    "sound": 0.97,
    "nickname": 0.95,
    "spelling": 0.92,
    "typing": 0.85,
    "initial": 0.8,
}
# These leave no doubt that two forenames are one name's.
SURE = ("same", "sound", "nickname")
# A given name cut off to this length can be its bearer's short one.
SHORTENED = 4
# What the pairing of two whole words weighs beyond theirs: last names are paired first.
_LAST = 0.1
# Two words that together are one of the other name weigh a little less than two that are the same.
_TOGETHER = 1.9
# Letters that begin one name in two spellings: Carl and Karl, Yelena and Elena.
_SAME_INITIAL = ("ck", "kc", "ye", "ey")


@dataclass(frozen=True, slots=True)
class Match:
    """How two words agree (a key of `WEIGHT`; "" where they do not), and the reason in words."""

    kind: str = ""
    reason: str = ""


Pairs = list[tuple[int, int, Match]]
NO_MATCH = Match()


def as_letters(words: Sequence[str]) -> list[str]:
    return [letters(word) for word in words if letters(word)]


@lru_cache(maxsize=1 << 16)
def match_words(a: str, b: str) -> Match:
    """Two words as spellings of one surname."""
    return _match_spellings(a, b, facts.surnames())


def _match_spellings(a: str, b: str, known: frozenset[str]) -> Match:
    """Two words as spellings of one name; two that are `known` are two."""
    kind = likeness(a, b)[1]
    if kind not in ("same", "sound") and one_japanese(a, b):
        return Match("sound", f"{a} and {b} spell one name")
    if kind not in ("same", "sound") and (one_surname(a, b) or _fathers_name(a, b)):
        return Match("spelling", f"{a} and {b} spell one name")
    listed = kind != "same" and known_apart(a, b, known)
    if kind not in WEIGHT or (listed and not one_given_name(a, b)):
        # "Elbaradei", "Baradei"
        short, long = sorted((a, b), key=len)
        if len(short) > 3 and long[:2] in ("al", "el") and likeness(long[2:], short)[1] in ("same", "sound"):
            return Match("sound", f"{a} is {b} with its article")
        return NO_MATCH
    words = {"same": f"{a} in both", "typing": f"{a} may be mistyped for {b}"}
    return Match(kind, words.get(kind, f"{a} and {b} spell one name"))


def _fathers_name(a: str, b: str) -> bool:
    """ "Said", "Saeed": an Arabic surname is often a given name, in as many spellings."""
    one = one_given_name(a, b) and not facts.patronymics().isdisjoint((a, b))
    return one and not two_forms(phones(a), phones(b))


@lru_cache(maxsize=1 << 16)
def match_given(a: str, b: str) -> Match:
    """Two forenames as one: the same, an initial of the other, a nickname, a spelling."""
    if a == b:
        return Match("initial" if len(a) == 1 else "same", f"{a} in both")
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        fits = short.isalpha() and (short == long[0] or (len(long) > 2 and short + long[0] in _SAME_INITIAL))
        return Match("initial", f"{short} can stand for {long}") if fits else NO_MATCH
    if one_given_name(a, b):
        return NO_MATCH if facts.opposite(a, b) else Match("nickname", f"{a} and {b} are forms of one name")
    # "Karim", "Abdul Karim"
    if len(short) > SHORTENED and phones(long) == f"abd{phones(short)}":
        return Match("nickname", f"{short} is short for {long}")
    if differ_in_sex(a, b):
        return NO_MATCH
    # "Thuli", "Thulisile"
    cut_off = len(short) >= SHORTENED and len(long) - len(short) > 2 and long.startswith(short)
    if cut_off and short not in facts.given_names():
        return Match("nickname", f"{short} is short for {long}")
    # "Daniel", "Danail"
    latin, others = facts.latin_given(), facts.out_of_script()
    if (a in latin) != (b in latin) and (a in others or b in others):
        return NO_MATCH
    return _match_spellings(a, b, facts.given_names())


def match_joined(joined: str, word: str) -> Match:
    """Two words together are the other one ("Khatib Zadeh", "Khatibzadeh")."""
    kind = likeness(joined, word)[1]
    return Match(kind, f"{word} in both") if kind in ("same", "sound") else NO_MATCH


def match_first(a: Name, b: Name) -> Match:
    """The first forenames of two names, which may be given as a nickname or written in two words."""
    words_a, words_b = a.words, b.words
    match = match_given(words_a[0], words_b[0])
    if match.kind and match.kind != "initial":
        return match
    for nickname, word in ((letters(a.nickname), words_b[0]), (letters(b.nickname), words_a[0])):
        if nickname and nickname == word:
            return Match("nickname", f"{nickname} is given as a nickname")
    for shorter, longer in ((words_a, words_b), (words_b, words_a)):
        together = "".join(shorter[:2])
        # "Jean Claude", "Jeanclaude"; "Maite", "María Teresa"
        if len(shorter) > 2 and (together == longer[0] or one_given_name(together, longer[0])):
            return Match("nickname", f"{shorter[0]} {shorter[1]} is {longer[0]}")
    return match


def pair_words(a: Sequence[str], b: Sequence[str]) -> Pairs:
    """The best pairing, in order, of the words of two names: (index in a, index in b, how they match).

    The last words are surnames. Two words of one name may match one of the other.
    """
    table: dict[tuple[int, int], tuple[float, Pairs]] = {}

    def best(i: int, j: int) -> tuple[float, Pairs]:
        if i < 0 or j < 0:
            return 0.0, []
        if (i, j) in table:
            return table[i, j]
        options = [best(i - 1, j), best(i, j - 1)]
        last = i == len(a) - 1 and j == len(b) - 1
        match = match_words(a[i], b[j]) if last and min(len(a[i]), len(b[j])) > 1 else match_given(a[i], b[j])
        if match.kind:
            score, pairs = best(i - 1, j - 1)
            options.append((score + WEIGHT[match.kind] + last * _LAST, [*pairs, (i, j, match)]))
        if i > 0 and (whole := _joined(a, i, b[j])).kind:
            score, pairs = best(i - 2, j - 1)
            options.append((score + _TOGETHER, [*pairs, (i - 1, j, whole), (i, j, whole)]))
        if j > 0 and (whole := _joined(b, j, a[i])).kind:
            score, pairs = best(i - 1, j - 2)
            options.append((score + _TOGETHER, [*pairs, (i, j - 1, whole), (i, j, whole)]))
        table[i, j] = max(options, key=lambda option: option[0])
        return table[i, j]

    return best(len(a) - 1, len(b) - 1)[1]


def _joined(words: Sequence[str], last: int, word: str) -> Match:
    """The word at `last` and the one before it, initials aside, against a word of the other name."""
    first, second = words[last - 1 : last + 1]
    return match_joined(first + second, word) if min(len(first), len(second)) > 1 else NO_MATCH
