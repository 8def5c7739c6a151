"""The names in an article: cleaned, completed, and compared with the article's other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from rapidfuzz.fuzz import ratio

from quotetrack.names import compare_names, normalise, parse_name
from quotetrack.names.facts import given_names, places
from quotetrack.names.parse import GIVEN_TITLES
from quotetrack.names.text import clean, drop_possessives, fold
from quotetrack.quotations import english
from quotetrack.quotations.nouns import is_person_noun

# Names of more words than this are a recogniser's slip.
MOST_NAMES, MOST_WORDS = 6, 12
PARTICLES = frozenset(
    "al el bin bint binti ibn ben van von der den de la le di da dos do du del abu ter af e y".split()
)
# Surnames within one article that are spelt this alike (0 to 100) are one name spelt two ways.
SAME_SPELLING = 82
# Words that begin a sentence and are taken for part of the name after them.
OPENERS = frozenset("but and when while as the in for if after then although however with by from".split())
# Honours and degrees after a name.
POSTNOMINALS = frozenset(
    "ac am ao cbe dbe esq jp kbe kc ma mbe md mla mnzm mp msp oam obe onzm phd qc sc".split()
)
# Titles of rank and faith that a single name is never without: Pope Francis, Lady Gaga, Sheikh Hasina.
RANKS = frozenset(
    """
    amir brother dame dom don dona emir emperor empress father king lady lama lord mother pope prince
    princess queen sayyid sayed syed sheik sheikh sheikha sir sister sultan
    """.split()
)
# Titles that stand before a given name.
KNIGHTS = frozenset({"sir", "dame"})
# Titles that people are also named by: Earl Ray, Dean Cole; within an article a peer may be called so too.
GIVEN = GIVEN_TITLES | {"duke", "earl"}
# Small words that run on from a name and are no part of it.
RUN_ON = frozenset("and as at but for from has in is of on or said says that the to was who with".split())
_HYPHENS = re.compile(r"[-'’]")
_NUMERAL = re.compile(r"[IVX]+")
# Parts of names that are cut short with a full stop.
ABBREVIATED = frozenset("bros chas ft geo jas jos jr mt sr st ste thos wm".split())
_POSSESSIVE_END = re.compile(r"'s$|(?<=s)'$")
_EXCELLENCY = re.compile(r"^H\.? ?E\.? ")
# Names none of whose words are this alike are not worth comparing in full.
ALIKE = 60
_NAME_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w’'-]*\.?|bin|al|de|von|van)"
# Capitalised words that run into what follows, on its line or the one before, and how far back they begin.
_NAMES_BEFORE = re.compile(rf"(?<![\w’'-])(?:{_NAME_WORD}(?:[ \u00a0]|\n(?!\n))){{1,3}}$")
LONGEST_BEFORE = 60
# The given name after a Korean or Chinese surname: Kang In-sun.
_GIVEN_AFTER = re.compile(r" [A-Z][a-z]+-[a-z]+(?![\w-])")
_IN_WORD = re.compile(r"[\w-]")
_BETWEEN_WORDS = re.compile(r"[\s-]+")
# So far before a bracket the name begins that its short form is of.
LONGEST_SPELT = 120
_SHORT_FORM = re.compile(r"\s?[(\[][“\"‘']?([A-Z][\w.&-]{1,9})[”\"’']?[)\]]")
_OF_NAMES = re.compile(rf" of (?:the )?{_NAME_WORD}(?: {_NAME_WORD})*")
# Names of bodies: capitalised words in a row, with small ones between.
_CAPITALISED = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'&-]*|&)(?:,? (?:(?:of|the|and|for|on|in|to|de|del|la) )*(?:[A-ZÀ-Þ][\w’'-]*|&))+"
)


@lru_cache(maxsize=1 << 14)
def personal_name(text: str) -> str:
    """A person's name without titles, offices, possessive and what follows; "" where none is left.

    "Mr. Biden’s" → "Biden"; "Sen. Harry Reid (D-Nev.)" → "Harry Reid"; "But Ms" → "".
    """
    cleaned = _EXCELLENCY.sub("", clean(text))
    owner, possessive, owned = cleaned.partition("'s ")
    # Gould's Mi'kmaw is a thing of Gould's; Iran's Khamenei and Bernstein's Karl Voss are people.
    is_person = fold(owner) in places() or (" " in owned and fold(owned.split()[0]) in given_names())
    cleaned = drop_possessives(owned if possessive and is_person else owner)
    while cleaned.partition(" ")[0].lower() in OPENERS:
        cleaned = cleaned.partition(" ")[2]
    name = parse_name(cleaned)
    words = name.text.split()
    titles = {fold(h) for h in name.honorifics}
    while words and (fold(words[0]) in titles or fold(words[0]).rstrip(".") in english.TITLES):
        # Amir Khan Muttaqi is called so, German Chancellor Otto Berg is German.
        names = [w for w in words if fold(w) not in PARTICLES]
        if fold(words[0]) in given_names() and len(names) > 2 and fold(names[1]) not in titles:
            break
        if fold(words[0]) in RANKS | GIVEN and _is_single(words[1:]):
            break
        words.pop(0)
    kept: list[str] = []
    for word, following in zip_longest(words[:MOST_NAMES], words[1:MOST_NAMES], fillvalue=""):
        parts = _HYPHENS.split(word)
        if word.startswith("(") or not (
            any(p[:1].isupper() or not p[:1].isascii() for p in parts)
            or fold(word) in PARTICLES
            or (kept and word.isalpha() and word not in RUN_ON and following[:1].isupper())
        ):
            break
        kept.append(word.rstrip(",;:"))
        if word.endswith((",", ";", ":")) or _ends_sentence(word):
            kept[-1] = kept[-1].rstrip(".")
            break
    while len(kept) > 1 and kept[-1].isupper() and fold(kept[-1]).replace(".", "") in POSTNOMINALS:
        kept.pop()
    return " ".join(kept) if any(p[:1].isupper() for w in kept for p in _HYPHENS.split(w)) else ""


def _is_single(words: Sequence[str]) -> bool:
    """Whether words are one name and no office, particles and numerals apart: Charles III, al-Sadr."""
    names = [w for w in words if fold(w) not in PARTICLES and not _NUMERAL.fullmatch(w)]
    return len(names) == 1 and fold(names[0]) not in english.TITLES and not is_person_noun(fold(names[0]))


def _ends_sentence(word: str) -> bool:
    """Whether a word with a full stop is no initial and no abbreviation, but a sentence's last."""
    return len(word) > 2 and word[:-1].isalpha() and word[-1] == "." and fold(word[:-1]) not in ABBREVIATED


