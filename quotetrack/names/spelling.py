"""A name in the spelling of another one: umlauts written out; German, French and Thai ways to spell.

German and French spell Cyrillic, Georgian or Arabic letters by their own sounds ("Schiwkow", "Jivkov",
"Zhivkov"), and Thai has an official romanisation beside the one that its bearers like ("Vejjajiva",
"Wetchachiwa").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial

from quotetrack.names import facts
from quotetrack.names.parse import Name
from quotetrack.names.sounds import SHORT, phones
from quotetrack.names.text import letters, write_english, write_out

Table = list[tuple[str, str]]
# How German and French spell Slavic and Arabic sounds; the capitals keep what is done.
GERMAN: Table = [
    ("schtsch", "SHCH"),
    ("tsch", "CH"),
    ("dsch", "DZH"),
    ("sch", "SH"),
    ("ch", "kh"),
    ("z", "ts"),
]
GERMAN += [("w", "v"), ("j", "y")]
FRENCH: Table = [
    ("tch", "CH"),
    ("ch", "sh"),
    ("(?<!d)j", "zh"),
    ("gu(?=[ei])", "g"),
    ("(?<=[^aeiou])ine$", "in"),
]
# A name that German has spelt: "Schiwkow", "Lawrow", "Selenskyj".
SPELT_IN_GERMAN = re.compile(
    r"sch|chail|[ae]we|[dlnrt]j[aou]|[aoe]wa?\b|jew|[iy]j\b|[aeo]j\b|dse\b", re.IGNORECASE
)
_VOICED = re.compile(r"(?<![td])sch")
SPELT_IN_FRENCH = re.compile(r"ou|tch|dj|gu[ei]|[ïë]|\bj\w*e[fv]a?\b", re.IGNORECASE)
# What the romanisations of Thai differ in.
_THAI = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sh|ch|j", "c"),
        (r"th|dt|d", "t"),
        (r"[pb]h|bp|b", "p"),
        (r"kh|g(?!$)", "k"),
        (r"v", "w"),
        (r"oo|ou", "u"),
        (r"ee", "i"),
        (r"ae", "e"),
        (r"(?<=[aeiou])r(?![aeiou])", ""),
        (r"tr?a?$|[cs]$", "t"),  # what ends in a stop is not heard
        (r"(?<=n)t$", ""),
        (r"l(?![aeiou])|r$", "n"),
        (r"t(?=c)|(.)(?=\1)", ""),
    )
]
_VOICELESS = str.maketrans("zZ", "sS")


def spelt_as(name: Name, other: Name) -> Name:
    """The name with the other's spelling of each word that only a language spells in another way."""
    if not name.text.isascii():
        name = _written_out(name, other)
    here, there = spelt_in(name.text), spelt_in(other.text)
    for spelling in (GERMAN, FRENCH):
        if spelling in here and spelling not in there:
            name = _respelt(name, other, partial(read_alike, spelling=spelling))
    if _is_thai(name) or _is_thai(other):
        name = _respelt(name, other, _thai_alike)
    return name


@lru_cache(maxsize=1 << 15)
def spelt_in(text: str) -> tuple[Table, ...]:
    """The languages that a name or a word may be spelt in."""
    marks = ((GERMAN, SPELT_IN_GERMAN), (FRENCH, SPELT_IN_FRENCH))
    return tuple(spelling for spelling, mark in marks if mark.search(text))


def readings(word: str) -> list[str]:
    """A word, and how English would spell it if German or French spelt it; a German sch is a zh too."""
    found = [word]
    if GERMAN in spelt_in(word):
        found += [as_english(word, GERMAN), as_english(_VOICED.sub("ZH", word), GERMAN)]
    if FRENCH in spelt_in(word):
        found.append(as_english(word, FRENCH))
    return found


def whole_readings(name: Name) -> Iterator[Name]:
    """The name, and how English would spell it if German or French spelt it, or Thai in any way at all."""
    yield name
    if GERMAN in spelt_in(name.text):
        yield _each(name, lambda word: as_english(word, GERMAN))
        yield _each(name, lambda word: as_english(_VOICED.sub("ZH", word), GERMAN))
    if FRENCH in spelt_in(name.text):
        yield _each(name, lambda word: as_english(word, FRENCH))
    if _is_thai(name):
        yield _each(name, _thai)


def _each(name: Name, read: Callable[[str], str]) -> Name:
    forenames, surname = (
        tuple(read(letters(word)) for word in part) for part in (name.forenames, name.surname)
    )
    return replace(name, forenames=forenames, surname=surname)


def _written_out(name: Name, other: Name) -> Name:
    """Umlauts as two letters where the other name writes them so ("Söder", "Soeder")."""
    known = {letters(word) for word in (*other.forenames, *other.surname)}

    def write(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            next((full for full in (write_out(word), write_english(word)) if letters(full) in known), word)
            for word in words
        )

    return replace(name, forenames=write(name.forenames), surname=write(name.surname))


def _respelt(name: Name, other: Name, alike: Callable[[str, str], bool]) -> Name:
    words = [letters(word) for word in (*other.forenames, *other.surname)]
    forenames, surname = (
        tuple(next((word for word in words if alike(word, letters(part))), part) for part in parts)
        for parts in (name.forenames, name.surname)
    )
    return replace(name, forenames=forenames, surname=surname)


def as_english(word: str, spelling: Table) -> str:
    """A word that German or French spells out of another script, in English spelling ("tschubais")."""
    for pattern, sound in spelling:
        word = re.sub(pattern, sound, word)
    return word


def read_alike(a: str, b: str, spelling: Table) -> bool:
    """`b` is `a` as German or French spells it; a German s may be a z ("Zelimkhan", "Selimchan")."""
    sounds_a, sounds_b = phones(a), phones(as_english(b, spelling))
    if spelling is GERMAN:
        sounds_a, sounds_b = (sounds.translate(_VOICELESS) for sounds in (sounds_a, sounds_b))
    return len(sounds_a) > SHORT and sounds_a == sounds_b


def _is_thai(name: Name) -> bool:
    return bool(name.forenames) and letters(name.forenames[0]) in facts.kinds("scripts.txt")["thai"]


def _thai_alike(a: str, b: str) -> bool:
    return min(len(a), len(b)) > SHORT and _thai(a) == _thai(b)


@lru_cache(maxsize=1 << 12)
def _thai(word: str) -> str:
    for pattern, sound in _THAI:
        word = pattern.sub(sound, word)
    return word
