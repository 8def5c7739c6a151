"""Our reading of Stanza's networks against Stanza's own."""

from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from gold_markup import load_gold
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.common.doc import Document

from quotetrack.language.decoding import Dependencies, best_tree, best_trees
from quotetrack.language.forms import Expansions, Lemmas
from quotetrack.language.loading import load_pipeline
from quotetrack.language.recurrence import Memory
from quotetrack.language.segmenting import Segmenter
from quotetrack.language.tagging import Names, PartsOfSpeech


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


@pytest.mark.parametrize("certainty", [0, 1, 2])
def test_the_best_tree_is_the_one_of_stanza(certainty):
    random = np.random.default_rng(certainty)
    for length in random.integers(2, 25, size=60):
        scores = random.normal(size=(length, length)) - 20
        scores[1, 0] += certainty
        np.fill_diagonal(scores, -np.inf)
        expected = chuliu_edmonds_one_root(scores.copy())
        assert best_tree(scores).tolist()[1:] == expected.tolist()[1:]


@pytest.fixture(scope="module")
def pipeline():
    return load_pipeline()


@pytest.fixture(scope="module")
def paragraphs():
    odd = [
        "",
        " ",
        "One",
        "A\u00a0 B\t C ?!?! www.example.org/a,b me@example.org",
        "Don't! " * 300,
        "x" * 2500,
    ]
    texts = [line for record in islice(load_gold(), 3) for line in record["text"].split("\n")]
    return [*odd, *texts]


def segmented(pipeline, paragraphs):
    """The paragraphs' sentences and tokens, each paragraph read by Stanza by itself."""
    return [pipeline.processors["tokenize"].process(Document([], text=text)) for text in paragraphs]


def together(documents):
    whole = Document([])
    whole.sentences = [sentence for document in documents for sentence in document.sentences]
    whole._count_words()
    return whole


def test_sentences_and_tokens_are_those_of_stanza(pipeline, paragraphs):
    def tokens(documents):
        return [
            [[(t.text, t.start_char, t.end_char, t.misc) for t in s.tokens] for s in document.sentences]
            for document in documents
        ]

    documents = [Document([], text=text) for text in paragraphs]
    found = Segmenter(pipeline.processors["tokenize"]).bulk_process(documents)
    assert tokens(found) == tokens(segmented(pipeline, paragraphs))


@pytest.mark.parametrize(
    ("ours", "name", "needed", "said"),
    [
        (Expansions, "mwt", (), ("text", "start_char", "end_char")),
        (PartsOfSpeech, "pos", ("mwt",), ("upos", "xpos")),
        (Lemmas, "lemma", ("mwt", "pos"), ("lemma",)),
        (Dependencies, "depparse", ("mwt", "pos", "lemma"), ("head", "deprel")),
    ],
)
def test_words_are_read_as_stanza_reads_them(pipeline, paragraphs, ours, name, needed, said):
    answers = []
    for processor in (pipeline.processors[name], ours(pipeline.processors[name])):
        assert ours.knows(pipeline.processors[name])
        document = together(segmented(pipeline, paragraphs))
        for other in needed:
            pipeline.processors[other].process(document)
        processor.process(document)
        # Twice: what is remembered says the same.
        again = together(segmented(pipeline, paragraphs)) if name == "mwt" else document
        for one in (document, processor.process(again)):
            answers.append([tuple(getattr(word, field) for field in said) for word in one.iter_words()])
    assert len(answers[0]) > 500
    assert answers[1:] == answers[:1] * 3


@pytest.mark.parametrize("mends", [False, True])
def test_heads_with_two_subjects_are_mended_as_stanza_mends_them(pipeline, paragraphs, mends):
    stanza = pipeline.processors["depparse"]
    document = pipeline("\n\n".join(paragraphs[3:]))
    before = stanza.config.get("resolve_head_constraints", True)
    try:
        stanza.config["resolve_head_constraints"] = mends
        expected = [(word.head, word.deprel) for word in stanza.process(document).iter_words()]
        ours = Dependencies(stanza).process(document)
    finally:
        stanza.config["resolve_head_constraints"] = before
    assert [(word.head, word.deprel) for word in ours.iter_words()] == expected


def test_names_are_those_of_stanza(pipeline, paragraphs):
    stanza = pipeline.processors["ner"]
    assert Names.knows(stanza)
    document = together(segmented(pipeline, paragraphs))
    expected = [token.ner for token in stanza.process(document).iter_tokens()]
    assert len(set(expected)) > 8
    assert [token.ner for token in Names(stanza).process(document).iter_tokens()] == expected


def test_what_is_remembered_is_forgotten_when_it_is_too_much(monkeypatch):
    monkeypatch.setattr("quotetrack.language.recurrence.REMEMBERED", 3)
    asked = []

    def encode(keys):
        asked.append(list(keys))
        return (torch.tensor([[float(key)] for key in keys]),)

    memory = Memory(encode)
    for keys in ([1, 2, 1], [2, 3], [4, 5], [1]):
        rows = memory.rows(keys)
        assert memory.tables[0][rows].squeeze(1).tolist() == keys
    assert asked == [[1, 2], [3], [4, 5], [1]]


@pytest.mark.parametrize("ours", [Dependencies, PartsOfSpeech])
def test_models_of_another_structure_are_left_to_stanza(ours):
    other = SimpleNamespace(trainer=SimpleNamespace(args={}, model=object()))
    assert not ours.knows(other)
