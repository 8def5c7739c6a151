"""Sentences and tokens from Stanza's tokenizer, its features of characters made in a fraction of the time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import torch
from stanza.models.common.doc import Document
from stanza.models.tokenization.data import (
    PER_CHAR_FEAT_FUNCS,
    POSITION_FEAT_FUNCS,
    STRUCTURAL_FEATURES,
    TokenizationDataset,
)
from stanza.models.tokenization.utils import output_predictions
from stanza.pipeline.tokenize_processor import TOKEN_TOO_LONG_REPLACEMENT, TokenizeProcessor

# Parts a paragraph that Stanza reads by itself.
BETWEEN = "\n\n"

Paragraph = list[tuple[str, int]]


class Paragraphs(TokenizationDataset):
    """Stanza's data set to be read: the features that a character has by itself are made once for each."""

    @cached_property
    def _known(self) -> dict[str, tuple[int, list[int]]]:
        return {}

    def para_to_sentences(self, para: Paragraph) -> list[Any]:
        """The characters' numbers, labels, features and themselves, as Stanza makes them."""
        names = self.args["feat_funcs"]
        if self.args["use_dictionary"] or not para:
            found: list[Any] = super().para_to_sentences(para)
            return found
        units = [unit for unit, _ in para]
        for unit in set(units) - self._known.keys():
            own = [PER_CHAR_FEAT_FUNCS[name](unit) for name in names if name in PER_CHAR_FEAT_FUNCS]
            self._known[unit] = self.vocab.unit2id(unit), own
        numbers, alone = zip(*(self._known[unit] for unit in units), strict=True)
        around = np.zeros((len(units), len(POSITION_FEAT_FUNCS) + len(STRUCTURAL_FEATURES)), dtype=np.int64)
        column = 0
        for name, at in (("end_of_para", -1), ("start_of_para", 0)):
            if name in names:
                around[at, column] = 1
                column += 1
        text = "".join(units)
        for name, pattern in STRUCTURAL_FEATURES.items():
            if name in names:
                for match in pattern.finditer(text):
                    around[match.start() : match.end(), column] = 1
                column += 1
        labels = np.array([label for _, label in para])
        return [(np.array(numbers), labels, np.hstack([np.array(alone), around[:, :column]]), units)]


def segment(processor: Any, texts: Sequence[str]) -> list[Document]:
    """A document of sentences for each text, from Stanza's processor of tokens; all are read together."""
    together = BETWEEN.join(texts)
    paragraphs = Paragraphs(
        processor.config,
        input_text=together,
        vocab=processor.vocab,
        evaluation=True,
        dictionary=processor.trainer.dictionary,
    )
    longest = processor.config.get("max_seqlen", TokenizeProcessor.MAX_SEQ_LENGTH_DEFAULT)
    with torch.inference_mode():
        *_, sentences = output_predictions(
            None, processor.trainer, paragraphs, processor.vocab, None, longest, orig_text=together
        )
    documents = []
    waiting, start = 0, 0
    for text in texts:
        first = waiting
        while waiting < len(sentences) and sentences[waiting][-1]["end_char"] <= start + len(text):
            waiting += 1
        for sentence in sentences[first:waiting]:
            for token in sentence:
                token["start_char"] -= start
                token["end_char"] -= start
                if len(token["text"]) > longest:
                    token["text"] = TOKEN_TOO_LONG_REPLACEMENT
        documents.append(Document(sentences[first:waiting], text))
        start += len(text) + len(BETWEEN)
    return documents
