"""The word lists of `data/`: titles, offices, places, given names, nicknames, surnames.

They are facts of usage collected for this project, one text file a list, so that adding a name needs no
programming. Each is read once, when it is first needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from quotetrack.names.text import fold

DATA = Path(__file__).parent / "data"


def lines(file: str) -> list[str]:
    found = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line for line in found if line and not line.startswith("#")]


@cache
def kinds(file: str) -> dict[str, frozenset[str]]:
    """A list whose lines read "kind: word word": kind → its words, without diacritics or case."""
    found: dict[str, frozenset[str]] = {}
    for line in lines(file):
        kind, _, words = line.partition(":")
        folded = {fold(word.replace("_", " ")) for word in words.split()}
        found[kind] = found.get(kind, frozenset()) | folded
    return found


def sexes_given(forename: str) -> str:
    """The sexes that a given name is given to, as far as is known: "m", "f", "mf" or ""."""
    listed = kinds("given.txt")
    if forename not in listed["m"] and forename not in listed["f"]:
        listed = kinds("sexes.txt")
    return "m" * (forename in listed["m"]) + "f" * (forename in listed["f"])


@cache
def union(file: str) -> frozenset[str]:
    """All the words of such a list, whatever their kind."""
    return frozenset().union(*kinds(file).values())


@cache
def places() -> dict[str, str]:
    """Words for a place ("iraqi", "united states") → the place's key ("iraq", "usa")."""
    return {
        name: place.replace("_", " ")
        for place, names in kinds("places.txt").items()
        for name in (place.replace("_", " "), *names)
    }


@cache
def place_keys() -> frozenset[str]:
    """The places' keys ("iraq", "usa")."""
    return frozenset(places().values())


@cache
def nicknames() -> dict[str, frozenset[int]]:
    """A given name → the numbers of the lines of nicknames.txt that it stands on."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines("nicknames.txt")):
        for word in line.split():
            found.setdefault(fold(word), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def full_forms() -> dict[str, frozenset[str]]:
    """A given name → the first names on the lines of nicknames.txt that it stands on."""
    found: dict[str, set[str]] = {}
    for line in lines("nicknames.txt"):
        words = [fold(word) for word in line.split()]
        for word in words:
            found.setdefault(word, set()).add(words[0])
    return {name: frozenset(forms) for name, forms in found.items()}


@cache
def surname_spellings() -> dict[str, str]:
    """A surname → the first on the line of surname_spellings.txt that it stands on."""
    return {fold(word): line.split()[0] for line in lines("surname_spellings.txt") for word in line.split()}


@cache
def given_names() -> frozenset[str]:
    """Every given name that the lists know."""
    return union("given.txt") | nicknames().keys()


@cache
def patronymics() -> frozenset[str]:
    """Given names, in all their spellings, of people whose second name is their father's first."""
    listed = kinds("given.txt")["patronymic"]
    spellings = (line.split() for line in lines("nicknames.txt"))
    return listed.union(*({fold(word) for word in line} for line in spellings if fold(line[0]) in listed))


@cache
def out_of_script() -> frozenset[str]:
    """Given names whose bearers mostly write another script than the Latin one."""
    return kinds("given.txt")["scripts"] | union("scripts.txt") | patronymics()


@cache
def latin_given() -> frozenset[str]:
    """Given names of people who write them in Latin letters, in one way."""
    return given_names() - out_of_script()


@cache
def surnames() -> frozenset[str]:
    """The surnames that the lists know."""
    lists = kinds("surnames.txt")
    return lists["common"] | lists["others"] | lists["shared"]


@cache
def single_surnames() -> frozenset[str]:
    """Common surnames that are no father's name: after another surname, they are a family's own."""
    return kinds("surnames.txt")["common"] - patronymics()


@cache
def personal_words() -> frozenset[str]:
    """Words that people are called."""
    return given_names() | surnames()


@cache
def title_words() -> frozenset[str]:
    """Words that, before a name, are a title or an office."""
    return union("honorifics.txt") | kinds("offices.txt")["heads"]


@cache
def sex(given: str) -> str:
    """ "m" or "f" by given.txt; "" for a name of both, or of neither.

    Without sexes.txt, most of which is American: Adel is a man elsewhere, and to part two names takes more.
    """
    sexes = kinds("given.txt")
    male, female = given in sexes["m"], given in sexes["f"]
    return "" if male == female else "m" if male else "f"


def certain_sex(given: str) -> str:
    """`sex`, but "" for a name that is the other sex's in some country ("Andrea", "Joan", "Laurence")."""
    return "" if given in kinds("given.txt")["either"] else sex(given)


def opposite(a: str, b: str) -> bool:
    """One is a man's name and the other a woman's ("Chris", "Christine")."""
    return {sex(a), sex(b)} == {"m", "f"}


def surname_kind(surname: Sequence[str]) -> str:
    """ "shared" (by several people in the news), "common" (in the world) or "" (telling who it is)."""
    lists = kinds("surnames.txt")
    name = " ".join(map(fold, surname))
    return next((kind for kind in ("shared", "common") if name in lists[kind]), "")
