"""What is read of an article."""

import pytest

from quotetrack.extraction import choose_passages
from quotetrack.language.parse import Parser, Request
from quotetrack.language.passages import make_passage
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
    assert [(r.number, len(r.passage.quoted)) for r in requests] == [(1, 0), (4, 0), (5, 1), (8, 0)]
    for request in requests:
        assert request.passage.text == PARAGRAPHS[request.number]


def test_of_a_long_paragraph_far_away_only_the_sentences_that_name_somebody_are_read():
    far = (
        "Nobody had expected rain. It was Dr. Ana Maria Petrova who spoke. She left soon. "
        "Then came Ana Lucia Petrova. The day ended quietly."
    )
    text = "\n".join(
        [far, "Rain fell.", "Nobody clapped.", "“It is done,” Petrova told the village council."]
    )
    first, *_ = choose_passages(text, find_quoted(text))
    assert first.passage.text == (
        "It was Dr. Ana Maria Petrova who spoke. She left soon. Then came Ana Lucia Petrova. "
    )


@pytest.mark.parametrize(
    ("paragraphs", "read"),
    [
        # Whom the first pronoun means may be named a few paragraphs before.
        (["Ana Petrova runs the city.", "Rain fell.", "She has a plan.", "“We dig,” she said."], [0, 2, 3]),
        (["Ana Petrova runs the city.", "Rain fell.", "Bo Ray came.", "“We dig,” he said."], [2, 3]),
        (["Ana Petrova runs it.", "Rain.", "Rain.", "Rain.", "Rain.", "“We dig,” she said."], [4, 5]),
        # By its initials, or what stands in brackets.
        (["The Rivers Safety Council met.", "Rain fell.", "It rained.", "“No,” said the RSC."], [0, 2, 3]),
        (["The Council of Vellmar (HKV) met.", "Rain fell.", "It rained.", "“No,” said the HKV."], [0, 2, 3]),
        # A possessive is a name as well.
        (["Ana Petrova’s city is old.", "Rain fell.", "It rained.", "“No,” said Petrova."], [0, 2, 3]),
    ],
)
def test_names_are_read_of_those_who_are_meant_near_a_quotation(paragraphs, read):
    text = "\n".join(paragraphs)
    assert [request.number for request in choose_passages(text, find_quoted(text))] == read


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        # All of its paragraph; the one before where its sentence names nobody.
        ("Rain fell. Ana Petrova said “it is done”. Nobody clapped.", [True, True, True]),
        (
            "Ana Petrova came. It rained.\n“It is done,” Petrova said.\nNobody spoke, not Petrova.",
            [False, False, True],
        ),
        ("Ana Petrova came. It rained.\n“It is done,” she said.\nNobody spoke.", [True, True, True]),
        (
            "Ana Maria Petrova came.\nAna Petrova spoke first.\n“It is done.”\nNobody clapped.",
            [False, True, True, True],
        ),
    ],
)
def test_what_may_tell_who_speaks_or_who_is_meant_is_parsed(text, parsed):
    [parse] = Parser().parse([choose_passages(text, find_quoted(text))])
    assert [sentence.parsed for sentence in parse.sentences] == parsed


@pytest.mark.parametrize(
    ("dateline", "narration"),
    [
        ("PORT HALE — ", "The mayor said it was “done”."),
        ("BEDFORD, N.H. (AP) — ", "The mayor said it was “done”."),
        ("London, Jun 30 2022 (IPS) - ", "The mayor said it was “done”."),
        ("ST. JOHN’S — ", "The mayor said it was “done”."),
        ("KYOTO--", "“It is done,” said the mayor."),
        ("", "NATO — which opened it — called it “done”."),
        ("", "Sen. Ana Cole (R-Texas) — Says it is “done”."),
        ("KYOTO: ", "The mayor said it was “done”."),
    ],
)
def test_the_place_where_a_report_was_filed_is_no_part_of_its_first_sentence(dateline, narration):
    text = dateline + narration
    [request] = choose_passages(text, find_quoted(text))
    assert request.passage.text == narration
    assert request.passage.locate(0, 1).start == len(dateline)


def test_capitals_and_a_colon_are_a_dateline_only_where_an_article_begins():
    text = "The road opens\nKYOTO: It was “done”.\nTANAKA: It was “done”."
    assert [r.passage.text for r in choose_passages(text, find_quoted(text))] == [
        "The road opens",
        "It was “done”.",
        "TANAKA: It was “done”.",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He met Prof. Maeve Lowe and Lt. Gen. Otto Berg.", 1),
        ("He said so on X. Minister Karen Holm left.", 2),
        ("“He said so on X.” Then he left.", 2),
        ("He spoke on X for an hour.", 1),
    ],
)
def test_where_sentences_end(text: str, sentences: int) -> None:
    (parse,) = Parser().parse([[Request(0, make_passage(text, 0, len(text), []))]])
    assert len(parse.sentences) == sentences
