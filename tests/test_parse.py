"""What is read of an article."""

from quotetrack.extraction import choose_passages
from quotetrack.language.parse import Edges
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
    assert [(r.number, len(r.quoted), r.edges) for r in requests] == [
        (1, 0, Edges.NONE),
        (4, 0, Edges.LAST),
        (5, 1, Edges.NONE),
        (6, 0, Edges.FIRST),
        (8, 0, Edges.NONE),
    ]
    for request in requests:
        assert request.passage.text == PARAGRAPHS[request.number]
