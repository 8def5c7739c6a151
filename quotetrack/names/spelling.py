"""A name in the spelling of another one: umlauts written out; how other languages and Thais spell names.

How German, French and others do is told by `languages`. Thai has an official romanisation beside the one that
its bearers like ("Vejjajiva", "Wetchachiwa").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from quotetrack.names import facts
from quotetrack.names.abjads import consonants, fits, is_abjad
from quotetrack.names.languages import FRENCH, GERMAN, SOMALI, Spelling, as_english, spelt_in
from quotetrack.names.parse import Name
from quotetrack.names.sounds import SHORT, one_given_name, one_surname, phones
from quotetrack.names.text import letters, write_english, write_out

# A German sch that may be a zh.
_VOICED = re.compile(r"(?<![td])sch")
# Letters that German reads in another way than English.
_MAYBE_GERMAN = re.compile("[cC]h|[wWjJ]")
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
        (r"nl", "l"),
        (r"t(?=c)|(.)(?=\1)", ""),
    )
]
# Endings of Thai surnames, which are long.
_THAI_ENDING = re.compile(
    r"\w{4}(?:[kg]u[ln]|p?h?orn|ph?on[gt]?|wong|sak|chai|watt?h?ana|[sv]uwan|rat|thep|suk|boon|charoen|punt?"
    r"|phant?|kh?ram|iro[jt]|d?h?orn|thon|det|dej)$"
)
# A short a is written u as well, and an o after r: "Julapun", "Chulaphan"; "Sundaravej", "Sunthorawet".
_SHORT_A = str.maketrans("uo", "aa")
_LONG_THAI = 8
# The shortest ending has two letters, and no fewer than four stand before any.
_SHORT_THAI = 5
# A yo that is written o or e: "Gorbachov", "Gorbachev".
_SOFT_O = re.compile("(?<=[CSZ])ov(?=a?$)")
_VOICELESS = str.maketrans("zZ", "sS")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word's letters; how English would spell it; its sounds, and those without a difference of z and s."""

    letters: str
    read: str
    sounds: str
    voiceless: str


def is_marked(name: Name) -> bool:
    """`spelt_as` may change the name, or another one beside it."""
    return not name.text.isascii() or any(_shown(name))


def spelt_as(name: Name, other: Name) -> Name:
    """The name with the other's spelling of each word that only a language spells in another way."""
    (here, thai, perhaps_german), (there, thai_there, _) = _shown(name), _shown(other)
    if not name.text.isascii():
        name = _written_out(name, other)
        if is_abjad(name.text):
            name = _respelt(name, partial(_with_vowels, there=_words(other)))
    for spelling in here:
        if spelling not in there:
            name = _respelt(name, partial(_read_there, spelling=spelling, there=_words(other)))
    if perhaps_german and any(_wholly(name, other, spelling) for spelling in (GERMAN, FRENCH)):
        return replace(name, forenames=other.forenames, surname=other.surname)
    if thai or thai_there:
        name = _respelt(name, partial(_thai_there, there=_words(other)))
    return name


@lru_cache(maxsize=1 << 15)
def _shown(name: Name) -> tuple[tuple[Spelling, ...], bool, bool]:
    """What a name shows: the languages it is spelt in, whether it is Thai, whether German may have spelt it.

    A name at home in Latin letters has one spelling.
    """
    languages = spelt_in(name.text)
    german = not languages and bool(name.forenames) and not name.family_first
    german = german and _MAYBE_GERMAN.search(name.text) is not None
    german = german and letters(name.forenames[0]) not in facts.latin_given()
    return languages, _is_thai(name), german


@lru_cache(maxsize=1 << 13)
def _words(name: Name) -> tuple[_Word, ...]:
    """The words of a name, and once more as English would spell them if another language spelt them."""
    words = (*name.forenames, *name.surname)
    found = [_plain(letters(word)) for word in words]
    for spelling in spelt_in(name.text):
        found += [_as_read(word, spelling) for word in words]
    return tuple(found)


def _wholly(name: Name, other: Name, spelling: Spelling) -> bool:
    """Every word is the other's as the language spells it, though none shows it by itself ("Chaleda Sia")."""
    words, there = (*name.forenames, *name.surname), (*other.forenames, *other.surname)
    if len(words) != len(there):
        return False
    # French reads no other letters in another way.
    if spelling is FRENCH and "ch" not in name.text.lower():
        return False
    changed = False
    for a, b in zip(reversed(words), reversed(there), strict=True):
        if letters(a) == letters(b):
            if _MAYBE_GERMAN.search(a):
                return False
            continue
        here, english = _as_read(a, spelling), _plain(letters(b))
        if not _sound_alike(here, english, spelling):
            return False
        changed = changed or _plain(letters(a)).voiceless != english.voiceless
    return changed


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> _Word:
    return _word(word, word)


