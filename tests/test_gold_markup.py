"""The gold articles are marked up as `gold_markup` says, and are as many as the accuracy floor counts on."""

import pytest
from gold_markup import MarkupError, compile_article, load_gold

GOLD = list(load_gold())
HEAD = "kind: news agency\nks = Kofi Sarr (person)\n---\n"


def test_marks_become_offsets_and_leave_the_text():
    article = compile_article("a", HEAD + "Kofi Sarr came. {ks1 “Yes,”} said <ks1 he> of {- “it”}.\n")
    assert article["text"] == "Kofi Sarr came. “Yes,” said he of “it”."
    assert article["quotes"] == [
        {
            "start": 16,
            "end": 22,
            "speech": True,
            "sources": [[28, 30]],
            "names": ["Kofi Sarr"],
            "type": "person",
        },
        {"start": 34, "end": 38, "speech": False, "sources": [], "names": [], "type": None},
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Kofi Sarr {ks1 “left”}.",  # the mention is nowhere
        "<ks1 Kofi Sarr> {ks1 “He\nleft”}.",  # over two paragraphs
        "<ks1 Kofi Sarr> left.",  # a mention of no quotation
        "<ks1 He> {ks1 “left”}.",  # the name is nowhere
        "<ks1 Kofi Sarr> {ks1 left}.",  # no quotation mark
        "<ks1 Kofi Sarr> and <ks1 he> {ks1 “left”}.",  # the same mention twice
        "<ks1 Kofi Sarr> {ks1 “left”}. }",
        "<ks1 Kofi Sarr> {ks1 “left”. {“",
    ],
)
def test_wrong_markup_is_refused(body):
    with pytest.raises(MarkupError):
        compile_article("a", HEAD + body)


def test_there_is_enough_gold():
    quotes = [quote for article in GOLD for quote in article["quotes"]]
    assert len(GOLD) >= 30
    assert sum(quote["speech"] for quote in quotes) >= 200
    assert sum(not quote["speech"] for quote in quotes) >= 50


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article["id"])
def test_gold_articles_hold_together(article):
    text, last = article["text"], 0
    assert not set("{}<>") & set(text)
    for quote in article["quotes"]:
        said = text[quote["start"] : quote["end"]]
        assert quote["start"] >= last, "quotations overlap"
        last = quote["end"]
        assert said[0] in "\"'“‘„«"
        assert "\n" not in said
        assert all(name in text for name in quote["names"])
        for start, end in quote["sources"]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip() != ""
        # Every quotation that is speech has a source, unless the article is silent; nothing else has one.
        assert bool(quote["sources"]) == (quote["speech"] and quote["type"] != "unknown")