@lru_cache(maxsize=1 << 14)
def organisation_name(text: str) -> str:
    """An organisation's name without its article and possessive; "" where it is no name."""
    name = _POSSESSIVE_END.sub("", re.sub(r"^the\s+", "", clean(text), flags=re.IGNORECASE))
    return name if len(name.split()) <= MOST_WORDS and any(c.isupper() for c in name) else ""


@lru_cache(maxsize=1 << 14)
def same_person(full: str, other: str) -> bool:
    """Whether two names in one article are one person's; a bare surname or given name is its bearer's."""
    if full == other or _is_knight(full, other) or _is_knight(other, full):
        return True
    words = _bare_words(other)
    if not any(ratio(word, w, score_cutoff=ALIKE) for word in _bare_words(full) for w in words):
        return False
    return _is_part(*sorted((full, other), key=lambda n: len(n.split()))) or bool(
        compare_names(full, other, "person", "person").same
    )


def _is_knight(full: str, called: str) -> bool:
    """Whether somebody is called by "Sir" or "Dame" and the given name: Dame Harriet, Harriet Lowndes."""
    title, _, given = called.partition(" ")
    return fold(title) in KNIGHTS and " " in full and fold(given) == fold(full.partition(" ")[0])


def _is_part(short: str, long: str) -> bool:
    """Whether the shorter of two names is the longer one's surname, or a given name of it."""
    if not is_bare(short):
        # Edel González Jiménez is González Jiménez afterwards.
        return fold(long).endswith(f" {fold(short)}")
    name = _bare(short.split()[-1])
    return any(
        name == word or (len(word) > 4 and word[0] == name[0] and ratio(name, word) >= SAME_SPELLING)
        for word in _bare_words(long)
        if word and name
    )


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    return normalise(word).replace(" ", "").removeprefix("al").removeprefix("el")


@lru_cache(maxsize=1 << 14)
def _bare_words(name: str) -> tuple[str, ...]:
    return tuple(map(_bare, name.split()))


@lru_cache(maxsize=1 << 14)
def same_organisation(full: str, other: str) -> bool:
    """Whether two names in one article are one organisation's: the same words, fewer of them, or initials."""
    a, b = _plain_words(full), _plain_words(other)
    if a.isdisjoint(b) and not (full.isupper() or other.isupper()):
        return a == b
    if a == b or (b and b < a) or abbreviates(other, full) or abbreviates(full, other):
        return True
    return bool(compare_names(full, other, "organisation", "organisation").same)


@lru_cache(maxsize=1 << 14)
def _plain_words(name: str) -> frozenset[str]:
    return frozenset(normalise(name).split())


def is_bare(name: str) -> bool:
    """Whether a name is one word, its particles apart: Biden, Al Baker, von der Leyen."""
    return sum(fold(word) not in PARTICLES for word in name.split()) == 1