def _word(plain: str, read: str) -> _Word:
    sounds = _SOFT_O.sub("ev", phones(read)).replace("y", "i").replace("ii", "i")
    return _Word(plain, read, sounds, sounds.translate(_VOICELESS))


def readings(word: str) -> list[str]:
    """A word, and how English would spell it if another language spelt it; a German sch is a zh too."""
    found = [word]
    for spelling in spelt_in(word):
        found.append(as_english(word, spelling))
        if spelling is GERMAN:
            found.append(as_english(_VOICED.sub("ZH", word), GERMAN))
    return found


def whole_readings(name: Name) -> Iterator[Name]:
    """The name, and how English would spell it if another language spelt it, or Thai in any way at all."""
    yield name
    languages, _, perhaps_german = _shown(name)
    for spelling in (*languages, GERMAN) if perhaps_german else languages:
        yield _each(name, partial(as_english, spelling=spelling))
        if spelling is GERMAN:
            yield _each(name, lambda word: as_english(_VOICED.sub("ZH", word), GERMAN))
    if is_abjad(name.text):
        yield _each(name, consonants)
    if _is_thai(name):
        yield _each(name, lambda word: _thai(letters(word)))


def _each(name: Name, read: Callable[[str], str]) -> Name:
    forenames, surname = (
        tuple(letters(read(word.lower())) for word in part) for part in (name.forenames, name.surname)
    )
    return replace(name, forenames=forenames, surname=surname)


def _written_out(name: Name, other: Name) -> Name:
    """Umlauts as two letters where the other name writes them so ("Söder", "Soeder")."""
    known = {letters(word) for word in (*other.forenames, *other.surname)}

    def write(word: str) -> str:
        if word.isascii() or letters(word) in known:
            return ""
        return next((full for full in (write_out(word), write_english(word)) if letters(full) in known), "")

    return _respelt(name, write)


def _respelt(name: Name, alike: Callable[[str], str]) -> Name:
    forenames, surname = (
        tuple(alike(word) or word for word in part) for part in (name.forenames, name.surname)
    )
    if forenames == name.forenames and surname == name.surname:
        return name
    return replace(name, forenames=forenames, surname=surname)


def _read_there(word: str, spelling: Spelling, there: tuple[_Word, ...]) -> str:
    """The other name's word that `word` is as the language spells it, or ""."""
    here = _as_read(word, spelling)
    return next((other.letters for other in there if _read_alike(here, other, spelling)), "")


@lru_cache(maxsize=1 << 15)
def _as_read(word: str, spelling: Spelling) -> _Word:
    return _word(letters(word), letters(as_english(word.lower(), spelling)))


def _read_alike(here: _Word, there: _Word, spelling: Spelling) -> bool:
    x, y = here.read, there.read
    if len(there.sounds) > SHORT and _sound_alike(here, there, spelling):
        return True
    if x == y != here.letters and len(y) > SHORT:
        return True
    return x != here.letters and _listed(x) and (one_surname(x, y) or one_given_name(x, y))


def _sound_alike(here: _Word, there: _Word, spelling: Spelling) -> bool:
    """A German s may be a z ("Zelimkhan", "Selimchan"), and Somali has no z."""
    if spelling is GERMAN:
        return here.voiceless == there.voiceless
    if spelling is SOMALI:
        return here.read != here.letters and here.voiceless == there.voiceless
    return here.read != here.letters and here.sounds == there.sounds


@lru_cache(maxsize=1 << 14)
def _listed(word: str) -> bool:
    """The lists of given names and surnames know other spellings of it."""
    return one_given_name(word, word) or one_surname(word, word)


def _with_vowels(word: str, there: tuple[_Word, ...]) -> str:
    """The Latin word of the other name that an Arabic or Hebrew one fits ("محمود", "Mahmoud")."""
    if not is_abjad(word):
        return ""
    return next((other.letters for other in there if fits(word, other.letters)), "")


def _is_thai(name: Name) -> bool:
    if not name.forenames:
        return False
    if letters(name.forenames[0]) in facts.kinds("scripts.txt")["thai"]:
        return True
    words = (name.forenames[0], *name.surname)
    return any(len(word) > _SHORT_THAI and _THAI_ENDING.search(word) is not None for word in words)


def _thai_there(word: str, there: tuple[_Word, ...]) -> str:
    return next((other.letters for other in there if _thai_alike(letters(word), other.letters)), "")


def _thai_alike(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter >= _LONG_THAI:
        return _thai(a).translate(_SHORT_A) == _thai(b).translate(_SHORT_A)
    return shorter >= SHORT and _thai(a) == _thai(b)


@lru_cache(maxsize=1 << 12)
def _thai(word: str) -> str:
    for pattern, sound in _THAI:
        word = pattern.sub(sound, word)
    return word
