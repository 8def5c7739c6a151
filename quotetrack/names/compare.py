"""Two names as they stand, without an article or a database: same, different, or for a person to judge."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from quotetrack.names.facts import given_names, personal_words
from quotetrack.names.known_as import compare_known
from quotetrack.names.mononyms import RARE_GIVEN
from quotetrack.names.organisations import (
    abbreviated,
    compare_organisations,
    differ_in_legal_form,
    is_known,
    looks_like_organisation,
)
from quotetrack.names.parse import Name, is_nobody, is_title_word, parse_name
from quotetrack.names.persons import apart_at_once, compare_persons
from quotetrack.names.text import letters, normalise
from quotetrack.names.verdict import DIFFERENT, UNSURE, Comparison

# "Statement by Joe Biden"
_DOCUMENT = re.compile(
    r"(?:an? |the )?(?:joint |press |draft |annual )*"
    r"(?:statement|report|letter|memo|memorandum|communiqué|transcript|study|indictment|lawsuit|tweet|email)"
    r"\s+(?:by|from|of|to|on)\b",
    re.IGNORECASE,
)
# "Shiv Sena (UBT)"
_QUALIFIED = re.compile(r"\([A-Z]{2,}\)$")
# Types that a person's name may have been given.
_PEOPLE = ("person", None)
NameType = Literal["person", "organisation", "document", "unnamed"]


def guess_type(name: str) -> NameType | None:
    """The type that the name itself shows; None where it does not ("Apple", "Hezbollah")."""
    if is_nobody(name):
        return "unnamed"
    if is_known(name):
        # "Law and Justice", "Commission on Elections": words that are titles elsewhere.
        return "organisation"
    if _DOCUMENT.match(name):
        return "document"
    if _QUALIFIED.search(name):
        return "organisation"
    parsed = parse_name(name)
    titled = any(is_title_word(word) for word in parsed.honorifics)
    if titled and parsed.full and not looks_like_organisation(parsed.full):
        return "person"
    if looks_like_organisation(name):
        return None if titled and parsed.is_office else "organisation"
    return "person" if parsed.forenames and letters(parsed.forenames[0]) in given_names() else None


@lru_cache(maxsize=1 << 15)
def compare_names(
    a: str, b: str, type_a: NameType | None = None, type_b: NameType | None = None
) -> Comparison:
    """Compare two names; see `persons`, `organisations` and `known_as` for what decides.

    A type that is not given is guessed from the name. Unnamed speakers are never one by their name.
    """
    people = type_a in _PEOPLE and type_b in _PEOPLE
    if people and (verdict := compare_known(a, b)):
        return verdict
    if type_a == type_b == "person" and (reason := apart_at_once(parse_name(a), parse_name(b))):
        # Of the names that an index finds, most are so.
        return Comparison(False, DIFFERENT, (reason,))
    if normalise(a) == normalise(b) == "":
        return Comparison(None, 0.0, ("no name to compare",))
    if a != b and a.upper() == b.upper():
        # Capitals alone are no difference, but a name all in capitals shows its type less well.
        a = b = min(a, b, key=lambda name: (sum(map(str.isupper, name)), name))
    guess_a, guess_b = type_a or guess_type(a), type_b or guess_type(b)
    if "unnamed" in (guess_a, guess_b):
        return Comparison(None, 0.0, ("an unnamed speaker cannot be known by name",))
    if letters(a) == letters(b) and normalise(a) != normalise(b):
        # "Sotheby's", "Sothebys"
        return Comparison(True, 1.0, ("the same letters",))
    untyped = type_a is None and type_b is None
    if untyped and guess_a != guess_b and differ_in_legal_form(a, b):
        # "Eli Lilly", "Eli Lilly and Company"
        return compare_organisations(a, b)
    if guess_a and guess_b and guess_a != guess_b:
        # "AOC": capitals may be the initials of a person.
        for short, type_short, long in ((a, type_a, b), (b, type_b, a)):
            if type_short is None and (shortened := abbreviated(short, long)):
                return shortened
        return Comparison(False, 0.05, (f"one is of type {guess_a}, the other of type {guess_b}",))
    if (
        "organisation" in (guess_a, guess_b)
        or "document" in (guess_a, guess_b)
        or (guess_a is None and guess_b is None and differ_in_legal_form(a, b))
    ):
        return compare_organisations(a, b)
    person_a, person_b = parse_name(a), parse_name(b)
    if person_a.is_office and person_b.is_office:
        return compare_organisations(a, b)
    verdict = compare_persons(person_a, person_b)
    if verdict.same and verdict.score <= RARE_GIVEN and guess_a is None and not _personal(person_a, person_b):
        return Comparison(None, UNSURE, ("nothing tells that they are people", *verdict.reasons))
    return verdict


def _personal(*names: Name) -> bool:
    """A title or a word that people are called shows that these are people."""
    return any(
        name.honorifics or any(letters(word) in personal_words() for word in (*name.forenames, *name.surname))
        for name in names
    )
