"""The whole way from an article to its quotations, with the bundled models."""

from dataclasses import replace

import pytest

from quotetrack import Article, extract, extract_many
from quotetrack.extraction import choose_passages
from quotetrack.language.parse import Parser
from quotetrack.quotations.features import Example
from quotetrack.quotations.marks import find_quoted
from quotetrack.quotations.mentions import find_mentions
from quotetrack.quotations.reading import make_reading

# What is quoted, and the speakers' names; an article a case, written for this test.
CASES = {
    "said after, inverted and split": (
        "“The bridge will open in May,” Mayor Ana Petrova said on Monday. “It is late,” said engineer Luis "
        "Ortega, “but it is safe.”",
        [
            ("The bridge will open in May,", ["Ana Petrova"]),
            ("It is late,", ["Luis Ortega"]),
            ("but it is safe.", ["Luis Ortega"]),
        ],
    ),
    "said before, by a pronoun": (
        "Ana Petrova opened the bridge on Monday. She told reporters: “It took us nine years.”",
        [("It took us nine years.", ["Ana Petrova"])],
    ),
    "according to": (
        "The bridge is “a monument to patience,” according to Luis Ortega, who designed it.",
        [("a monument to patience,", ["Luis Ortega"])],
    ),
    "a fragment inside the sentence": (
        "Opposition leader Jun Sato called the bridge a “waste of money” on Tuesday.",
        [("waste of money", ["Jun Sato"])],
    ),
    "several speakers, one with an office": (
        "The raid was “roundly condemned” by UNESCO and Danish Foreign Minister Karen Holm on Friday.",
        [("roundly condemned", ["Karen Holm", "UNESCO"])],
    ),
    "the object of a verb speaks what it is made to say": (
        "Jun Sato lost the vote, which led him to call the new council a “circus of clowns” on Tuesday.",
        [("circus of clowns", ["Jun Sato"])],
    ),
    "verbs and their subjects that look like something else": (
        "“Nobody has the knees for it,” the official commented. The lawsuit states that the council “slept "
        "for years”.",
        [("Nobody has the knees for it,", ["the official"]), ("slept for years", ["The lawsuit"])],
    ),
    "an office is one person's throughout": (
        "Premier Mark Lowe and Justice Ann Teal met on Monday. The Premier said the court “went too far”.\n\n"
        "Justice Teal said she was “not amused”.\n\nThe Premier said he was “sorry”.",
        [("went too far", ["Mark Lowe"]), ("not amused", ["Ann Teal"]), ("sorry", ["Mark Lowe"])],
    ),
    "a sentence may end on X": (
        "“No words console us,” Mayor Jun Sato said on X. Minister Karen Holm, for her part, called it "
        "“murder by neglect”.",
        [("No words console us,", ["Jun Sato"]), ("murder by neglect", ["Karen Holm"])],
    ),
    "a body beside its description is one speaker": (
        "Corvane’s largest customer, carmaker Vessel, said it was “watching closely” and had “other plans”.",
        [("watching closely", ["Vessel"]), ("other plans", ["Vessel"])],
    ),
    "one, and another": (
        "Fans offered support. “Rest, queen,” wrote one. Another posted: “I flew here for this.”",
        [("Rest, queen,", ["one"]), ("I flew here for this.", ["Another"])],
    ),
    "a bare apostrophe belongs to whose the body is": (
        'The dockers\' guild accused the company of "sleeping through the night".',
        [("sleeping through the night", ["The dockers' guild"])],
    ),
    "a senator's party and state are nobody": (
        "“I spent the night on the floor,” said Sen. Tammy Lowe, D-Nev. “It was cold.”",
        [("I spent the night on the floor,", ["Tammy Lowe"]), ("It was cold.", ["Tammy Lowe"])],
    ),
    "where somebody comes from": (
        "Striker Bruno Duarte came late. “I scored,” the Portuguese said.",
        [("I scored,", ["Bruno Duarte"])],
    ),
    "a ruler has no surname": (
        "Pope Linus said peace was “a duty”. “Peace is possible,” Linus said.",
        [("a duty", ["Pope Linus"]), ("Peace is possible,", ["Pope Linus"])],
    ),
    "they are the many just named": (
        "Minister Karen Holm stayed away. Dozens of dockers marched on. “She is a coward,” they shouted.",
        [("She is a coward,", ["Dozens of dockers"])],
    ),
    "an answer in an interview is speech, whoever gives it": (
        "What was the harbour like?\n\n“Loud. You could not hear the gulls for the engines.”\n\nAnd now?\n\n"
        "“Now I hear the gulls.”",
        [("Loud. You could not hear the gulls for the engines.", []), ("Now I hear the gulls.", [])],
    ),
    "a title is no quotation": (
        "Jun Sato has written a novel, “The Long Bridge”, which sold well.",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_quotations_and_speakers(case: str) -> None:
    text, expected = CASES[case]
    found = extract(Article(case, text)).quotations
    assert [(q.text, [a.speaker.name for a in q.attributions]) for q in found] == expected


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Jun Sato, who told reporters that it was “done and paid for”, left.", "Jun Sato, who"),
        ("The council, which described the road as “a danger to children”, met.", "The council, which"),
        (
            "Two members of the Senate who described the road as “a danger to children” left.",
            "Two members",
        ),
        ("“The road is a danger to children,” said Jun Sato, who left.", "Jun Sato"),
        ("Jun Sato, who left, told reporters: “The road is a danger to children.”", "Jun Sato"),
    ],
)
def test_whoever_speaks_in_a_relative_clause_is_shown_with_its_pronoun(text: str, mention: str) -> None:
    [quotation] = extract(Article("", text)).quotations
    spans = [a.mention for a in quotation.attributions]
    assert [text[span.start : span.end] for span in spans if span] == [mention]


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        (
            "“The wells were dry,” said the mayor of the harbour town, Ilse Brandvoll, on Friday.",
            "Ilse Brandvoll",
            "Ilse Brandvoll",
        ),
        ("One lawmaker called Brandvoll “the orange prince of the coast”.", "One lawmaker", "One lawmaker"),
        ("The head of the port mocked Brandvoll: “Call her a sailor.”", "The head", "The head of the port"),
    ],
)
def test_somebody_described_and_named_is_shown_by_name(text: str, mention: str, speaker: str) -> None:
    [quotation] = extract(Article("", text)).quotations
    [attribution] = quotation.attributions
    span = attribution.mention
    assert span is not None
    assert (text[span.start : span.end], attribution.speaker.name) == (mention, speaker)


