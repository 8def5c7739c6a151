"""Our decoding of dependencies against Stanza's own."""

from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
from gold_markup import load_gold
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

from quotetrack.language.decoding import Decoder, best_trees
from quotetrack.language.loading import load_pipeline


@pytest.mark.parametrize("certainty", [1, 2, 4])
def test_best_heads_that_make_a_tree_are_the_tree_of_chu_liu_and_edmonds(certainty):
    random = np.random.default_rng(certainty)
    lengths = random.integers(2, 13, size=100)
    scores = random.normal(size=(100, 12, 12)) - 20  # as logarithms of probabilities are
    for sentence, length in zip(scores, lengths, strict=True):
        # They favour, more or less, a tree in which each word's head stands before it.
        sentence[1, 0] += certainty
        for word in range(2, length):
            sentence[word, random.integers(1, word)] += certainty
    scores[:, np.arange(12), np.arange(12)] = -np.inf
    heads, are_trees = best_trees(scores, lengths)
    assert are_trees.mean() > 0.1
    for number in np.flatnonzero(are_trees):
        length = lengths[number]
        expected = chuliu_edmonds_one_root(scores[number, :length, :length])
        assert heads[number, :length].tolist() == expected.tolist()


def test_a_cycle_is_no_tree():
    scores = np.full((1, 4, 4), -9.0)
    scores[0, 1, 0] = scores[0, 2, 3] = scores[0, 3, 2] = 0
    _, are_trees = best_trees(scores, [4])
    assert not are_trees[0]


def test_heads_and_relations_are_those_of_stanza():
    pipeline = load_pipeline()
    document = pipeline("\n\n".join(record["text"] for record in islice(load_gold(), 2)))
    stanza = pipeline.processors["depparse"]
    expected = {}
    for mends in (False, True):
        stanza.config["resolve_head_constraints"] = mends
        expected[mends] = arcs(stanza.process(document))
    assert expected[False] != expected[True]
    for mends in (False, True):
        stanza.config["resolve_head_constraints"] = mends
        assert arcs(Decoder(stanza).process(document)) == expected[mends]
        stanza.trainer.model.deprel = stanza.trainer.model.deprel.every_pair


def arcs(document):
    return [(word.head, word.deprel) for word in document.iter_words()]


def test_models_of_another_structure_are_left_to_stanza():
    other = SimpleNamespace(trainer=SimpleNamespace(args={}, model=object()))
    assert not Decoder.knows(other)
