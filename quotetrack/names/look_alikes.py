"""Two words whose sounds differ so little that they might be spellings of one name, and yet are two names.

Newspapers write a Slavic name's full vowels and an Arabic root's pattern alike, whatever else they differ in.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Editop, Levenshtein

# Arabic fāʿil beside faʿal and faʿʿāl: "Nasser" and "Nassar", "Kamel" and "Kamal", "Jaber" and "Jabbar".
_ACTIVE, _INTENSIVE = (re.compile(f"^[^aeiouA]a[^aeiouA]{vowel}[^aeiouA]i?$") for vowel in ("[ei]", "a"))
# And faʿl beside fāʿil and faʿʿāl: "Sadr" and "Sader", "Nasr" and "Nassar".
_BROKEN = re.compile(r"^\wa[^aeiou][ei]r$")
_VERBAL, _DOUBLED = re.compile(r"^\wa[^aeiou]{2}$"), re.compile(r"^\wa([^aeiou])\1a[^aeiou]$")
# And with s and z, two letters in every script: "Nasir" and "Nazir", "Qasim" and "Kazim".
_HISSING = re.compile(r"^[^aeiouA]?a[sz][aeiou][bdlmr]$")
# Surnames whose vowels Cyrillic tells apart: "Marković" and "Mirković", "Safronov" and "Sofronov".
_SLAVIC = re.compile(r"(?:[eo][vf]a?|[oe]?vska(?:ya)?|sk(?:i|a(?:ya)?)|enko|(?<!n)i[ckCT]|(?<=z)ak)$")
# Belarusian writes every unstressed o as a: "Kalesnikava", "Kolesnikova"; "Pratasevich", "Protasevich".
_BELARUSIAN = re.compile(r"(?:\w{3}ava|[ae]u|evi[ckCT])$")
# What writers of Cyrillic differ in: "Ismayilova", "Ismailova"; "Fyodorov", "Fedorov".
_DIPHTHONGS = ((re.compile(r"a[yi]+"), "A"), (re.compile(r"[yi]+[eo]"), "e"))
_YIDDISH = re.compile(r"(?:man|berg|stAn|feld|baum)$")
# Sounds that every romanisation of Cyrillic tells apart: "Malenkov", "Malinkov"; "Andropov", "Antropov".
_TOLD = frozenset(map(frozenset, ("ai", "ao", "ei", "dt", "bp", "bm")))
# Behind these an o is an e too: "Gorbachov", "Gorbachev"; "Tsaryov", "Tsarev".
_SOFT = re.compile(r"[CSZTyi][eo]va?$")
# Endings of Greek surnames: "Dimas", "Dimos".
_GREEK = re.compile(r"[aio]s$")
_GREEK_ENDINGS = ("os", "akis", "idis", "iadis")
_CYRILLIC = re.compile("(?:[oe]va?|ski|enko|[iy]n)$")
_SHORT = 4


def are_two(a: str, b: str, sounds_a: str, sounds_b: str) -> bool:
    """Whether two words, and how they sound, are two names though little is between them."""
    return (
        # "Wade", "Wadi"
        (len(a) == len(b) == _SHORT and a[:-1] == b[:-1] and {a[-1], b[-1]} <= set("aei"))
        or two_forms(sounds_a, sounds_b)
        or _one_doubled(a, b)
        or _two_slavs(a, b, sounds_a, sounds_b)
        or _other_ending(sounds_a, sounds_b)
        or _two_greeks(sounds_a, sounds_b)
        or _another_consonant(a, b, sounds_a, sounds_b)
        or _hissing(sounds_a, sounds_b)
        or _two_yiddish(sounds_a, sounds_b)
    )


def two_forms(sounds_a: str, sounds_b: str) -> bool:
    """Two words of one Arabic root."""
    return any(
        _ACTIVE.match(x) and _INTENSIVE.match(y) for x, y in ((sounds_a, sounds_b), (sounds_b, sounds_a))
    )


def _one_doubled(a: str, b: str) -> bool:
    return any(_VERBAL.match(x) and (_DOUBLED.match(y) or _BROKEN.match(y)) for x, y in ((a, b), (b, a)))


def _two_slavs(a: str, b: str, sounds_a: str, sounds_b: str) -> bool:
    polish = "ie" in a or "ie" in b
    soft = _SOFT.search(sounds_a) or _SOFT.search(sounds_b)
    belarusian = _BELARUSIAN.search(sounds_a) or _BELARUSIAN.search(sounds_b)
    for pattern, sound in _DIPHTHONGS:
        sounds_a, sounds_b = pattern.sub(sound, sounds_a), pattern.sub(sound, sounds_b)
    ends = _SLAVIC.search(sounds_a), _SLAVIC.search(sounds_b)
    if not (ends[0] and ends[1]):
        return False
    if {ends[0][0][0], ends[1][0][0]} == {"e", "o"} and not soft:
        return True
    a, b = sounds_a[: ends[0].start()], sounds_b[: ends[1].start()]
    told = _TOLD - {frozenset("ao")} if belarusian else _TOLD
    told -= {frozenset("ei")} if polish else frozenset()
    if not ends[0][0].startswith(("o", "e")):
        told |= {frozenset("ae")}
    return any(_told(change, a, b, told) for change in Levenshtein.editops(a, b))


def _told(change: Editop, a: str, b: str, told: frozenset[frozenset[str]]) -> bool:
    """A sound for another (at the beginning Uzbek has an o for an a), or a vowel more inside."""
    if change.tag == "replace":
        return change.src_pos > 0 and frozenset((a[change.src_pos], b[change.dest_pos])) in told
    word, place = (a, change.src_pos) if change.tag == "delete" else (b, change.dest_pos)
    return word[place] in "ao" and place < len(word) - 1


def _two_yiddish(sounds_a: str, sounds_b: str) -> bool:
    """ "Fridman", "Freidman"."""
    if not (_YIDDISH.search(sounds_a) and _YIDDISH.search(sounds_b)):
        return False
    return sounds_a != sounds_b and sounds_a.replace("A", "i") == sounds_b.replace("A", "i")


def _other_ending(sounds_a: str, sounds_b: str) -> bool:
    """ "Dimas", "Dimos": the same but for the vowel of a Greek ending."""
    return sounds_a[:-2] == sounds_b[:-2] and bool(_GREEK.search(sounds_a) and _GREEK.search(sounds_b))


def _two_greeks(sounds_a: str, sounds_b: str) -> bool:
    """ "Kyrkos", "Kyriakos": Greek writes every vowel."""
    short, long = sorted((sounds_a, sounds_b), key=len)
    if not (short.endswith(_GREEK_ENDINGS) and long.endswith(_GREEK_ENDINGS)):
        return False
    return any(short == long.replace(vowels, "", 1) for vowels in ("ia", "ea", "io"))


def _another_consonant(a: str, b: str, sounds_a: str, sounds_b: str) -> bool:
    """ "Akar", "Ağar"; in Cyrillic "Shokhin", "Shokin". But Persian "Qaani", "Ghaani" is one name."""
    changed = [
        {sounds_a[change.src_pos], sounds_b[change.dest_pos]}
        for change in Levenshtein.editops(sounds_a, sounds_b)
        if change.tag == "replace"
    ]
    if len(sounds_a) == len(sounds_b) == _SHORT and set("gk") in changed:
        return not any(letter in a + b for letter in ("q", "gh"))
    return set("kX") in changed and bool(_CYRILLIC.search(sounds_a) and _CYRILLIC.search(sounds_b))


def _hissing(sounds_a: str, sounds_b: str) -> bool:
    return (
        _HISSING.match(sounds_a) is not None
        and _HISSING.match(sounds_b) is not None
        and sounds_a != sounds_b
        and sounds_a.replace("z", "s") == sounds_b.replace("z", "s")
    )
