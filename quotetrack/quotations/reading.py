"""One article as the attribution reads it: its words in a row, their grammar, their quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from quotetrack.language.parse import Entity, Parse, Word
from quotetrack.names.facts import kinds
from quotetrack.quotations.grammar import mend
from quotetrack.quotations.marks import Quoted
from quotetrack.quotations.naming import PARTICLES, POSTNOMINALS

NO_QUOTATION = -1
# Relations of the parts of a name to one another, and to a title or description of its bearer.
NAME_PARTS = ("flat", "flat:name", "compound", "appos", "nmod:desc")
# Relations between a name and a description of the same person.
BESIDE = ("appos", "flat", "flat:name")
# Parts of speech of what may name somebody.
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})
_DEGREES = POSTNOMINALS | kinds("parts.txt")["degrees"]
# In small letters right before a surname: van der, de la, bin; without those that are English or one letter.
_PARTICLES_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(sorted(PARTICLES - {'do', 'af', 'e', 'y'}))})[ \u00a0])+$"
)
# So many characters hold any of them.
LONGEST_PARTICLES = 20


@dataclass(frozen=True)
class Reading:
    """The words of an article's passages in the order of the text; every index is one into `words`.

    `heads` are indices too (-1 at a root); `sentences` and `passages` number each word's; `inside` is the
    number of the quotation that a word stands in, or -1.
    """

    text: str
    quoted: tuple[Quoted, ...]
    words: tuple[Word, ...]
    heads: tuple[int, ...]
    sentences: tuple[int, ...]
    passages: tuple[int, ...]
    inside: tuple[int, ...]
    parsed: tuple[bool, ...]
    entities: tuple[Entity, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head >= 0:
                found[head].append(i)
        return tuple(tuple(c) for c in found)

    @cached_property
    def starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def entity_of(self) -> tuple[int, ...]:
        """For each word the number of the entity that it stands in, or -1."""
        found = [-1] * len(self.words)
        for number, entity in enumerate(self.entities):
            for i in self.between(entity.start, entity.end):
                found[i] = number
        return tuple(found)

    @cached_property
    def shown(self) -> tuple[bool, ...]:
        """The words that may tell who speaks: of parsed sentences, and those beside one with a quotation."""
        quoted = {s for s, number in zip(self.sentences, self.inside, strict=True) if number >= 0}
        near = {s + step for s in quoted for step in (-1, 0, 1)}
        return tuple(p or s in near for p, s in zip(self.parsed, self.sentences, strict=True))

    def between(self, start: int, end: int) -> range:
        """The words that begin in `text[start:end]`."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def quotation_words(self, number: int) -> range:
        """The words of a quotation, as far as they were read."""
        quoted = self.quoted[number]
        return self.between(quoted.start, quoted.end)

    def top_of_name(self, i: int) -> int:
        """The word that the name around a word hangs on: the title of “Prime Minister Boris Johnson”."""
        while self.words[i].deprel in NAME_PARTS and self.heads[i] >= 0:
            i = self.heads[i]
        return i

    def joined(self, i: int) -> list[int]:
        """The words joined by "and", that of the name around a word among them: NATO and Boris Johnson."""
        first = self.top_of_name(i)
        while self.words[first].deprel == "conj" and self.words[self.heads[first]].upos in NOMINAL:
            top = self.top_of_name(self.heads[first])
            if first not in self._joined_to(top):
                break
            first = top
        return [first, *self._joined_to(first)]

    def _joined_to(self, first: int) -> list[int]:
        """What is joined to a word, or to the names of people beside it: nurses Ann Lowe and Luis Ortega."""
        found = self._listed(first)
        beside = [first]
        while beside:
            parts = [c for c in self.children[beside.pop()] if self.words[c].deprel in BESIDE]
            beside += parts
            people = [part for part in parts if self._is_person(part)]
            found += [c for part in people for c in self._listed(part) if self._is_person(c)]
        return sorted(found)

    def _listed(self, first: int) -> list[int]:
        """The other words of a list that begins with a word, up to the last that "and" joins to it.

        A name that directly follows a title which was taken for another word of the list belongs there too.
        """
        found, at, end = list[int](), first, 0
        for i in (c for c in self.children[first] if self.words[c].deprel == "conj"):
            joining = self.child(i, "cc")
            if self._is_parted(i, at, joining):
                break
            runs_on = 0 < end == len(found) and all(word.text not in ",;" for word in self.words[at:i])
            if not self.is_degree(i):
                found.append(i)
            at, end = i, len(found) if joining is not None or runs_on else end
        return found[:end]

    def _is_parted(self, i: int, start: int, joining: int | None) -> bool:
        """Whether a sentence ended unseen between two words of a list: “… of Pell & Co. But Ann Lowe …”."""
        for k in range(i - 1, start, -1):
            text = self.words[k].text
            if text in ",;" or (k == joining and not text[0].isupper()):
                return False
            if text.endswith(".") and not self.is_under(k, i):
                return True
        return False

    def _is_person(self, i: int) -> bool:
        return self.entity_of[i] >= 0 and self.entities[self.entity_of[i]].type == "PERSON"

    def is_degree(self, i: int) -> bool:
        """Whether a word is a degree or an honour after a name and a comma: Ann Lowe, M.D., PhD."""
        text = self.words[i].text
        if text.replace(".", "").lower() not in _DEGREES or i < 2 or self.words[i - 1].text != ",":
            return False
        # Ma is a surname, MA is a degree.
        abbreviated = text.endswith(".") or sum(c.isupper() for c in text) > 1
        of_name = self.words[i - 2].upos == "PROPN" or self.entity_of[i - 2] >= 0
        return abbreviated and (of_name or self.is_degree(i - 2))

    def is_under(self, i: int, top: int) -> bool:
        """Whether a word is `top` or hangs on it, however far down."""
        while i >= 0 and i != top:
            i = self.heads[i]
        return i == top

    def child(self, head: int, *deprels: str) -> int | None:
        """The first child of `head` with one of these relations (subtypes count only where named)."""
        return next((c for c in self.children[head] if self.words[c].deprel in deprels), None)


def make_reading(text: str, quoted: Sequence[Quoted], parse: Parse) -> Reading:
    """Lay the sentences of `parse` in a row; both are in the order of the text."""
    words: list[Word] = []
    heads: list[int] = []
    sentences: list[int] = []
    passages: list[int] = []
    parsed: list[bool] = []
    for number, sentence in enumerate(parse.sentences):
        own, base = mend(sentence.words), len(words)
        words += own
        heads += [base + word.head if word.head >= 0 else -1 for word in own]
        sentences += [number] * len(own)
        passages += [sentence.passage] * len(own)
        parsed += [sentence.parsed] * len(own)
    starts = [word.start for word in words]
    inside = [NO_QUOTATION] * len(words)
    for number, one in enumerate(quoted):
        for i in range(bisect_left(starts, one.start), bisect_left(starts, one.end)):
            inside[i] = number
    return Reading(
        text,
        tuple(quoted),
        tuple(words),
        tuple(heads),
        tuple(sentences),
        tuple(passages),
        tuple(inside),
        tuple(parsed),
        tuple(_with_particles(text, entity) for entity in parse.entities),
    )


def _with_particles(text: str, entity: Entity) -> Entity:
    """A person's name with the particles before it, which open a sentence there: “…,” van der Meer said."""
    if entity.type != "PERSON":
        return entity
    before = _PARTICLES_BEFORE.search(text, max(0, entity.start - LONGEST_PARTICLES), entity.start)
    return replace(entity, start=before.start()) if before else entity
