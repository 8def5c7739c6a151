"""Mentions: the noun phrases, names and pronouns that may name a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.quotations.english import OFFICES_SHORT
from quotetrack.quotations.nouns import is_person_noun, sort_of
from quotetrack.quotations.reading import NO_QUOTATION, NOMINAL, Reading
from quotetrack.records import Span

# Determiners, numerals and adjectives stand for people as subjects and agents only: "many said", "by some",
# unless an article makes them nouns: "tells the accused".
STAND_IN = {"DET", "NUM", "ADJ", "VERB", "SYM"}
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl")
# Part of the phrase that names somebody, on the left and on the right of its head.
NAMING = {
    "det",
    "amod",
    "compound",
    "nummod",
    "nmod:poss",
    "flat",
    "flat:name",
    "goeswith",
    "nmod:desc",
    "case",
}
# Relations of words that are part of another's phrase.
INSIDE_NAMES = {
    "compound",
    "flat",
    "flat:name",
    "fixed",
    "goeswith",
    "nmod:unmarked",
    "obl:unmarked",
}
SPEAKING_ENTITIES = {"PERSON", "ORG", "ORGANIZATION", "NORP", "GPE", "LOC", "FAC"}
# Where a sentence was not parsed: what can only be a pronoun, and somebody.
SPEAKING_PRONOUNS = {"he", "she", "they", "we", "i"}
# Relations between a description and the name of whom it means, and how many words after it the name begins.
BESIDE = ("appos", "flat", "flat:name", "nmod:desc", "nmod:unmarked")
BETWEEN_WORDS = 10
_PARTY = re.compile(r"(?<=[(\s])[DRI]-[A-Z][a-z.]")
NEVER = {"that", "which", "what", "there", "this", "these", "those", "it’s"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that may name a speaker: its head word's index, its words `first` to `last`, its span."""

    head: int
    first: int
    last: int
    span: Span
    entity: str


def find_mentions(reading: Reading) -> tuple[Mention, ...]:
    """The mentions outside quotations, in the order of the text."""
    heads = sorted(set(_heads(reading)))
    return tuple(_mention(reading, head) for head in heads)


def _heads(reading: Reading) -> Iterator[int]:
    columns = zip(reading.words, reading.inside, reading.shown, reading.parsed, strict=True)
    for i, (word, inside, shown, parsed) in enumerate(columns):
        if inside != NO_QUOTATION or not shown or reading.is_degree(i):
            continue
        if not parsed:
            if word.text.lower() in SPEAKING_PRONOUNS:
                yield i
        elif word.upos in NOMINAL:
            named = word.deprel in INSIDE_NAMES and not _is_the_office(reading, i)
            spells = word.lemma not in NEVER and word.text[0].isalnum() and "://" not in word.text
            if spells and not named and not _is_aside(reading, i) and not _is_party(reading, i):
                yield i
        elif word.upos in STAND_IN and (
            word.deprel in (*SUBJECTS, "obl:agent")
            or (word.upos == "ADJ" and word.deprel != "amod" and reading.child(i, "det") is not None)
        ):
            yield i
    # A name that the parse takes for something else ("Said" the verb) is a mention by its last word.
    for entity in reading.entities:
        if entity.type in SPEAKING_ENTITIES:
            words = [i for i in reading.between(entity.start, entity.end) if reading.shown[i]]
            told = not _is_party(reading, words[0]) and not reading.is_degree(words[0]) if words else False
            if told and reading.inside[words[0]] == NO_QUOTATION:
                inner = set(words)
                yield next((i for i in words if reading.heads[i] not in inner), words[-1])


def _is_aside(reading: Reading, i: int) -> bool:
    """Whether a word in brackets by itself is what somebody does, and no name: (Laughs)."""
    words = reading.words
    alone = 0 < i < len(words) - 1 and words[i - 1].text == "(" and words[i + 1].text == ")"
    return alone and reading.entity_of[i] < 0


def _is_party(reading: Reading, i: int) -> bool:
    """Whether a word begins an American's party and state: D-Nev."""
    return _PARTY.match(reading.text, reading.words[i].start) is not None


def _is_the_office(reading: Reading, i: int) -> bool:
    """Whether a word is the PM and not p.m."""
    return (
        i > 0
        and reading.words[i].text.lower() in OFFICES_SHORT
        and reading.words[i - 1].text.lower() == "the"
    )


