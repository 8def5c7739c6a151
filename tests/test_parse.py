"""What is read of an article, and that our ways around Stanza's processors find what these find."""

from itertools import islice

import numpy as np
from gold_markup import load_gold
from stanza.models.common.doc import Document
from stanza.models.tokenization.data import TokenizationDataset

from quotetrack.extraction import choose_passages
from quotetrack.language.loading import load_pipeline
from quotetrack.language.segmenting import Paragraphs, segment
from quotetrack.quotations.marks import find_quoted

PARAGRAPHS = (
    "The bridge opened on Monday.",
    "Ana Maria Petrova has run the city since 2019.",
    "It cost more than was planned, as the papers of the council show.",
    "Monday was a holiday.",
    "Rain fell.",
    "“It is done,” Petrova told Luis Ortega on Monday.",
    "Nobody clapped.",
    "Luis Ortega built it in the years when The Hague was far away.",
    "Mr. Luis Ortega Ruiz, to give him his full name, is an engineer.",
)


def test_of_what_is_far_from_quotations_only_fuller_names_are_read():
    text = "\n".join(PARAGRAPHS)
    requests = choose_passages(text, find_quoted(text))
    assert [(r.number, r.parse) for r in requests] == [
        (1, False),
        (4, True),
        (5, True),
        (6, True),
        (8, False),
    ]
    for request in requests:
        assert request.passage.text == PARAGRAPHS[request.number]


def test_tokens_are_those_of_stanza():
    processor = load_pipeline(processors="tokenize").processors["tokenize"]
    texts = [line for record in islice(load_gold(), 8) for line in record["text"].split("\n") if line.strip()]
    texts += [" Fax: (713) 571-9571 ", "On 28/10/2004 it cost $62,500, see www.example.com.", "–", "x" * 2500]
    expected = processor.bulk_process([Document([], text=text) for text in texts])
    assert [spans(d) for d in segment(processor, texts)] == [spans(d) for d in expected]
    settings = {"vocab": processor.vocab, "evaluation": True}
    ours = Paragraphs(processor.config, input_text="\n\n".join(texts), **settings)
    stanza = TokenizationDataset(processor.config, input_text="\n\n".join(texts), **settings)
    for paragraph in stanza.data:
        (mine,), (theirs,) = ours.para_to_sentences(paragraph), stanza.para_to_sentences(paragraph)
        assert all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))


def spans(document):
    return [
        [
            (t.text, t.start_char, t.end_char, t.misc, document.text[t.start_char : t.end_char])
            for t in s.tokens
        ]
        for s in document.sentences
    ]
