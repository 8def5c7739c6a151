"""Dependencies from Stanza's graph parser: the trees that Stanza decodes, in a fraction of its time.

Stanza searches every sentence's tree and scores the relations of every pair of words. Nearly always the
words' best heads make a tree already, and only its arcs need a relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
import torch
from stanza.models.common.vocab import ROOT_ID, VOCAB_PREFIX_SIZE, CompositeVocab
from stanza.models.depparse.head_constraints import (
    DEPREL_TO_GROUP,
    SINGLETON_DEPREL_GROUPS,
    resolve_head_constraint_violations,
)
from stanza.models.depparse.model import GraphParser
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from quotetrack.language.draft import Draft
from quotetrack.language.recurrence import Highway, Layout, Memory, in_batches
from quotetrack.language.tagging import CONTEXTUAL, plain

# More than all arcs of a sentence together: scores are logarithms of probabilities.
ONE_ROOT = 1e6
# Scores of so many arcs at once: the multiplications are as fast as they get, the memory is 10 MB.
ARCS_AT_ONCE = 512
OTHER_STRUCTURE = (*CONTEXTUAL, "char", "linearization", "distance", "use_ufeats", "use_arc_embedding")

# A word's form, lemma and tags, which are all that the network knows of it by itself.
Key = tuple[str, str, str, str]
# What stands before the first word of each sentence, head of its root; no word is made of nothing.
ROOT: Key = ("", "", "", "")


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


def best_tree(scores: np.ndarray) -> np.ndarray:
    """The heads of the tree with one word at the root that scores most; `scores` are dependent × head.

    Chu and Liu's and Edmonds's algorithm (McDonald et al. 2005, "Non-projective Dependency Parsing using
    Spanning Tree Algorithms"). Where the best tree has several words at the root, every arc from there is
    made to cost so much that it has only one.
    """
    arcs = scores.astype(np.float64)
    heads = _best_arcs(arcs)
    if np.count_nonzero(heads[1:] == 0) > 1:
        arcs[1:, 0] -= ONE_ROOT
        heads = _best_arcs(arcs)
    heads[0] = 0
    return heads


def _best_arcs(scores: np.ndarray) -> np.ndarray:
    """The best head of each node but the first, such that they make a tree."""
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = np.array(_cycle(heads.tolist()), dtype=np.int64)
    if not len(cycle):
        return heads
    # The cycle becomes one node, the last; whoever takes a head outside it gives up the one it has inside.
    outside = np.ones(len(heads), dtype=bool)
    outside[cycle] = False
    rest = np.flatnonzero(outside)
    lost = scores[cycle, heads[cycle]]
    into = scores[np.ix_(cycle, rest)] - lost[:, None]
    out = scores[np.ix_(rest, cycle)]
    smaller = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    smaller[-1, :-1] = into.max(0)
    smaller[:-1, -1] = out.max(1)
    found = _best_arcs(smaller)
    entered = cycle[into[:, found[-1]].argmax()]
    heads[entered] = rest[found[-1]]
    for node, head, best in zip(rest, found[:-1], out.argmax(1), strict=True):
        heads[node] = cycle[best] if head == len(rest) else rest[head]
    return heads


def _cycle(heads: Sequence[int]) -> list[int]:
    """The nodes of some cycle of heads; empty where there is none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle = [node]
            while heads[cycle[-1]] != node:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []


class Dependencies:
    """Takes the place of Stanza's processor for dependencies, with its model."""

    def __init__(self, processor: Any) -> None:
        model = processor.trainer.model.eval()
        self._model, self._vocabularies, self._vectors = model, processor.vocab, processor.pretrain.vocab
        self._mends = processor.config.get("resolve_head_constraints", True)
        self._network = Highway(model.parserlstm, (model.parserlstm_h_init, model.parserlstm_c_init))
        self._words = Memory(self.encode)
        labels = processor.vocab["deprel"]
        self._labels = labels
        self._names = labels.unmap(range(VOCAB_PREFIX_SIZE, len(labels)))
        groups = {name: number for number, name in enumerate(SINGLETON_DEPREL_GROUPS, 1)}
        # Of each relation, the group of which a head may have one only; 0 where it may have many.
        self._groups = np.array([groups.get(DEPREL_TO_GROUP.get(name, ""), 0) for name in self._names])

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the processor's model has the structure that is read here."""
        if hasattr(processor, "_variant") or processor.trainer.args.get("reversed"):
            return False
        model = processor.trainer.model
        return (
            type(model) is GraphParser
            and model.args["pretrain"]
            and model.args["word_emb_dim"] > 0
            and model.args["tag_emb_dim"] > 0
            and model.args.get("use_upos", True)
            and model.args.get("use_xpos", True)
            and not isinstance(processor.vocab["xpos"], CompositeVocab)
            and not any(model.args.get(name) for name in OTHER_STRUCTURE)
        )

    def process(self, sentences: Sequence[Draft]) -> None:
        """Give the words of the sentences their heads and relations, as Stanza's processor would."""
        with torch.inference_mode():
            for numbers, layout in in_batches([len(sentence.words) + 1 for sentence in sentences]):
                batch = [sentences[number] for number in numbers]
                for sentence, read in zip(batch, self._parse(batch, layout), strict=True):
                    sentence.heads, sentence.deprels = read

    def _parse(self, batch: Sequence[Draft], layout: Layout) -> Iterator[tuple[list[int], list[str]]]:
        """Heads and relations of each sentence of a batch."""
        keys = chain.from_iterable(chain((ROOT,), _keys(sentence)) for sentence in batch)
        states = self.states(self._words.rows(keys), layout)
        lengths = [len(sentence.words) + 1 for sentence in batch]
        scores = self.arc_scores(states, lengths).numpy()
        heads, are_trees = best_trees(scores, lengths)
        for number in np.flatnonzero(~are_trees).tolist():
            length = lengths[number]
            heads[number, :length] = best_tree(scores[number, :length, :length])
        ends = np.cumsum(lengths).tolist()
        relations = self._best_relations(states, heads, lengths)
        for number, (length, end, ids) in enumerate(zip(lengths, ends, relations, strict=True)):
            tree = heads[number, :length]
            if self._mends and self._breaks_rules(tree, ids):
                tree, ids = self._mended(scores[number, :length, :length], states[end - length : end], tree)
            yield tree[1:].tolist(), [self._names[relation] for relation in ids]

    def states(self, rows: Tensor, layout: Layout) -> Tensor:
        """What the network says of each word, the root before the first of each sentence."""
        return self._network.read(self._words.tables, rows, layout)

    def arc_scores(self, states: Tensor, lengths: Sequence[int]) -> Tensor:
        """Logarithms of the probabilities of every pair of words, sentence × dependent × head."""
        dependents, heads = (
            pad_sequence(end.split(lengths), batch_first=True)
            for end in _ends(self._model.unlabeled, states, states)
        )
        bilinear = self._model.unlabeled.scorer.W_bilin
        scores = dependents @ bilinear.weight[:, :, 0] @ heads.transpose(1, 2) + bilinear.bias
        beyond = torch.arange(lengths[0]) >= torch.tensor(lengths)[:, None]
        scores.masked_fill_(beyond[:, None, :], -torch.inf)
        scores.diagonal(dim1=1, dim2=2).fill_(-torch.inf)
        return functional.log_softmax(scores, 2)

    def _best_relations(
        self, states: Tensor, heads: np.ndarray, lengths: Sequence[int]
    ) -> Iterator[np.ndarray]:
        """The best relation of each word to its head, sentence by sentence."""
        sizes = np.asarray(lengths)
        starts = np.repeat(sizes.cumsum() - sizes, sizes - 1)
        words = np.concatenate([np.arange(1, length) for length in lengths])
        theirs = heads[np.repeat(np.arange(len(lengths)), sizes - 1), words]
        best = self.relation_scores(states[starts + words], states[starts + theirs]).argmax(1)
        yield from np.split(best.numpy(), (sizes - 1).cumsum()[:-1])

    def relation_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Arc × relation, from the states of the arcs' two ends."""
        bilinear = self._model.deprel.scorer.W_bilin
        size, others, relations = bilinear.weight.shape
        weight = bilinear.weight.view(size, others * relations)
        ends = [end.split(ARCS_AT_ONCE) for end in _ends(self._model.deprel, dependents, heads)]
        # A vector for each relation first: the products of all pairs of numbers would be twice as many.
        found = [
            (theirs[:, None] @ (some @ weight).view(-1, others, relations)).squeeze(1)
            for some, theirs in zip(*ends, strict=True)
        ]
        return torch.cat(found) + bilinear.bias

    def encode(self, words: Sequence[Key]) -> tuple[Tensor, ...]:
        """What the network makes of each word by itself, as far as its first layer."""
        texts, lemmas, upos, xpos = zip(*words, strict=True)
        forms = plain(texts)
        model, known = self._model, self._vocabularies

        def numbers(vocabulary: Any, units: Sequence[str]) -> Tensor:
            return torch.tensor(
                [
                    ROOT_ID if word is ROOT else vocabulary.unit2id(unit)
                    for word, unit in zip(words, units, strict=True)
                ]
            )

        vectors = model.pretrained_emb(numbers(self._vectors, [form.lower() for form in forms]))
        inputs = [
            model.trans_pretrained(vectors),
            model.word_emb(numbers(known["word"], forms)),
            model.lemma_emb(numbers(known["lemma"], lemmas)),
            model.upos_emb(numbers(known["upos"], upos)) + model.xpos_emb(numbers(known["xpos"], xpos)),
        ]
        return self._network.share(torch.cat(inputs, 1))

    def _breaks_rules(self, tree: np.ndarray, relations: np.ndarray) -> bool:
        """Whether a head has two subjects or two objects."""
        groups = self._groups[relations]
        pairs = (tree[1:] * (len(SINGLETON_DEPREL_GROUPS) + 1) + groups)[groups > 0]
        return len(np.unique(pairs)) < len(pairs)

    def _mended(self, scores: np.ndarray, states: Tensor, tree: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        every_pair = self._model.deprel(states[None], states[None])
        labels = functional.log_softmax(every_pair, 3)[0].numpy()
        mended, relations = resolve_head_constraint_violations(scores, labels, tree, self._labels)
        return mended, np.array(relations)


def _keys(sentence: Draft) -> Iterator[Key]:
    described = (sentence.lemmas, sentence.upos, sentence.xpos)
    return zip(sentence.words, *([value or "_" for value in column] for column in described), strict=True)


def _ends(scorer: Any, dependents: Tensor, heads: Tensor) -> list[Tensor]:
    """The two ends of arcs as a scorer of Stanza's takes them."""
    ends = ((scorer.W1, dependents), (scorer.W2, heads))
    return [functional.pad(scorer.hidden_func(layer(states)), (0, 1), value=1.0) for layer, states in ends]
