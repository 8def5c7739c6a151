"""Dependencies from Stanza's graph parser: the trees that Stanza decodes, in a fraction of its time.

Stanza searches every sentence's tree in Python and scores the relations of every pair of words. Nearly always
the words' best heads make a tree already, and only its arcs need a relation; the other sentences are left to
Stanza's own functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.common.utils import unsort
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.head_constraints import (
    DEPREL_TO_GROUP,
    SINGLETON_DEPREL_GROUPS,
    resolve_head_constraint_violations,
)
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import unpack_batch
from stanza.pipeline.depparse_processor import DEFAULT_SEPARATE_BATCH
from torch import Tensor, nn
from torch.nn import functional

# Scores of so many arcs at once: bounds the memory of their products with the weights.
ARCS_AT_ONCE = 512


def best_trees(scores: np.ndarray, lengths: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """The best head of each word with one word at the root, and which sentences have a tree by that.

    `scores` are sentence × dependent × head with the root at 0; `lengths` count the root. Where the heads
    make a tree, no other with one root scores more: the root is the word that gains most, or loses least, by
    being it, and every other word has its best head. Elsewhere they have a cycle.
    """
    words = np.arange(1, scores.shape[1])
    within = words < np.asarray(lengths)[:, None]
    others = np.where(within[:, None, :], scores[:, 1:, 1:], -np.inf)
    others[:, words - 1, words - 1] = -np.inf
    heads = np.zeros(scores.shape[:2], dtype=np.int64)
    heads[:, 1:] = np.where(within, others.argmax(2) + 1, 0)
    with np.errstate(invalid="ignore"):  # of the words beyond a sentence's end
        gains = np.where(within, scores[:, 1:, 0] - others.max(2), -np.inf)
    heads[np.arange(len(heads)), gains.argmax(1) + 1] = 0
    reached = heads
    for _ in range(scores.shape[1].bit_length()):
        reached = np.take_along_axis(reached, reached, 1)
    return heads, np.equal(reached.max(1), 0)


class ArcRelations(nn.Module):
    """Stanza's scorer of relations, for single arcs; in its place in the network it does nothing."""

    def __init__(self, every_pair: nn.Module) -> None:
        super().__init__()
        self.every_pair = every_pair

    def forward(self, states: Tensor, _states: Tensor) -> Tensor:
        """The network asks for all pairs of words before their heads are known: it gets its states back."""
        return states

    def score(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Arc × relation, from the states of the arcs' two ends."""
        scorer: Any = self.every_pair
        weight = scorer.scorer.W_bilin.weight  # dependent × head × relation
        ends = []
        for layer, states in ((scorer.W1, dependents), (scorer.W2, heads)):
            ends.append(functional.pad(scorer.hidden_func(layer(states)), (0, 1), value=1.0))
        found = []
        for some, theirs in zip(*(end.split(ARCS_AT_ONCE) for end in ends), strict=True):
            mixed = (some @ weight.flatten(1)).view(-1, *weight.shape[1:])
            found.append(torch.bmm(theirs.unsqueeze(1), mixed).squeeze(1))
        return torch.cat(found) + scorer.scorer.W_bilin.bias


class Decoder:
    """Takes the place of Stanza's processor for dependencies, with its model."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._model = processor.trainer.model
        self._mends = processor.config.get("resolve_head_constraints", True)
        self._relations = ArcRelations(self._model.deprel)
        self._model.deprel = self._relations
        labels = processor.vocab["deprel"]
        self._labels = labels
        self._names = labels.unmap(range(VOCAB_PREFIX_SIZE, len(labels)))
        groups = {name: number for number, name in enumerate(SINGLETON_DEPREL_GROUPS, 1)}
        # Of each relation, the group of which a head may have one only; 0 where it may have many.
        self._groups = np.array([groups.get(DEPREL_TO_GROUP.get(name, ""), 0) for name in self._names])

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the processor's model has the structure that is decoded here."""
        if hasattr(processor, "_variant") or processor.trainer.args.get("reversed"):
            return False
        model = processor.trainer.model
        return type(model) is GraphParser and not model.args.get("use_arc_embedding")

    def process(self, document: Any) -> Any:
        """Give the words of `document` their heads and relations, as Stanza's processor would."""
        config = self._processor.config
        batches = DataLoader(
            document,
            config["batch_size"],
            config,
            self._processor.pretrain,
            vocab=self._processor.vocab,
            evaluation=True,
            sort_during_eval=True,
            min_length_to_batch_separately=config.get(
                "min_length_to_batch_separately", DEFAULT_SEPARATE_BATCH
            ),
        )
        self._model.eval()
        with torch.inference_mode():
            found = [tree for batch in batches for tree in self._decode(batch)]
        for sentence, tree in zip(document.sentences, unsort(found, batches.data_orig_idx), strict=True):
            for word, (head, relation) in zip(sentence.words, zip(*tree, strict=True), strict=True):
                word.head, word.deprel = head, relation
        return document

    def _decode(self, batch: Any) -> list[tuple[list[int], list[str]]]:
        """Heads and relations of each sentence of a batch."""
        inputs, order, word_order, lengths, word_lengths, text = unpack_batch(batch, self._model.get_device())
        scores, states, *_ = self._model.forward_scores(*inputs, word_order, lengths, word_lengths, text)
        # Stanza decodes these, so its functions get these; for the best heads it makes no difference.
        scores = functional.log_softmax(scores, 2).cpu().numpy()
        heads, are_trees = best_trees(scores, lengths)
        for number in np.flatnonzero(~are_trees).tolist():
            length = lengths[number]
            heads[number, :length] = chuliu_edmonds_one_root(scores[number, :length, :length])
        relations = self._best_relations(states, heads, lengths)
        trees = []
        for number, (length, ids) in enumerate(zip(lengths, relations, strict=True)):
            tree = heads[number, :length]
            if self._mends and self._breaks_rules(tree, ids):
                tree, ids = self._mended(scores[number, :length, :length], states[number, :length], tree)
            trees.append((tree[1:].tolist(), [self._names[relation] for relation in ids]))
        return unsort(trees, order)

    def _best_relations(
        self, states: Tensor, heads: np.ndarray, lengths: Sequence[int]
    ) -> Iterator[np.ndarray]:
        sentences = np.repeat(np.arange(len(lengths)), np.asarray(lengths) - 1)
        words = np.concatenate([np.arange(1, length) for length in lengths])
        dependents = states[sentences, words]
        scores = self._relations.score(dependents, states[sentences, heads[sentences, words]])
        best = scores.argmax(1).cpu().numpy()
        yield from np.split(best, np.cumsum(np.asarray(lengths) - 1)[:-1])

    def _breaks_rules(self, tree: np.ndarray, relations: np.ndarray) -> bool:
        """Whether a head has two subjects or two objects."""
        groups = self._groups[relations]
        pairs = (tree[1:] * (len(SINGLETON_DEPREL_GROUPS) + 1) + groups)[groups > 0]
        return len(np.unique(pairs)) < len(pairs)

    def _mended(self, scores: np.ndarray, states: Tensor, tree: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        every_pair = self._relations.every_pair(states[None], states[None])
        labels = functional.log_softmax(every_pair, 3)[0].cpu().numpy()
        mended, relations = resolve_head_constraint_violations(scores, labels, tree, self._labels)
        return mended, np.array(relations)
