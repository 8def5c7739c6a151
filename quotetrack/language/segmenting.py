"""Sentences and tokens from Stanza's tokenizer, in a fraction of its time.

Stanza reads paragraphs padded to one length, the padding too, and makes each character's features anew. Here
each paragraph is read by itself, to the same end wherever it stands, and a kind of character looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from stanza.models.common.vocab import PAD_ID
from stanza.models.tokenization.data import PER_CHAR_FEAT_FUNCS, STRUCTURAL_FEATURES, WHITESPACE_RE
from stanza.models.tokenization.utils import MASK_RE
from stanza.pipeline.tokenize_processor import TOKEN_TOO_LONG_REPLACEMENT
from torch import Tensor
from torch.nn.functional import logsigmoid

from quotetrack.language.draft import Draft
from quotetrack.language.recurrence import Layer, Layout, Memory, in_batches

# Characters read at once: enough paragraphs for the multiplications to be fast, few enough to fit a cache.
BATCH_CHARACTERS = 40_000
# A longer paragraph is read in so many characters at a time, with more on either side. Stanza reads a
# thousand at a time, from the last sentence's end, and answers the same in all of 348 such paragraphs.
WINDOW, AROUND = 400, 80
# Stanza's longest token.
LONGEST = 1000
# Stanza's answers for a character: inside, or the last of a token, a sentence, a multi-word token, both.
TOKEN, SENTENCE, MULTI_WORD, MULTI_WORD_SENTENCE = 1, 2, 3, 4
# Without one of these no address is in a text.
_ADDRESS = re.compile(r"@|://|www\.|\.(?:gov|org|edu|net|com|co)\.")
# The network takes a capital with a full stop for an initial: he wrote on X. The council answered.
_ON_X = re.compile(r"\b(?:on|to|via|through) (X)([.!?])[”\"’')]*(?= [“\"‘(]?[A-Z])")
# After these it takes a full stop for a sentence's end now and then: Prof. Maeve Lanigan.
_TITLE = re.compile(
    r"(?<![\w.])(?:Adm|Adv|Amb|Assoc|Asst|Atty|Brig|Capt|Cllr|Cmdr|Col|Cpl|Det|Dr|Engr|Fr|Gen|Gov|Hon|Insp|Lt|"
    r"Maj|Messrs|Mr|Mrs|Ms|Prof|Rep|Rev|Sen|Sgt|Supt)\.(?= [A-Z])"
)
# A kind of character: its code point, and bits for the features that its place gives it.
BITS = 8
# The network has learnt that one stands at a paragraph's end.
PADDING = -1
POSITION = ("end_of_para", "start_of_para")
# Without these Stanza's patterns find nothing: most paragraphs have none, and the patterns are slow.
_ANYTHING, _DIGIT = re.compile(""), re.compile(r"\d")
NEEDED = {"labeled_field": re.compile(":"), "phone_id": _DIGIT, "date_pattern": _DIGIT}


class Segmenter:
    """Takes the place of Stanza's processor of tokens, with its model."""

    def __init__(self, processor: Any) -> None:
        self._settings, self._vocabulary = processor.config, processor.vocab
        self._model = processor.trainer.model.eval()
        self._first = Layer(self._model.rnn)
        self._second = Layer(self._model.rnn2) if self._settings["hierarchical"] else None
        self._characters = Memory(self.encode)
        names = self._settings["feat_funcs"]
        self._own = [PER_CHAR_FEAT_FUNCS[name] for name in names if name in PER_CHAR_FEAT_FUNCS]
        self._places = [name for name in names if name in POSITION]
        self._patterns = [
            (NEEDED.get(name, _ANYTHING), pattern)
            for name, pattern in STRUCTURAL_FEATURES.items()
            if name in names
        ]
        self._longest = self._settings.get("max_seqlen", LONGEST)

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the processor's model has the structure that is read here."""
        if hasattr(processor, "_variant"):
            return False
        settings = processor.config
        return (
            processor.trainer.model.charmodel is None
            and settings["use_mwt"]
            and settings["rnn_layers"] == 1
            and settings["conv_res"] is None
            and not any(settings.get(name) for name in ("use_dictionary", "skip_newline", "no_ssplit"))
            and settings["lang"] == "en"
        )

    def segment(self, texts: Sequence[str]) -> list[list[Draft]]:
        """The sentences of each text, which is one paragraph."""
        read = [_readable(text) for text in texts]
        answers = self._answer([characters for characters, _ in read])
        return [
            list(self._sentences(characters, places, found))
            for (characters, places), found in zip(read, answers, strict=True)
        ]

    def _answer(self, paragraphs: Sequence[str]) -> list[np.ndarray]:
        """For each character whether it ends something."""
        kinds = [np.append(self._kinds(characters), PADDING) for characters in paragraphs]
        answers = [np.zeros(len(characters), dtype=np.int64) for characters in paragraphs]
        windows = [
            (number, at) for number, found in enumerate(answers) for at in range(0, len(found), WINDOW)
        ]
        with torch.inference_mode():
            read = self._read(
                [kinds[number][max(0, at - AROUND) : at + WINDOW + AROUND] for number, at in windows]
            )
        for (number, at), found in zip(windows, read, strict=True):
            own = answers[number][at : at + WINDOW]
            own[:] = found[min(at, AROUND) :][: len(own)]
        return answers

    def _kinds(self, characters: str) -> np.ndarray:
        """The kind of each character, its place's features as bits."""
        around = np.zeros(len(characters), dtype=np.int64)
        bit = 1
        for name in self._places:
            around[slice(-1, None) if name == "end_of_para" else slice(1)] |= bit
            bit *= 2
        for needed, pattern in self._patterns:
            if needed.search(characters):
                for match in pattern.finditer(characters):
                    around[match.start() : match.end()] |= bit
            bit *= 2
        return (_code_points(characters) << BITS) + around

    def _read(self, windows: Sequence[np.ndarray]) -> list[np.ndarray]:
        found: list[np.ndarray] = [np.empty(0)] * len(windows)
        for numbers, layout in in_batches([len(window) for window in windows], BATCH_CHARACTERS):
            kinds, which = np.unique(np.concatenate([windows[n] for n in numbers]), return_inverse=True)
            rows = self._characters.rows(kinds.tolist())[torch.from_numpy(which)]
            answers = self.scores(rows, layout).argmax(1).numpy()
            ends = np.cumsum([len(windows[n]) for n in numbers])[:-1]
            for number, answer in zip(numbers, np.split(answers, ends), strict=True):
                found[number] = answer
        return found

    def scores(self, rows: Tensor, layout: Layout) -> Tensor:
        """Of each character, of Stanza's five answers; as its network does."""
        model = self._model
        said = self._first.read(self._characters.tables[0], rows, layout)
        token, sentence, words = model.tok_clf(said), model.sent_clf(said), model.mwt_clf(said)
        if self._second is not None:
            if self._settings["hier_invtemp"] > 0:
                said = said * torch.sigmoid(token * self._settings["hier_invtemp"])
            shares = self._second.share(said)
            said = self._second.read(shares, torch.arange(len(rows)), layout)
            token = token + model.tok_clf2(said)
            sentence = sentence + model.sent_clf2(said)
            words = words + model.mwt_clf2(said)
        ends, goes_on, stops = logsigmoid(token), logsigmoid(-sentence), logsigmoid(sentence)
        one, several = logsigmoid(-words), logsigmoid(words)
        answers = [logsigmoid(-token), ends + goes_on + one, ends + stops + one]
        return torch.cat([*answers, ends + goes_on + several, ends + stops + several], 1)

    def encode(self, kinds: Sequence[int]) -> tuple[Tensor, ...]:
        """What the network makes of each kind of character by itself, as far as its first layer."""
        width = len(self._places) + len(self._patterns)
        features, numbers = [], []
        for kind in kinds:
            if kind == PADDING:
                features.append([0] * (len(self._own) + width))
                numbers.append(PAD_ID)
                continue
            unit = chr(kind >> BITS)
            features.append([own(unit) for own in self._own] + [kind >> bit & 1 for bit in range(width)])
            numbers.append(self._vocabulary.unit2id(unit))
        known = self._model.embeddings(torch.tensor(numbers))
        return (self._first.share(torch.cat([known, torch.tensor(features, dtype=known.dtype)], 1)),)

    def _sentences(self, characters: str, places: np.ndarray, answers: np.ndarray) -> Iterator[Draft]:
        """The sentences with their tokens; `places` are the characters' in the text."""
        if not characters:
            return
        answers[-1] = MULTI_WORD_SENTENCE if answers[-1] > SENTENCE else SENTENCE
        if _ADDRESS.search(characters):
            for match in MASK_RE.finditer(characters):
                answers[match.start() : match.end() - 1] = 0
                answers[match.end() - 1] = max(TOKEN, answers[match.end() - 1])
        for match in _TITLE.finditer(characters):
            answers[match.start() : match.end() - 1] = 0
            answers[match.end() - 1] = TOKEN
        for match in _ON_X.finditer(characters):
            answers[[match.start(1), match.start(2)]] = TOKEN
            answers[match.end() - 1] = SENTENCE
        ends = np.flatnonzero(answers)
        at = places.tolist()
        tokens: list[tuple[str, int, int, bool]] = []
        start = 0
        for end, answer in zip(ends.tolist(), answers[ends].tolist(), strict=True):
            token = characters[start : end + 1].lstrip()
            start = end + 1
            if token:
                text = token if len(token) <= self._longest else TOKEN_TOO_LONG_REPLACEMENT
                tokens.append((text, at[start - len(token)], at[end] + 1, answer >= MULTI_WORD))
            if answer in (SENTENCE, MULTI_WORD_SENTENCE) and tokens:
                yield Draft(*map(list, zip(*tokens, strict=True)))
                tokens = []
        if tokens:
            yield Draft(*map(list, zip(*tokens, strict=True)))


def _readable(text: str) -> tuple[str, np.ndarray]:
    """The text's characters as Stanza reads them, white space as single blanks, and their places in it."""
    text = text.rstrip()
    if not _UNEVEN.search(text):
        return text, np.arange(len(text))
    blank = WHITESPACE_RE.sub(" ", text)
    places = [n for n, character in enumerate(blank) if character != " " or not n or blank[n - 1] != " "]
    return "".join(blank[n] for n in places), np.array(places)


# White space that is no single blank.
_UNEVEN = re.compile(r"[^\S ]|[\u0080-\u009f]|  ")


def _code_points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
