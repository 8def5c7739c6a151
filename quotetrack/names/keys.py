"""Blocking keys: short strings by which an index finds the names that could be one with a given name.

Comparing a name with all others costs more the more there are; so each is filed under some keys, and only
names that share one are compared (Christen, Data Matching, 2012, chapter 4). A key of one word finds all who
are called Ahmed, and ever more of them as a database grows. So two full names need two words in common: by
sound, or one of them but for a consonant (the deletion neighbourhoods of Bocek, Hunt and Stiller, 2007), or
by a nickname or an initial. Only a name of one word is looked up by a word alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from itertools import combinations, pairwise
from operator import or_
from zlib import crc32

from quotetrack.names import facts, known_as, organisations
from quotetrack.names.compare import NameType
from quotetrack.names.east_asian import given_readings, romanised
from quotetrack.names.matching import SHORTENED
from quotetrack.names.parse import DOUBTFUL_PARTICLES, PARTICLES, Name, is_initial, parse_name
from quotetrack.names.sounds import SHORT, phones, skeleton
from quotetrack.names.spelling import whole_readings
from quotetrack.names.text import fold, letters, write_out

# To be raised whenever the code here, in parse or in sounds makes other keys of a name.
RULES = 23
# Of shorter ones nothing is left that would tell.
MIN_NEAR = 3
# Long ones may differ in more than one ("Berdimuhamedow", "Berdymukhamedov"), but seldom so early.
LONG_NEAR = 4
_ARTICLES = ("al", "el")
# Initials that stand for each other: Carl and Karl, Yelena and Elena.
_SAME_INITIAL = str.maketrans("ky", "ce")


# Keys of people by one word, and of others.
_BROAD = ("p:", "b:", "o:")


@dataclass(frozen=True, slots=True)
class Keys:
    """What to file a name under, and what to seek under to find all that could be one with it.

    For two such names, what either seeks meets what the other is filed under.
    """

    filed: frozenset[str] = frozenset()
    sought: frozenset[str] = frozenset()

    def __or__(self, other: Keys) -> Keys:
        return Keys(self.filed | other.filed, self.sought | other.sought)


@cache
def key_rules() -> int:
    """A number, below 2**31, that differs where the rules or the word lists that make the keys do."""
    lists = b"".join(file.read_bytes() for file in sorted(facts.DATA.iterdir()))
    return crc32(lists, RULES) & 0x7FFFFFFF


def is_broad(key: str) -> bool:
    """Whether the key stands for one word only, which many people may have in their names."""
    return key.startswith(_BROAD)


@lru_cache(maxsize=1 << 15)
def blocking_keys(name: str, type: NameType) -> Keys:
    """The keys of a name: of people by how its words sound, of others by its telling words and initials."""
    if type != "person":
        found = frozenset(organisations.keys(name))
        return Keys(found, found)
    keys = _person_keys(parse_name(name))
    # "Jokowi" is found by all keys of "Joko Widodo" too; two forms of one word, by their line alone.
    if forms := known_as.forms(name):
        line = frozenset({f"w:{letters(forms[0])}"})
        full = (form for form in map(parse_name, forms) if not _is_bare(form))
        keys = reduce(or_, map(_person_keys, full), keys | Keys(line, line))
    return keys


def _person_keys(name: Name) -> Keys:
    if name.is_office:
        office = frozenset({f"o:{'+'.join(sorted(organisations.words(name.text)))}"})
        return Keys(office, office)
    readings = list(whole_readings(name))
    single = {key for reading in (readings if _is_bare(name) else (name,)) for key in _single(reading)}
    words = {f"p:{word}" for word in single}
    alone = {f"b:{word}" for word in single}
    if _is_bare(name):
        found = frozenset(words | alone)
        return Keys(found, found)
    pairs = {
        key
        for reading in (*readings, *([parse_name(name.nickname)] if name.nickname else []))
        for key in (*_pairs(reading), *_near_pairs(reading), *_short_forms(reading))
    }
    pairs.add(f"a:{skeleton(''.join(map(letters, (*name.forenames, *name.particles, *name.surname))))}")
    family, given = ("".join(map(letters, part)) for part in (name.surname, name.forenames))
    # "Yi Sung-man", "Syngman Rhee"
    if name.family_first or family in facts.kinds("surnames.txt")["family_first"]:
        pairs |= {f"e:{romanised(family)}+{reading}" for reading in given_readings(given)}
    surnames = {skeleton(word) for word in _surnames(name)}
    initials = {_initial(word) for word in name.forenames if is_initial(word)}
    written = {_initial(word) for word in name.given}
    filed = {f"i:{surname}+{letter}" for surname in surnames for letter in initials}
    filed |= {f"j:{surname}+{letter}" for surname in surnames for letter in written}
    sought = {f"i:{surname}+{letter}" for surname in surnames for letter in initials | written}
    sought |= {f"j:{surname}+{letter}" for surname in surnames for letter in initials}
    return Keys(frozenset(words | pairs | filed), frozenset(alone | pairs | sought))


def _is_bare(name: Name) -> bool:
    """One word, or two that may be nothing but a surname ("King Charles", "Van Rompuy", "Le Maire")."""
    if len((*name.forenames, *name.surname)) == 1:
        return True
    if len(name.forenames) != 1:
        return not name.forenames
    first = name.surname if name.family_first else name.forenames
    return all(fold(word) in (PARTICLES if name.family_first else DOUBTFUL_PARTICLES) for word in first)


def _single(name: Name) -> Iterator[str]:
    """How each word sounds, each part of a double one, and each two words together."""
    if name.nickname:
        yield _sound(name.nickname)
    # "AOC"
    if name.text.isupper() and len(name.text) == len(letters(name.full)):
        yield f"={letters(name.full)}"
    if len(name.acronym) > 2:
        yield f"={name.acronym}"
    words = _long((*name.forenames, *name.surname, name.former))
    for word in words:
        yield from map(_sound, (word, write_out(word), _as_listed(word) or word, *_parts(word)))
    yield from (_sound(x + y) for x, y in pairwise(words))
    if name.particles:
        yield _sound(letters(name.family))


def _sound(word: str) -> str:
    """Consonants tell little of short words, and those have to sound the same ("Chan", "Shin", "Sohn")."""
    sounds = phones(word)
    return f"={sounds}" if len(sounds) <= SHORT else skeleton(word)


def _pairs(name: Name) -> Iterator[str]:
    """Any two words of the name, where two that stand together may be one."""
    words = _long((*name.forenames, *name.surname))
    spans = [(place, place + 1, word) for place, word in enumerate(words)]
    spans += [(place, place + 2, x + y) for place, (x, y) in enumerate(pairwise(words))]
    for (start_a, end_a, a), (start_b, end_b, b) in combinations(spans, 2):
        if end_a <= start_b or end_b <= start_a:
            yield from (_pair(x, y) for x in _sounds(a) for y in _sounds(b))
    for given in _long((*name.forenames, name.nickname)):
        yield from (_pair(x, skeleton(y)) for x in _sounds(given) for y in _surnames(name))


def _pair(a: str, b: str) -> str:
    return f"f:{min(a, b)}+{max(a, b)}"


def _near_pairs(name: Name) -> Iterator[str]:
    """The first and the last name, one as it sounds and the other but for a consonant or for its end."""
    given, surname = _long(name.forenames)[:1], _long(name.surname)[-1:]
    if given and surname:
        first, last = skeleton(given[0]), skeleton(surname[0])
        yield from (f"g:{first}+{near}" for near in _near(last))
        # "Thuli", "Thulisile"
        yield f"c:{last}+{letters(given[0])[:SHORTENED]}"
        # Forms of a given name may sound unlike: "Siarhei Tsikhanouski", "Sergei Tikhanovsky".
        for form in facts.full_forms().get(letters(given[0]), ()):
            yield from (f"g:@{form}+{last[:MIN_NEAR]}", f"g:@{form}+{last[1:]}")
        yield from (f"h:{last}+{near}" for near in _near(first))


def _near(sounds: str) -> set[str]:
    if len(sounds) < MIN_NEAR:
        return {sounds}
    left = (sounds[:place] + sounds[place + 1 :] for place in range(len(sounds)))
    return {sounds, sounds[:LONG_NEAR], *left}


def _short_forms(name: Name) -> Iterator[str]:
    """Each word with the given names that one before it is short or long for ("Bob", "Robert")."""
    words = [letters(word) for word in _long((*name.forenames, *name.surname))]
    spans = [(place + 1, word) for place, word in enumerate(words)]
    spans += [(place + 2, x + y) for place, (x, y) in enumerate(pairwise(words))]
    for end, word in spans:
        for form in facts.full_forms().get(word, ()):
            yield from (f"k:{skeleton(later)}+{form}" for later in words[end:])
            if end <= len(name.forenames):
                yield from (f"k:{skeleton(surname)}+{form}" for surname in _surnames(name))


def _surnames(name: Name) -> Iterator[str]:
    """What may stand for the surname: its words, two together, the whole with its particles, one at birth."""
    words = _long((*name.surname, name.former))
    yield from words
    yield from (part for word in words for part in _parts(word))
    yield from (x + y for x, y in pairwise(words))
    yield from filter(None, map(_as_listed, words))
    if name.particles:
        yield letters(name.family)


def _as_listed(word: str) -> str:
    """The first of the spellings of a surname that sounds do not make one ("Bandyopadhyay" → "banerjee")."""
    return facts.surname_spellings().get(letters(word), "")


def _sounds(word: str) -> Iterator[str]:
    yield skeleton(word)
    if not word.isascii():
        yield skeleton(write_out(word))
    if listed := _as_listed(word):
        yield skeleton(listed)
    yield from (skeleton(part) for part in _parts(word))


def _parts(word: str) -> Iterator[str]:
    """The parts of a double name; a surname without its article."""
    if "-" in word:
        yield from (part for part in word.split("-") if len(letters(part)) > 2)
    plain = letters(word)
    if plain.startswith(_ARTICLES) and len(plain) > 5:
        yield plain[2:]


def _long(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(letters(word)) > 1]


def _initial(word: str) -> str:
    return letters(word)[:1].translate(_SAME_INITIAL)