def _mention(reading: Reading, head: int) -> Mention:
    first = last = head
    number = reading.entity_of[head]
    if number >= 0:
        inner = reading.between(reading.entities[number].start, reading.entities[number].end)
        first, last = min(first, inner[0]), max(last, inner[-1])
    last = _with_name(reading, head, last)
    naming = set(_naming(reading, head))
    whole = _whole(reading, first, last)
    while True:
        first, last = whole
        while first - 1 in naming:
            first -= 1
        # What hyphens join, with what stands before it: the far-right leader.
        whole = _whole(reading, first, last)
        if whole == (first, last):
            break
    while last + 1 in naming:
        last += 1
    entity = reading.entities[number].type if number >= 0 else ""
    return Mention(head, first, last, Span(reading.words[first].start, reading.words[last].end), entity)


def _whole(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Words that hyphens join are one: the 62-year-old, Østergaard-Lowe."""
    words = reading.words
    while first > 1 and words[first - 1].text in "-‐‑–" and words[first - 2].end == words[first - 1].start:
        if words[first - 1].end != words[first].start:
            break
        first -= 2
    while (
        last + 2 < len(words) and words[last + 1].text in "-‐‑–" and words[last].end == words[last + 1].start
    ):
        if words[last + 1].end != words[last + 2].start:
            break
        last += 2
    return first, last


def _with_name(reading: Reading, head: int, last: int) -> int:
    """The last word of a phrase with the name that a title or description runs into, or has beside it.

    Minister Sanchez; the state agency Xinhua; the captain of the side, Zaid Murad; an envoy in Oman Ali Said.
    """
    own = reading.entity_of[head]
    is_person = own >= 0 and reading.entities[own].type == "PERSON"
    if is_person or reading.words[head].upos not in ("NOUN", "PROPN"):
        return last
    for i in range(last + 1, min(len(reading.words), last + 1 + BETWEEN_WORDS)):
        if reading.sentences[i] != reading.sentences[head] or reading.inside[i] != NO_QUOTATION:
            break
        if reading.entity_of[i] not in (-1, own):
            end = _end_of_name(reading, head, last, i)
            if end > last:
                return end
        if reading.words[i].upos in ("VERB", "AUX", "PRON") or reading.words[i].text in "()-–—":
            break
    return last


def _end_of_name(reading: Reading, head: int, last: int, i: int) -> int:
    """The last word of the name around `i`, if it names whom the words up to `last` describe; else -1."""
    entity = reading.entities[reading.entity_of[i]]
    words = reading.between(entity.start, entity.end)
    if words[0] != i or reading.sentences[words[-1]] != reading.sentences[head]:
        return -1
    top = next((w for w in words if reading.heads[w] not in words), i)
    noun = reading.words[head]
    is_beside = reading.words[top].deprel in BESIDE and _describes(reading, head, reading.heads[top])
    follows = i == last + 1
    if entity.type == "PERSON" and not follows:
        # A place runs into the name of whoever is what they are there.
        of_place = reading.words[last + 1].upos == "ADP" and reading.entity_of[i - 1] >= 0
        return words[-1] if is_person_noun(noun.lemma.lower()) and (is_beside or of_place) else -1
    if entity.type in ("ORG", "ORGANIZATION"):
        # The parser may take both for subjects of one verb.
        are_subjects = reading.heads[top] == reading.heads[head] and noun.deprel == reading.words[top].deprel
        named = follows and noun.upos == "NOUN" and (is_beside or are_subjects)
        return words[-1] if named else -1
    return words[-1] if entity.type == "PERSON" else -1


def _describes(reading: Reading, head: int, other: int) -> bool:
    """Whether what is said of the word `other` is said of `head`.

    “The captain of the northern side, Zaid Murad”: the parser may take it for the side's name.
    """
    word = reading.words[other]
    is_of = word.deprel == "nmod" and reading.heads[other] == head and not sort_of(word.lemma.lower())
    return other == head or is_of


def _naming(reading: Reading, head: int) -> Iterator[int]:
    for child in reading.children[head]:
        if reading.words[child].deprel in NAMING and reading.inside[child] == NO_QUOTATION:
            if reading.words[child].deprel == "case" and reading.words[child].lemma not in (
                "'s",
                "’s",
                "'",
                "’",
            ):
                continue
            if reading.words[child].deprel == "case" and child > head:
                continue  # the possessor's own mark is no part of its name
            yield child
            yield from _naming(reading, child)
            # The mark of a possessor, which may be taken for a quotation's: the drivers' union.
            yield from (
                c
                for c in reading.children[child]
                if c > child and (reading.words[c].deprel == "case" or reading.words[c].xpos == "POS")
            )
