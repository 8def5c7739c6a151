"""People who are called otherwise than by their name's parts ("Jokowi"), by `data/known_as.txt`.

A listed form means that person and nobody else, so a name like another form on its line is the same person's
too ("MBS", "Mohamed ben Salmane"), and one that only contains the form is not ("Lula", "Lula Mae Smith").
Names that share a word are compared as others are: "J. R. Rowling" is not Joanne Rowling, "J. K. Rowling".
"""

from __future__ import annotations

from functools import cache, lru_cache

from quotetrack.names import facts
from quotetrack.names.parse import Name, parse_name
from quotetrack.names.persons import compare_persons
from quotetrack.names.text import letters
from quotetrack.names.verdict import DIFFERENT, UNSURE, Comparison

KNOWN = 0.97  # two forms on one line
ALIKE = 0.9  # a form, and a name like another one on its line


@cache
def _people() -> dict[str, tuple[str, ...]]:
    """The letters of a form → all forms on its line; a form that stands on two lines is nobody's."""
    found: dict[str, tuple[str, ...]] = {}
    for line in facts.lines("known_as.txt"):
        forms = tuple(line.split("|"))
        for form in dict.fromkeys(map(letters, forms)):
            found[form] = () if form in found else forms
    return found


@lru_cache(maxsize=1 << 15)
def forms(name: str) -> tuple[str, ...]:
    """What else the person of this name is called; () where the list does not have it, titles aside."""
    people = _people()
    # "the Duke of Sussex", but "The Edge" is listed so.
    for text in (name, name[4:]) if name[:4] in ("the ", "The ") else (name,):
        if found := people.get(letters(text)):
            return found
    parsed = parse_name(name)
    # "President Lula", "Belgium's King Philippe"; "of" tells more than the list.
    if not parsed.honorifics or " of " in name:
        return ()
    bare = letters(f"{parsed.full}{parsed.suffix}")
    return people.get(letters(parsed.honorifics[-1]) + bare) or people.get(bare, ())


def compare_known(a: str, b: str) -> Comparison | None:
    """The verdict where the list has one of the names; None where that does not tell."""
    forms_a, forms_b = forms(a), forms(b)
    if not (forms_a or forms_b):
        return None
    if forms_a == forms_b:
        return Comparison(True, KNOWN, (f"known as {forms_a[0]}",))
    if forms_a and forms_b:
        return Comparison(False, DIFFERENT, (f"known as {forms_a[0]} and as {forms_b[0]}",))
    listed, others, name = (a, forms_a, b) if forms_a else (b, forms_b, a)
    return _compare_listed(listed, others, parse_name(name))


def _compare_listed(listed: str, others: tuple[str, ...], name: Name) -> Comparison | None:
    parsed = parse_name(listed)
    apart = set(parsed.words).isdisjoint(name.words)
    for other in map(parse_name, others) if apart else ():
        if other.joined != parsed.joined and _alike(other, name):
            return Comparison(True, ALIKE, (f"{listed} is known as {other.text}",))
    if len(parsed.words) == 1 and _goes_on(parsed, name):
        return Comparison(None, UNSURE, (f"{listed} alone is {others[0]}",))
    return None


def _alike(form: Name, name: Name) -> bool:
    """A name like a full form and as long, or the surname alone of one that is no longer than two words.

    A shorter name may be another's: "Hafez al-Assad" beside "Bashar Hafez al-Assad".
    """
    if len(name.words) == 1:
        fits = form.words[1:] == name.words
    else:
        fits = 1 < len(form.words) <= len(name.words) and name.suffix in ("", form.suffix)
    return fits and compare_persons(form, name).same is True


def _goes_on(listed: Name, name: Name) -> bool:
    """The name has the one word of a listed one and more ("Lula Mae Smith"), or has its initials."""
    word = listed.words[0]
    if word in name.words:
        return len(name.words) > 1 or name.suffix not in ("", listed.suffix)
    return word == name.acronym
