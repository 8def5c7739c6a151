"""Stanza over passages of many articles at once: sentences, words, dependencies and entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from itertools import chain, islice
from typing import Any

from quotetrack.language.loading import load_pipeline
from quotetrack.language.passages import Passage
from quotetrack.records import Span

# Splits tokens that are two words ("don't"); some models have none.
EXPANDING = "mwt"
PARSING = ("pos", "lemma", "depparse")
# The memory of a parse grows with the square of a sentence's length. Newspapers' longest sentences have 200
# words; one of over 500 is a list or no sentence, and is read for names only.
MAX_PARSED_WORDS = 500
# Sentences parsed on either side of one with a quotation: of 9,658 quotations in PolNeAR's training part and
# 417 newswire articles 94 % are attributed in their own sentence, 5.6 % in one next to it, 0.3 % elsewhere.
NEAR = 1
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


class Edges(Flag):
    """Which ends of a passage stand next to a passage with quotations."""

    NONE = 0
    FIRST = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Request:
    """A passage to read, for its names and the grammar of what stands around its quotations and `edges`.

    `number` counts the article's passages, those that need not be read among them; `quoted` are the passage's
    quotations, offsets in the article.
    """

    number: int
    passage: Passage
    quoted: tuple[Span, ...] = ()
    edges: Edges = Edges.NONE


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
        requests = [request for article in articles for request in article]
        read = chain.from_iterable(map(self._read, _portions(requests)))
        return [_collect(islice(read, len(article))) for article in articles]

    def _read(self, requests: Sequence[Request]) -> list[_Read]:
        from stanza.models.common.doc import Document

        texts = [Document([], text=request.passage.text) for request in requests]
        documents: list[Any] = self._processors["tokenize"].bulk_process(texts)
        sentences = [sentence for document in documents for sentence in document.sentences]
        if EXPANDING in self._processors:
            self._process((EXPANDING,), sentences)
        # Stanza's own tagger of names reads sentences in the order given; of one length together is fastest.
        sentences.sort(key=lambda sentence: len(sentence.tokens))
        self._process(("ner",), sentences)
        for document in documents:
            document.build_ents()
        parsed = [list(_parsed(d.sentences, r)) for r, d in zip(requests, documents, strict=True)]
        self._process(PARSING, list(chain.from_iterable(parsed)))
        return [_collect_passage(*one) for one in zip(requests, documents, parsed, strict=True)]

    def _process(self, names: Sequence[str], sentences: Sequence[Any]) -> None:
        """Run processors over sentences of several documents."""
        from stanza.models.common.doc import Document

        together = Document([])
        together.sentences = list(sentences)
        together._count_words()
        if sentences:
            for name in names:
                self._processors[name].process(together)


_Read = tuple[list[Sentence], list[Entity]]


def _portions(requests: Sequence[Request]) -> Iterator[list[Request]]:
    """The requests in their order, in portions of bounded length."""
    portion: list[Request] = []
    length = 0
    for request in requests:
        if portion and length + len(request.passage.text) > PORTION_CHARACTERS:
            yield portion
            portion, length = [], 0
        portion.append(request)
        length += len(request.passage.text)
    if portion:
        yield portion


def _parsed(sentences: Sequence[Any], request: Request) -> Iterator[Any]:
    """The sentences of a passage whose grammar is read."""
    wanted: set[int] = set()
    if Edges.FIRST in request.edges:
        wanted.add(0)
    if Edges.LAST in request.edges:
        wanted.add(len(sentences) - 1)
    for number, sentence in enumerate(sentences):
        start, end = sentence.tokens[0].start_char, sentence.tokens[-1].end_char
        span = request.passage.locate(start, end)
        if any(quoted.start < span.end and span.start < quoted.end for quoted in request.quoted):
            wanted.update(range(number - NEAR, number + NEAR + 1))
    for number, sentence in enumerate(sentences):
        if number in wanted and len(sentence.words) <= MAX_PARSED_WORDS:
            yield sentence


def _collect(read: Iterable[_Read]) -> Parse:
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for some, named in read:
        sentences += some
        entities += named
    return Parse(tuple(sentences), tuple(entities))


def _collect_passage(request: Request, document: Any, parsed: Sequence[Any]) -> _Read:
    known = {id(sentence) for sentence in parsed}
    sentences = [
        Sentence(
            tuple(_words(sentence, request.passage, id(sentence) in known)),
            request.number,
            id(sentence) in known,
        )
        for sentence in document.sentences
    ]
    entities = []
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
