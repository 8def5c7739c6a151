"""Stanza over passages of many articles at once: sentences, words, dependencies and entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, starmap
from typing import Any, NamedTuple

from quotetrack.language.draft import Draft
from quotetrack.language.loading import load_pipeline
from quotetrack.language.passages import Passage

# Splits tokens that are two words ("don't"); some models have none.
EXPANDING = "mwt"
PARSING = ("pos", "lemma", "depparse")
# The memory of a parse grows with the square of a sentence's length. Newspapers' longest sentences have 200
# words; one of over 500 is a list or no sentence, and is read for names only.
MAX_PARSED_WORDS = 500
# Paragraphs read on either side of one with a quotation. With so many words beside it a quotation's sentence
# tells who speaks: of 7,300 such quotations in PolNeAR's training part and 417 newswire articles 98 % are
# attributed in their own sentence, of 2,070 others 99 % in one next to it. Whom "he" or "the lawyer" means
# there stands in the paragraph or the one before.
NEAR = 1
TELLING_WORDS = 2
SPEAKING = ("PERSON", "ORG", "ORGANIZATION")


class Word(NamedTuple):
    """A syntactic word of Universal Dependencies; `head` is an index in its sentence, -1 for the root.

    Offsets are the article's; the words of one multi-word token ("don't") share the token's where Stanza does
    not tell them apart. Grammar is empty where the sentence was not parsed. A tuple, since there are many.
    """

    start: int
    end: int
    text: str
    entity: str
    upos: str = ""
    lemma: str = ""
    xpos: str = ""
    deprel: str = ""
    head: int = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `passage` is the number of the passage that it stands in."""

    words: tuple[Word, ...]
    passage: int
    parsed: bool

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity, offsets in the article; `type` is PERSON, ORG, LOC, FAC, NORP, DATE …"""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Request:
    """A passage to read, for its names and the grammar around its quotations.

    `number` counts the article's passages, those that need not be read among them.
    """

    number: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Parse:
    """What was seen in one article's passages."""

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]


class Parser:
    """Stanza's processors, loaded once; `parse` is a pure function of its arguments."""

    def __init__(self, models: str = "bundled") -> None:
        # These import torch, which takes seconds.
        from quotetrack.language.decoding import Dependencies
        from quotetrack.language.draft import Borrowed
        from quotetrack.language.forms import Expansions, Lemmas
        from quotetrack.language.segmenting import Segmenter
        from quotetrack.language.tagging import Names, PartsOfSpeech

        faster: dict[str, Any] = {
            "tokenize": Segmenter,
            EXPANDING: Expansions,
            "pos": PartsOfSpeech,
            "lemma": Lemmas,
            "depparse": Dependencies,
            "ner": Names,
        }
        self._processors: dict[str, Any] = {}
        for name, processor in load_pipeline(models).processors.items():
            known = name in faster and faster[name].knows(processor)
            self._processors[name] = faster[name](processor) if known else Borrowed(processor)

    def parse(self, articles: Sequence[Sequence[Request]]) -> list[Parse]:
        """Read the passages of each article, all articles' sentences batched together."""
        texts = [request.passage.text for article in articles for request in article]
        segmented: list[list[Draft]] = self._processors["tokenize"].segment(texts)
        self._process((EXPANDING, "ner"), list(chain.from_iterable(segmented)))
        queue = iter(segmented)
        read = [[(request, draft) for request in article for draft in next(queue)] for article in articles]
        chosen = [_choose(rows) for rows in read]
        self._process(
            PARSING,
            [
                draft
                for rows, flags in zip(read, chosen, strict=True)
                for (_, draft), flag in zip(rows, flags, strict=True)
                if flag
            ],
        )
        return [_collect(rows, flags) for rows, flags in zip(read, chosen, strict=True)]

    def _process(self, names: Sequence[str], sentences: Sequence[Draft]) -> None:
        for name in names:
            if sentences and name in self._processors:
                self._processors[name].process(sentences)


# A sentence and the passage that it stands in.
_Read = tuple[Request, Draft]


def _choose(rows: Sequence[_Read]) -> list[bool]:
    """Of each sentence, whether its grammar is read: where it may tell who speaks, or whom a pronoun means.

    Those are all of a paragraph with a quotation, and of the one before where a quotation's own sentence
    names nobody; and the next sentence where the quotation's has no words beside it.
    """
    near: set[int] = set()
    after: set[int] = set()
    for at, (request, sentence) in enumerate(rows):
        start, end = sentence.starts[0], sentence.ends[-1]
        if not request.passage.has_quotation(start, end):
            continue
        near.add(request.number)
        tells = len(_WORD.findall(request.passage.narration(start, end))) >= TELLING_WORDS
        names = any(
            kind in SPEAKING and not request.passage.has_quotation(first, stop)
            for first, stop, kind in sentence.entities
        )
        if not (tells and names):
            near.add(request.number - NEAR)
        if not tells and at + 1 < len(rows) and rows[at + 1][0].number <= request.number + NEAR:
            after.add(at + 1)
    return [
        (request.number in near or at in after) and len(sentence.words) <= MAX_PARSED_WORDS
        for at, (request, sentence) in enumerate(rows)
    ]


_WORD = re.compile(r"\w+")


def _collect(rows: Sequence[_Read], chosen: Sequence[bool]) -> Parse:
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for (request, draft), parsed in zip(rows, chosen, strict=True):
        sentences.append(Sentence(tuple(_words(draft, request.passage, parsed)), request.number, parsed))
        for start, end, kind in draft.entities:
            span = request.passage.locate(start, end)
            entities.append(Entity(span.start, span.end, kind))
    return Parse(tuple(sentences), tuple(entities))


def _words(draft: Draft, passage: Passage, parsed: bool) -> Iterator[Word]:
    columns: list[Iterable[Any]] = [
        passage.places(draft.word_starts),
        passage.places(draft.word_ends, are_ends=True),
        draft.words,
        [draft.names[owner] for owner in draft.owners],
    ]
    if parsed:
        lemmas = (lemma or word for lemma, word in zip(draft.lemmas, draft.words, strict=True))
        columns += [draft.upos, lemmas, draft.xpos, draft.deprels, (head - 1 for head in draft.heads)]
    return starmap(Word, zip(*columns, strict=True))