@pytest.mark.parametrize(
    ("said", "mention"),
    [
        ("“Never!” yelled the woman.", "the woman"),
        ("“Come on!” shouted a man behind the bar.", "a man"),
        ("“Silence!” bellowed a passer-by.", "a passer-by"),
        ("“Go home,” growled a voice from the gallery.", "a voice"),
        ("“Shame on you!” bellowed her brother.", "her brother"),
    ],
)
def test_whoever_stands_after_the_verb_speaks(said: str, mention: str) -> None:
    text = f"Ann Lowe met Peter Teal at the harbour. He looked tired.\n\n{said} Lowe smiled. Members laughed."
    [quotation] = extract(Article("", text)).quotations
    spans = [a.mention for a in quotation.attributions]
    assert [text[span.start : span.end] for span in spans if span] == [mention]


def test_every_offset_is_the_articles_own() -> None:
    text = " ".join(text for text, _ in CASES.values())
    for quotation in extract(Article("all", text)).quotations:
        assert text[quotation.start : quotation.end] == quotation.text
        assert 0 <= quotation.confidence <= 1
        for attribution in quotation.attributions:
            assert attribution.rule
            assert 0 <= attribution.confidence <= 1
            for span in (attribution.mention, attribution.cue):
                assert span is None or 0 <= span.start < span.end <= len(text)


def test_the_same_article_gives_the_same_in_any_company() -> None:
    articles = [Article(case, text) for case, (text, _) in CASES.items()]
    together = list(extract_many(articles))
    backwards = list(extract_many(reversed(articles)))[::-1]
    apart = [extract(article) for article in articles]
    assert [_rounded(e) for e in together] == [_rounded(e) for e in backwards] == [_rounded(e) for e in apart]


def _rounded(extraction):
    """Batches of other sizes may differ in a float's last digits."""
    return [
        replace(
            q,
            confidence=round(q.confidence, 2),
            attributions=tuple(replace(a, confidence=round(a.confidence, 2)) for a in q.attributions),
        )
        for q in extraction.quotations
    ]


def test_no_quotations_in_an_article_without_marks() -> None:
    assert extract(Article("plain", "The mayor said nothing.")).quotations == ()
    assert extract(Article("empty", "")).quotations == ()


def test_who_is_likeliest_by_all_of_their_mentions_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    likely = {"Lowe": 0.35, "Teal": 0.4, "she": 0.25}
    text = "Mrs Ann Lowe met Peter Teal, and she was late. “The tide waits for nobody.”"

    def rank(articles: list[list[Example]]) -> list[list[list[float]]]:
        return [
            [[0.0, 0.0, *(likely.get(word, 0.0) for word in words)]]
            for (example,) in articles
            for words in [[heads[n] for n in example.mentions]]
        ]

    reading = make_reading(
        text, find_quoted(text), Parser().parse([choose_passages(text, find_quoted(text))])[0]
    )
    heads = [reading.text[m.span.start : m.span.end].split()[-1] for m in find_mentions(reading)]
    assert set(likely) <= set(heads)
    monkeypatch.setattr("quotetrack.quotations.attribution._rank", rank)
    (quotation,) = extract(Article("a", text)).quotations
    (said,) = quotation.attributions
    assert said.speaker.name == "Ann Lowe"
    assert said.mention is not None
    assert "Lowe" in text[said.mention.start : said.mention.end]


def test_what_somebody_does_in_brackets_speaks_for_nobody() -> None:
    text = "Critics call you a “technocrat with a dry conscience”.\n\n(Laughs) “That was my brother-in-law.”"
    said = [a.speaker.name for q in extract(Article("", text)).quotations for a in q.attributions]
    assert said
    assert "Laughs" not in said
