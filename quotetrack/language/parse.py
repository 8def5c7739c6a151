"""Stanza over passages of many articles at once: sentences, words, dependencies and entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from quotetrack.language.loading import load_pipeline
from quotetrack.language.passages import Passage

# Splits tokens that are two words ("don't"); some models have none.
EXPANDING = "mwt"
PARSING = ("pos", "lemma", "depparse")
# The memory of a parse grows with the square of a sentence's length. Newspapers' longest sentences have 200
# words; one of over 500 is a list or no sentence, and is read for names only.
MAX_PARSED_WORDS = 500
# Sentences parsed on either side of a quotation that is a sentence by itself. With so many words beside it
# the sentence tells who speaks: of 7,300 such quotations in PolNeAR's training part and 417 newswire articles
# 98 % are attributed in their own sentence, of 2,070 others 99 % in one next to it. Where those words name
# nobody ("he said") the sentence before is parsed for whom they mean.
NEAR = 1
TELLING_WORDS = 2
# So much text is read at once, whatever the length of the articles: twice what a batch of usual ones has.
PORTION_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word of Universal Dependencies; `head` is an index in its sentence, -1 for the root.

    Offsets are the article's; the words of one multi-word token ("don't") share the token's where Stanza does
    not tell them apart. Grammar is empty where the sentence was not parsed.
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
        from quotetrack.language.forms import Expansions, Lemmas
        from quotetrack.language.segmenting import Segmenter
        from quotetrack.language.tagging import Names, PartsOfSpeech

        self._processors: dict[str, Any] = dict(load_pipeline(models).processors)
        faster: dict[str, Any] = {
            "tokenize": Segmenter,
            EXPANDING: Expansions,
            "pos": PartsOfSpeech,
            "lemma": Lemmas,
            "depparse": Dependencies,
            "ner": Names,
        }
        for name, kind in faster.items():
            processor = self._processors.get(name)
            if processor is not None and kind.knows(processor):
                self._processors[name] = kind(processor)

    def parse(self, articles: Sequence[Sequence[Request]]) -> list[Parse]:
        """Read the passages of each article, all articles' sentences batched together."""
        found: list[tuple[list[Sentence], list[Entity]]] = [([], []) for _ in articles]
        for portion in _portions(articles):
            for (number, _), (sentences, entities) in zip(
                portion, self._read([requests for _, requests in portion]), strict=True
            ):
                found[number][0].extend(sentences)
                found[number][1].extend(entities)
        return [Parse(tuple(sentences), tuple(entities)) for sentences, entities in found]

    def _read(self, pieces: Sequence[Sequence[Request]]) -> Iterator[tuple[list[Sentence], list[Entity]]]:
        """Sentences and entities of each piece of an article."""
        from stanza.models.common.doc import Document

        texts = [Document([], text=request.passage.text) for piece in pieces for request in piece]
        documents: list[Any] = self._processors["tokenize"].bulk_process(texts)
        sentences = [sentence for document in documents for sentence in document.sentences]
        if EXPANDING in self._processors:
            self._process((EXPANDING,), sentences)
        # Stanza's own tagger of names reads sentences in the order given; of one length together is fastest.
        sentences.sort(key=lambda sentence: len(sentence.tokens))
        self._process(("ner",), sentences)
        for document in documents:
            document.build_ents()
        queue = iter(documents)
        read = [[(request, next(queue)) for request in piece] for piece in pieces]
        chosen = [_choose(piece) for piece in read]
        self._process(
            PARSING,
            [
                sentence
                for piece, flags in zip(read, chosen, strict=True)
                for sentence, flag in zip(_sentences(piece), flags, strict=True)
                if flag
            ],
        )
        for piece, flags in zip(read, chosen, strict=True):
            yield _collect(piece, flags)

    def _process(self, names: Sequence[str], sentences: Sequence[Any]) -> None:
        """Run processors over sentences of several documents."""
        from stanza.models.common.doc import Document

        together = Document([])
        together.sentences = list(sentences)
        together._count_words()
        if sentences:
            for name in names:
                self._processors[name].process(together)


# A passage and what Stanza made of it.
_Read = tuple[Request, Any]


def _portions(articles: Sequence[Sequence[Request]]) -> Iterator[list[tuple[int, list[Request]]]]:
    """The requests in portions of bounded length, with their articles' numbers.

    Where an article is cut depends on itself only, so that what is read beside it makes no difference.
    """
    portion: list[tuple[int, list[Request]]] = []
    length = 0
    for number, article in enumerate(articles):
        for piece, size in _pieces(article):
            if portion and length + size > PORTION_CHARACTERS:
                yield portion
                portion, length = [], 0
            portion.append((number, piece))
            length += size
    if portion:
        yield portion


def _pieces(article: Sequence[Request]) -> Iterator[tuple[list[Request], int]]:
    """An article's requests, those of a very long one in pieces, with their lengths in characters."""
    piece: list[Request] = []
    length = 0
    for request in article:
        if piece and length + len(request.passage.text) > PORTION_CHARACTERS:
            yield piece, length
            piece, length = [], 0
        piece.append(request)
        length += len(request.passage.text)
    if piece:
        yield piece, length


def _sentences(piece: Sequence[_Read]) -> Iterator[Any]:
    return chain.from_iterable(document.sentences for _, document in piece)


def _choose(piece: Sequence[_Read]) -> list[bool]:
    """Of each sentence, whether its grammar is read: where it, or what is next to it, may tell who speaks."""
    rows = [(request, sentence) for request, document in piece for sentence in document.sentences]
    chosen = [False] * len(rows)
    for at, (request, sentence) in enumerate(rows):
        start, end = sentence.tokens[0].start_char, sentence.tokens[-1].end_char
        if not request.passage.has_quotation(start, end):
            continue
        tells = len(_WORD.findall(request.passage.narration(start, end))) >= TELLING_WORDS
        names = any(not request.passage.has_quotation(e.start_char, e.end_char) for e in sentence.ents)
        before, after = (0 if tells and names else NEAR), (0 if tells else NEAR)
        for other in range(max(0, at - before), min(len(rows), at + after + 1)):
            beside, neighbour = rows[other]
            if abs(beside.number - request.number) <= NEAR and len(neighbour.words) <= MAX_PARSED_WORDS:
                chosen[other] = True
    return chosen


_WORD = re.compile(r"\w+")


def _collect(piece: Sequence[_Read], chosen: Sequence[bool]) -> tuple[list[Sentence], list[Entity]]:
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    flags = iter(chosen)
    for request, document in piece:
        for sentence in document.sentences:
            parsed = next(flags)
            words = tuple(_words(sentence, request.passage, parsed))
            sentences.append(Sentence(words, request.number, parsed))
        for entity in document.ents:
            span = request.passage.locate(entity.start_char, entity.end_char)
            entities.append(Entity(span.start, span.end, entity.type))
    return sentences, entities


def _words(sentence: Any, passage: Passage, parsed: bool) -> Iterable[Word]:
    for token in sentence.tokens:
        for word in token.words:
            begin = word.start_char if word.start_char is not None else token.start_char
            stop = word.end_char if word.end_char is not None else token.end_char
            span = passage.locate(begin, stop)
            if parsed:
                yield Word(
                    span.start,
                    span.end,
                    word.text,
                    token.ner,
                    word.upos,
                    word.lemma or word.text,
                    word.xpos or "",
                    word.deprel,
                    word.head - 1,
                )
            else:
                yield Word(span.start, span.end, word.text, token.ner)