def fullest_form(text: str, name: str) -> str:
    """The name as the article has it in full: with the given names that run into it; else itself."""
    if " " not in name:
        for at in _occurrences(text, name):
            if not _IN_WORD.match(text[at - 1 : at]) and (after := _GIVEN_AFTER.match(text, at + len(name))):
                return name + after.group()
    best = name
    for at in _occurrences(text, name):
        before = _NAMES_BEFORE.search(text, max(0, at - LONGEST_BEFORE), at)
        if before is None or _IN_WORD.match(text, at + len(name)):
            continue
        words = personal_name(before.group() + name).split()
        if len(words) <= len(name.split()) or fold(words[-1]) != fold(name.split()[-1]):
            continue
        own = len(name.split())
        given = [n for n, w in enumerate(words[:-own]) if fold(w).strip(".") in given_names()]
        # Without a known given name one word is taken for it: more of them may be an office or a place.
        words = words[given[0] :] if given else words[-own - 1 :]
        if not given and (own > 1 or _is_common(text, words[0])):
            continue
        if len(words) > len(best.split()) and words[0][:1].isupper() and not words[0].isupper():
            best = " ".join(words)
    return best


def _is_common(text: str, word: str) -> bool:
    """Whether a word is no name: the text has it in small letters too, or it opens sentences."""
    small = word.lower()
    return small in OPENERS or any(
        not _IN_WORD.match(text[at - 1 : at]) and not _IN_WORD.match(text, at + len(small))
        for at in _occurrences(text, small)
    )


def _occurrences(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text."""
    at = -1
    while (at := text.find(words, at + 1)) >= 0:
        yield at


def short_form(text: str, end: int) -> str:
    """The abbreviation in brackets after a name: Rivers Institute of Tourism (IRT); else ""."""
    found = _SHORT_FORM.match(text, end)
    return found[1] if found and sum(c.isupper() for c in found[1]) > 1 else ""


def spelt_out(text: str, name: str) -> str:
    """An organisation's name as the article has it in full: its initials in words, or what it is of.

    "SEC" → "Securities Exchange Commission"; "Hadley University" → "Hadley University of the Arts".
    """
    if " " not in name:
        if whole := _before_brackets(text, name):
            return whole
        short = re.sub(r"[a-z]+$", "", name)
        if not (2 <= len(short) <= 8 and short.isupper()):
            return name
        spelt = _initialised(text).get(short)
        words = name if spelt is None else organisation_name(spelt)
        return name if short in words.split() else words
    longer = set()
    for at in _occurrences(text, name):
        if of := _OF_NAMES.match(text, at + len(name)):
            longer.add(name + of.group())
    return organisation_name(longer.pop()) if len(longer) == 1 else name


def _before_brackets(text: str, short: str) -> str:
    """What a text calls by a short form in brackets after it: Instituto de Pesca (Inpesca); else ""."""
    at = text.find(f"({short})")
    if at < 1:
        return ""
    start = text.rfind("\n", 0, at) + 1
    runs = [
        run for run in _CAPITALISED.finditer(text, max(start, at - LONGEST_SPELT), at) if run.end() >= at - 1
    ]
    if not runs:
        return ""
    name = organisation_name(runs[-1].group())
    initials = {word[0] for word in _BETWEEN_WORDS.split(name) if word[:1].isupper()}
    capitals = [c for c in short if c.isupper()]
    known = sum(c in initials for c in capitals)
    return name if 2 * known >= len(capitals) and short[0] in initials else ""


@lru_cache(maxsize=8)
def _initialised(text: str) -> dict[str, str]:
    """The initials of every run of capitalised words in a text → the words."""
    found: dict[str, str] = {}
    for run in _CAPITALISED.finditer(text):
        words = run.group().split()
        parts = [_initials(word) for word in words]
        for first, word in enumerate(words):
            if not word[0].isupper():
                continue
            initials, whole = parts[first]
            for last in range(first + 1, min(len(words), first + MOST_WORDS)):
                initials, whole = initials + parts[last][0], whole + parts[last][1]
                if words[last][0].isupper():
                    name = " ".join(words[first : last + 1])
                    found.setdefault(initials, name)
                    found.setdefault(whole, name)
    return found


def _initials(name: str) -> tuple[str, str]:
    """The capitals of a name's words; the same with words all in capitals whole: SAHPRA, SA Health …"""
    words = [w for w in _BETWEEN_WORDS.split(name) if w[:1].isupper()]
    return "".join(w[0] for w in words), "".join(w if w.isupper() else w[0] for w in words)


@lru_cache(maxsize=1 << 14)
def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is made of the capitals of `full`: UN, U.N. and United Nations."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return False
    return len(_BETWEEN_WORDS.split(full)) > 1 and letters in _initials(full)
