"""The names in an article: cleaned, completed, and compared with the article's other names."""

from __future__ import annotations

import re

from rapidfuzz.fuzz import ratio

from quotetrack.names import compare_names, normalise, parse_name
from quotetrack.names.facts import given_names
from quotetrack.names.text import clean, drop_possessives, fold

# Names of more words than this are a recogniser's slip.
MOST_NAMES, MOST_WORDS = 6, 12
PARTICLES = frozenset("al el bin ibn ben van von der den de la le di da dos do du del abu ter af e y".split())
# Surnames within one article that are spelt this alike (0 to 100) are one name spelt two ways.
SAME_SPELLING = 85
_NAME_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w’'-]*\.?|bin|al|de|von|van)"


def personal_name(text: str) -> str:
    """A person's name without titles, offices, possessive and what follows; "" where none is left.

    "Mr. Biden’s" → "Biden"; "Sen. Harry Reid (D-Nev.)" → "Harry Reid".
    """
    name = parse_name(drop_possessives(clean(text)))
    words = name.text.split()
    titles = {fold(h) for h in name.honorifics}
    while words and fold(words[0]) in titles:
        words.pop(0)
    kept: list[str] = []
    for word in words[:MOST_NAMES]:
        if not (word[:1].isupper() or fold(word) in PARTICLES or not word[:1].isascii()):
            break
        kept.append(word.rstrip(",;:"))
        if word.endswith((",", ";", ":")) or (word.endswith(".") and len(word) > 4):
            kept[-1] = kept[-1].rstrip(".")
            break
    return " ".join(kept) if any(w[:1].isupper() for w in kept) else ""


def organisation_name(text: str) -> str:
    """An organisation's name without its article and possessive; "" where it is no name."""
    name = re.sub(r"^the\s+", "", drop_possessives(clean(text)), flags=re.IGNORECASE)
    return name if len(name.split()) <= MOST_WORDS and any(c.isupper() for c in name) else ""


def same_person(full: str, other: str) -> bool:
    """Whether two names in one article are one person's; a bare surname or given name is its bearer's."""
    if compare_names(full, other, "person", "person").same:
        return True
    short, long = sorted((full, other), key=lambda n: len(n.split()))
    if len(short.split()) > 1:
        return False
    return normalise(short) in normalise(long).split() or any(
        ratio(_bare(short), _bare(word)) >= SAME_SPELLING for word in long.split() if len(_bare(word)) > 4
    )


def _bare(word: str) -> str:
    return normalise(word).replace(" ", "").removeprefix("al").removeprefix("el")


def same_organisation(full: str, other: str) -> bool:
    """Whether two names in one article are one organisation's: the same words, fewer of them, or initials."""
    a, b = set(normalise(full).split()), set(normalise(other).split())
    if a == b or (b and b < a) or abbreviates(other, full) or abbreviates(full, other):
        return True
    return bool(compare_names(full, other, "organisation", "organisation").same)


def fullest_form(text: str, name: str) -> str:
    """The name as the article has it in full: with the given names that run into it; else itself."""
    best = name
    for found in re.finditer(rf"((?:{_NAME_WORD}[ \u00a0]){{1,3}}){re.escape(name)}(?!\w)", text):
        words = personal_name(found.group()).split()
        if not words or words[-1] != name or len(words) < 2:
            continue
        given = [n for n, w in enumerate(words[:-1]) if fold(w).strip(".") in given_names()]
        # Without a known given name one word is taken for it: more of them may be an office or a place.
        words = words[given[0] :] if given else words[-2:]
        if len(words) > len(best.split()) and words[0][:1].isupper() and not words[0].isupper():
            best = " ".join(words)
    return best


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is made of the capitals of `full`: UN, U.N. and United Nations."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return False
    words = [w for w in re.split(r"[\s-]+", full) if w]
    if len(words) < 2:
        return False
    return letters == "".join(w[0] for w in words if w[0].isupper())
