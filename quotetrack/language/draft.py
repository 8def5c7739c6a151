"""Sentences while they are read: columns that one processor after the other fills in.

Stanza's own sentences are objects of objects, which cost more to make than some processors take to run.
`Borrowed` lets a processor of Stanza's own work on drafts where it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

# How Stanza marks a token that is several words and not expanded yet.
MULTI_WORD = "MWT=Yes"


@dataclass(slots=True)
class Draft:
    """A sentence of a text; all offsets are the text's.

    Tokens have their `starts` and `ends`, whether each is `several` words that are not told apart yet, and
    their entity tags (BIOES) in `names`. Words have the numbers of their tokens in `owners`, their offsets
    and their grammar; `heads` count words from 1, 0 for the root. A column is empty until it is read.
    """

    tokens: list[str]
    starts: list[int]
    ends: list[int]
    several: list[bool]
    names: list[str] = field(default_factory=list)
    words: Sequence[str] = ()
    owners: Sequence[int] = ()
    word_starts: Sequence[int] = ()
    word_ends: Sequence[int] = ()
    upos: Sequence[str] = ()
    xpos: Sequence[str] = ()
    feats: Sequence[str] = ()
    lemmas: Sequence[str] = ()
    heads: Sequence[int] = ()
    deprels: Sequence[str] = ()

    def __post_init__(self) -> None:
        # Nearly always each token is one word.
        self.words, self.owners = self.tokens, range(len(self.tokens))
        self.word_starts, self.word_ends = self.starts, self.ends

    @property
    def entities(self) -> list[tuple[int, int, str]]:
        """Start, end and type of each named entity."""
        from stanza.models.ner.utils import decode_from_bioes

        if self.names.count("O") == len(self.names):
            return []
        return [
            (self.starts[found["start"]], self.ends[found["end"]], found["type"])
            for found in decode_from_bioes(self.names)
        ]

    @classmethod
    def of(cls, sentence: Any) -> Draft:
        """Stanza's sentence as a draft."""
        tokens = sentence.tokens
        draft = cls(
            [token.text for token in tokens],
            [token.start_char for token in tokens],
            [token.end_char for token in tokens],
            [MULTI_WORD in (token.misc or "") for token in tokens],
        )
        draft.fill(sentence)
        return draft

    def fill(self, sentence: Any) -> None:
        """Take over what a processor of Stanza's has made of this sentence."""
        tokens, words = sentence.tokens, sentence.words
        self.several = [MULTI_WORD in (token.misc or "") for token in tokens]
        self.names = [token.ner for token in tokens] if tokens[0].ner else []
        self.owners = [number for number, token in enumerate(tokens) for _ in token.words]
        self.words = [word.text for word in words]
        # Stanza may not tell where in a token its words are.
        self.word_starts = [
            self.starts[owner] if word.start_char is None else word.start_char
            for word, owner in zip(words, self.owners, strict=True)
        ]
        self.word_ends = [
            self.ends[owner] if word.end_char is None else word.end_char
            for word, owner in zip(words, self.owners, strict=True)
        ]
        if words[0].upos:
            self.upos = [word.upos for word in words]
            self.xpos = [word.xpos or "" for word in words]
            self.feats = [word.feats or "" for word in words]
            # A word may have none.
            self.lemmas = [word.lemma or "" for word in words]
        if words[0].deprel:
            self.heads = [word.head for word in words]
            self.deprels = [word.deprel for word in words]

    def described(self) -> Iterator[dict[str, Any]]:
        """Its tokens and words as a sentence of Stanza's is made of them."""
        columns = {
            "upos": self.upos, "xpos": self.xpos, "feats": self.feats, "lemma": self.lemmas,
            "head": self.heads, "deprel": self.deprels,
        }  # fmt: skip
        at = 0
        for number, token in enumerate(self.tokens):
            size = (
                self.owners[at:].index(number + 1) if number + 1 < len(self.tokens) else len(self.words) - at
            )
            ids = (at + 1,) if size == 1 else (at + 1, at + size)
            whole: dict[str, Any] = {
                "id": ids, "text": token, "start_char": self.starts[number], "end_char": self.ends[number],
            }  # fmt: skip
            if self.several[number]:
                whole["misc"] = MULTI_WORD
            if self.names:
                whole["ner"] = self.names[number]
            if size > 1:
                yield whole
                whole = {}
            for word in range(at, at + size):
                grammar = {name: column[word] for name, column in columns.items() if column and column[word]}
                yield {**whole, "id": (word + 1,), "text": self.words[word], **grammar}
            at += size


class Borrowed:
    """A processor of Stanza's own, for drafts."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor

    def segment(self, texts: Sequence[str]) -> list[list[Draft]]:
        """The sentences of each text."""
        from stanza.models.common.doc import Document

        documents = self._processor.bulk_process([Document([], text=text) for text in texts])
        return [[Draft.of(sentence) for sentence in document.sentences] for document in documents]

    def process(self, sentences: Sequence[Draft]) -> None:
        """Let the processor fill in what it knows of the sentences."""
        from stanza.models.common.doc import Document

        # Some processors read sentences in the order given; of one length together is fastest.
        order = sorted(sentences, key=lambda sentence: len(sentence.tokens))
        # Stanza cuts the words of names out of a text, whatever it says.
        text = " " * max(sentence.ends[-1] for sentence in order)
        document = self._processor.process(
            Document([list(sentence.described()) for sentence in order], text=text)
        )
        for sentence, read in zip(order, document.sentences, strict=True):
            sentence.fill(read)
