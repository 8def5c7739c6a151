"""Our reading of Stanza's networks against Stanza's own."""

from itertools import chain, islice
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from gold_markup import load_gold
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.common.doc import Document

from quotetrack.language.decoding import Dependencies, best_tree, best_trees
from quotetrack.language.draft import Borrowed, Draft
from quotetrack.language.forms import Expansions, Lemmas, regular_lemma
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
        "He wrote _ and _ there.",
        "Don't! " * 300,
        "x" * 2500,
    ]
    texts = [line for record in islice(load_gold(), 3) for line in record["text"].split("\n")]
    return [*odd, *texts]


def segmented(pipeline, paragraphs):
    """The paragraphs' sentences and tokens, each paragraph read by Stanza by itself."""
    tokenizer = pipeline.processors["tokenize"]
    return [
        [Draft.of(sentence) for sentence in tokenizer.process(Document([], text=text)).sentences]
        for text in paragraphs
    ]


def test_sentences_and_tokens_are_those_of_stanza(pipeline, paragraphs):
    def tokens(found):
        return [[(s.tokens, s.starts, s.ends, s.several) for s in sentences] for sentences in found]

    expected = tokens(segmented(pipeline, paragraphs))
    assert tokens(Segmenter(pipeline.processors["tokenize"]).segment(paragraphs)) == expected


@pytest.mark.parametrize(
    ("ours", "name", "needed", "said"),
    [
        (Expansions, "mwt", (), ("words", "owners", "word_starts", "word_ends")),
        (PartsOfSpeech, "pos", ("mwt",), ("upos", "xpos")),
        (Dependencies, "depparse", ("mwt", "pos", "lemma"), ("heads", "deprels")),
        (Names, "ner", (), ("names",)),
    ],
)
def test_words_are_read_as_stanza_reads_them(pipeline, paragraphs, ours, name, needed, said):
    answers = []
    for processor in (Borrowed(pipeline.processors[name]), ours(pipeline.processors[name])):
        assert ours.knows(pipeline.processors[name])
        # Twice: what is remembered says the same.
        for _ in range(2):
            sentences = list(chain.from_iterable(segmented(pipeline, paragraphs)))
            for other in needed:
                Borrowed(pipeline.processors[other]).process(sentences)
            processor.process(sentences)
            answers.append([[list(getattr(sentence, column)) for column in said] for sentence in sentences])
    assert sum(len(columns[0]) for columns in answers[0]) > 500
    assert answers[1:] == answers[:1] * 3


def test_lemmas_that_no_rule_tells_are_those_of_stanza(pipeline, paragraphs):
    sentences = list(chain.from_iterable(segmented(pipeline, paragraphs)))
    answers = []
    for name, kind in (("pos", Borrowed), ("lemma", Borrowed), ("lemma", Lemmas), ("lemma", Lemmas)):
        kind(pipeline.processors[name]).process(sentences)
        answers.append([list(sentence.lemmas) for sentence in sentences])
    for sentence, *found in zip(sentences, *answers[1:], strict=True):
        for *word, lemma, ours, again in zip(
            sentence.words, sentence.upos, sentence.xpos, *found, strict=True
        ):
            assert ours == again
            assert ours == lemma or ours == regular_lemma(*word)


def test_clitics_and_names_are_read_by_rule(pipeline):
    """Stanza's networks make “Olmedo 's” of the one, “Ginsturg” of the other."""
    text = "Allen's friends don't know GINSBURG or the Floridians: they cannot pay Nyong'o 1,233."
    [sentence] = Segmenter(pipeline.processors["tokenize"]).segment([text])[0]
    for kind, name in ((Expansions, "mwt"), (PartsOfSpeech, "pos"), (Lemmas, "lemma")):
        kind(pipeline.processors[name]).process([sentence])
    words = "Allen 's friends do n't know GINSBURG or the Floridians : they can not pay Nyong'o 1,233 ."
    assert list(sentence.words) == words.split()
    spans = zip(sentence.word_starts, sentence.word_ends, strict=True)
    assert [text[start:end] for start, end in spans] == words.split()
    lemmas = dict(zip(sentence.words, sentence.lemmas, strict=True))
    assert (lemmas["GINSBURG"], lemmas["Floridians"], lemmas["1,233"]) == ("GINSBURG", "Floridian", "1233")


@pytest.mark.parametrize("mends", [False, True])
def test_heads_with_two_subjects_are_mended_as_stanza_mends_them(pipeline, paragraphs, mends):
    stanza = pipeline.processors["depparse"]
    document = pipeline("\n\n".join(paragraphs[3:]))
    sentences = [Draft.of(sentence) for sentence in document.sentences]
    before = stanza.config.get("resolve_head_constraints", True)
    try:
        stanza.config["resolve_head_constraints"] = mends
        expected = [(word.head, word.deprel) for word in stanza.process(document).iter_words()]
        Dependencies(stanza).process(sentences)
    finally:
        stanza.config["resolve_head_constraints"] = before
    assert [pair for s in sentences for pair in zip(s.heads, s.deprels, strict=True)] == expected


def test_entities_are_those_of_stanza(pipeline, paragraphs):
    document = pipeline("\n\n".join(paragraphs[3:]))
    expected = [(entity.start_char, entity.end_char, entity.type) for entity in document.ents]
    assert len({kind for _, _, kind in expected}) > 3
    assert [entity for s in document.sentences for entity in Draft.of(s).entities] == expected


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
