"""Relative clauses: "Petrova, who called it a loss" names whoever speaks there by two words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotetrack.quotations import english
from quotetrack.quotations.entities import ORGANISATIONS, PLACES
from quotetrack.quotations.nouns import sort_of
from quotetrack.quotations.reading import Reading

PERSONAL = ("who", "whom")


def antecedent(reading: Reading, pronoun: int) -> int | None:
    """The word that a relative pronoun stands for; None where the parse has none."""
    verb = pronoun
    while verb >= 0 and reading.words[verb].deprel != "acl:relcl":
        verb = reading.heads[verb]
    if verb < 0:
        return None
    noun = reading.heads[verb]
    # Of two members of the Senate who left it is the members that “who” means.
    if reading.words[pronoun].text.lower() in PERSONAL and _is_body(reading, noun):
        return reading.heads[noun] if reading.words[noun].deprel == "nmod" else noun
    return noun


def _is_body(reading: Reading, i: int) -> bool:
    number = reading.entity_of[i]
    is_name = number >= 0 and reading.entities[number].type in (*ORGANISATIONS, *PLACES)
    return is_name or sort_of(reading.words[i].lemma.lower()) == "body"


def antecedents(reading: Reading, words: Sequence[int]) -> dict[int, int]:
    """The places in `words` of relative pronouns → those of the words, or names, that they stand for."""
    places = {reading.top_of_name(i): at for at, i in enumerate(words) if not _is_pronoun(reading, i)}
    found = {}
    for at, i in enumerate(words):
        noun = antecedent(reading, i) if _is_pronoun(reading, i) else None
        if noun is not None and noun in places:
            found[at] = places[noun]
    return found


def relative_pronoun(reading: Reading, noun: int, within: Iterable[int]) -> int | None:
    """The subject of the relative clause after `noun` that has one of the words `within`."""
    for verb in reading.children[noun]:
        if reading.words[verb].deprel != "acl:relcl":
            continue
        pronoun = next((c for c in reading.children[verb] if _is_relative(reading, c)), None)
        if pronoun is not None and any(reading.is_under(i, verb) for i in within):
            return pronoun
    return None


def _is_pronoun(reading: Reading, i: int) -> bool:
    return reading.words[i].text.lower() in english.RELATIVE


def _is_relative(reading: Reading, i: int) -> bool:
    return _is_pronoun(reading, i) and reading.words[i].deprel.startswith("nsubj")
