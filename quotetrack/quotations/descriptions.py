"""Descriptions: what a noun phrase without a name of its own says of whom it means."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.language.parse import Word
from quotetrack.quotations import english
from quotetrack.quotations.mentions import Mention
from quotetrack.quotations.nouns import Sort, sort_of
from quotetrack.quotations.reading import Reading

# The Penn Treebank's tags of plural nouns and names.
PLURAL = ("NNS", "NNPS")
# What tells of a body's place, owner or listing, after a name and a hyphen.
SEATED = frozenset("backed based born controlled funded headquartered led linked listed owned run".split())
HYPHENS = "-‐‑–"
_ORDINAL = frozenset("another other one second third former latter some many most several both".split())


@dataclass(frozen=True, slots=True)
class Description:
    """The lemma of the head noun, all content words and the capitalised among them, and the phrase's form."""

    head: str
    sort: Sort
    words: frozenset[str]
    names: frozenset[str]
    definite: bool
    indefinite: bool
    possessed: bool
    plural: bool
    complemented: bool
    ordinal: bool


def describe_mention(reading: Reading, mention: Mention) -> Description | None:
    """What a mention says of whom it means; None where its head is no noun."""
    inner = range(mention.first, mention.last + 1)
    top = _head(reading, mention)
    head = reading.words[top]
    if head.upos not in ("NOUN", "PROPN", "ADJ", "NUM", "DET"):
        return None
    # Where a body is, or who owns it, is not what it is called.
    told = [i for i in inner if not _is_seat(reading, i) and reading.words[i].text.lower() not in SEATED]
    content = [reading.words[i] for i in told if reading.words[i].upos in ("NOUN", "PROPN", "ADJ")]
    names = {
        w.lemma.lower()
        for i in told
        for w in (reading.words[i],)
        if i != top and (w.upos == "PROPN" or reading.entity_of[i] >= 0) and w.text[0].isalnum()
    }
    opening = reading.words[mention.first].text.lower()
    number = reading.entity_of[top]
    plural = head.xpos in PLURAL
    short = head.text.lower()
    lemma = short if short in english.OFFICES_SHORT else head.lemma.lower().removeprefix("ex-")
    return Description(
        lemma,
        "person"
        if not plural and number >= 0 and reading.entities[number].type in ("NORP", "PERSON")
        else sort_of(lemma, plural, _is_name(head)),
        frozenset(w.lemma.lower() for w in content),
        frozenset(names),
        opening in ("the", "this", "that", "these", "those"),
        opening in ("a", "an"),
        any(reading.words[c].deprel == "nmod:poss" for c in reading.children[mention.head]),
        plural,
        any(
            reading.words[c].deprel in ("nmod", "acl", "acl:relcl", "appos")
            for c in reading.children[mention.head]
        ),
        any(reading.words[i].text.lower() in _ORDINAL for i in inner),
    )


def may_be_people(reading: Reading, mention: Mention) -> bool:
    """Whether a mention may describe one person, or several who do something, at all; quick."""
    word = reading.words[mention.head]
    return (
        (word.xpos not in PLURAL or word.deprel.startswith("nsubj"))
        and (word.xpos == "" or word.upos in ("NOUN", "PROPN", "ADJ"))
        and (
            reading.entity_of[mention.head] >= 0
            or "person" in (sort_of(word.lemma.lower(), is_name=_is_name(word)), _before(reading, mention))
            or word.lemma.lower() in english.QUANTITIES
        )
    )


def _is_name(word: Word) -> bool:
    return word.upos == "PROPN" and word.text[0].isupper()


def _before(reading: Reading, mention: Mention) -> Sort:
    return sort_of(reading.words[mention.head - 1].lemma.lower()) if mention.head > mention.first else ""


def _head(reading: Reading, mention: Mention) -> int:
    """The noun that tells what is meant: "lawsuit" where "The lawsuit states" was taken for one phrase.

    Of a number it is what is counted: hundreds of activists.
    """
    head = mention.head
    if reading.words[head].lemma.lower() in english.QUANTITIES:
        counted = reading.child(head, "nmod")
        if counted is not None and reading.words[counted].upos == "NOUN":
            return counted
    if head > mention.first and not sort_of(reading.words[head].lemma.lower()):
        before = reading.words[head - 1]
        if before.upos in ("NOUN", "ADJ") and sort_of(before.lemma.lower()):
            return head - 1
    return head


def titled(reading: Reading, mention: Mention) -> bool:
    """Whether a phrase has a name in it: Iran's foreign ministry, the Salvadoran president."""
    inner = range(mention.first, mention.last + 1)
    return any(reading.words[i].upos == "PROPN" or reading.entity_of[i] >= 0 for i in inner)


def _is_seat(reading: Reading, i: int) -> bool:
    """Whether a word only tells where a body is or who owns it: the Paris-based group."""
    after = reading.words[i + 1 : i + 3]
    if reading.words[i].text.partition("-")[2].lower() in SEATED:
        return True
    return len(after) == 2 and after[0].text in HYPHENS and after[1].text.lower() in SEATED
