"""Who a mention is inside one article: names made whole, pronouns and descriptions resolved."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quotetrack import Article, extract
from quotetrack.language.parse import Entity, Parse, Sentence, Word
from quotetrack.quotations.antecedents import FEATURES, KINDS, WEIGHTS, agreement, load_weights
from quotetrack.quotations.entities import in_heading, mended
from quotetrack.quotations.nouns import sort_of
from quotetrack.quotations.reading import Reading, make_reading
from quotetrack.quotations.referents import Referent, find_referents
from quotetrack.quotations.works import authors


def reading_of(text: str, *names: tuple[str, str]) -> Reading:
    """A reading of one sentence without grammar, with these entities."""
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append(Word(start, at, word, "O"))
    entities = [Entity(text.index(name), text.index(name) + len(name), kind) for name, kind in names]
    return make_reading(text, (), Parse((Sentence(tuple(words), 0, False),), tuple(entities)))


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("A word from Kim Ki-yoon came.", "Kim Ki", "Kim Ki-yoon"),
        ("A word from Marie-Claire Otto came.", "Claire Otto", "Marie-Claire Otto"),
        ("A word from W. Ola Berg came.", "Ola Berg", "W. Ola Berg"),
        ("A word from Irina Slavic came.", "Slavic", "Irina Slavic"),
        ("A word from P K Slavic came.", "Slavic", "P K Slavic"),
        ("The rest is late. Said Slavic on Monday.", "Slavic", "Slavic"),
    ],
)
def test_names_of_people_are_made_whole(text: str, tagged: str, whole: str) -> None:
    found = list(mended(reading_of(text, (tagged, "PERSON"))))
    assert [text[e.start : e.end] for e in found] == [whole]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("The Tarrant Mining report said so .", ["Tarrant Mining"], [("Mining", "report")]),
        ("Olga Berg 's letter came .", ["Olga Berg"], [("Berg", "letter")]),
        ("A study by the Rivers Council came .", ["Rivers Council"], [("Rivers", "study")]),
        ("The Rivers Council has launched a lawsuit .", ["Rivers Council"], [("Council", "lawsuit")]),
        ("Olga Berg said in a statement it came .", ["Olga Berg"], [("Berg", "statement")]),
        ("Olga Berg said the report was late .", ["Olga Berg"], []),
    ],
)
def test_who_wrote_what_where_no_parse_tells(
    text: str, names: list[str], found: list[tuple[str, str]]
) -> None:
    reading = reading_of(text, *((name, "ORG") for name in names))
    assert [(reading.words[i].text, noun) for i, noun in authors(reading)] == found


def test_a_body_that_is_named_in_full_first_is_no_person() -> None:
    text = "Tarrant Iron Mines grew . Tarrant fell . Lowe met Lowe Holdings ."
    names = [
        ("Tarrant Iron Mines", "ORG"),
        ("Tarrant", "PERSON"),
        ("Lowe", "PERSON"),
        ("Lowe Holdings", "ORG"),
    ]
    reading = reading_of(text, *names)
    second = text.index("Tarrant fell")
    entities = tuple(
        Entity(second, second + 7, e.type) if text[e.start : e.end] == "Tarrant" else e
        for e in reading.entities
    )
    found = {text[e.start : e.end]: e.type for e in mended(replace(reading, entities=entities))}
    assert found == {"Tarrant Iron Mines": "ORG", "Tarrant": "ORG", "Lowe": "PERSON", "Lowe Holdings": "ORG"}


def test_an_office_is_no_organisation() -> None:
    text = "The West Coast Premier met the Rivers Council and the Daily Courier on Twitter."
    names = ("West Coast Premier", "Rivers Council", "Daily Courier", "Twitter")
    found = mended(reading_of(text, *((name, "ORG") for name in names)))
    assert [text[e.start : e.end] for e in found] == ["Rivers Council", "Daily Courier", "Twitter"]


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("Delegates of the Harvest (Hasad) Front left.", "Hasad", "Harvest (Hasad) Front"),
        ("The Global Tea Board (GTB) Director left.", "Global Tea Board", "Global Tea Board"),
    ],
)
def test_a_bracket_inside_a_bodys_name_does_not_cut_it(text: str, tagged: str, whole: str) -> None:
    [found] = mended(reading_of(text, (tagged, "ORG")))
    assert text[found.start : found.end] == whole


def test_a_name_is_what_it_is_mostly_tagged_as() -> None:
    text = "Low Bay fell. Then Low Bay rose. In Low Bay it rains. Ana Low saw it."
    places = [m.start() for m in re.finditer("Low Bay", text)]
    reading = reading_of(text, ("Ana Low", "PERSON"))
    tagged = [Entity(at, at + 7, kind) for at, kind in zip(places, ("PERSON", "LOC", "LOC"), strict=True)]
    found = mended(replace(reading, entities=(*tagged, *reading.entities)))
    assert [entity.type for entity in found] == ["LOC", "LOC", "LOC", "PERSON"]


def test_a_heading_has_capitals_throughout() -> None:
    text = "Premier Strongly Refutes Lowe\nOn Monday Lowe answered the questions of the house at length."
    assert in_heading(text, Entity(25, 29, "PERSON"))
    assert not in_heading(text, Entity(40, 44, "PERSON"))


@pytest.mark.parametrize(
    ("noun", "sort"),
    [
        ("minister", "person"),
        ("pm", "person"),
        ("46-year-old", "person"),
        ("threshold", ""),
        ("container", ""),
        ("ministry", "body"),
        ("letter", "document"),
        ("river", ""),
        ("carmaker", "body"),
        ("e-mail", "document"),
    ],
)
def test_what_a_noun_names(noun: str, sort: str) -> None:
    assert sort_of(noun) == sort


def test_several_people_are_no_person() -> None:
    assert sort_of("minister", plural=True) == "people"


def test_agreement_is_evidence_of_sex() -> None:
    queen = Referent(0, "person", she=1.0)
    assert agreement(queen, "she") > 0 > agreement(queen, "he")
    assert agreement(Referent(1, "person"), "he") == 0


def test_every_kind_has_weights_of_known_features() -> None:
    import json

    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(kept) == set(KINDS)
    assert all(set(kept[kind]) <= set(FEATURES) for kind in kept)
    assert all(any(row) for row in load_weights().values())


def test_a_surname_of_two_is_nobodys_before_the_article_is_read() -> None:
    text = "Ana Petrova and Ivana Petrova sang until Petrov left and our Petrova slept ."
    reading = reading_of(text, ("Ana Petrova", "PERSON"), ("Ivana Petrova", "PERSON"))
    at = text.rindex("Petrova")
    entities = (*reading.entities, Entity(at, at + len("Petrova"), "PERSON"))
    referents = find_referents(replace(reading, entities=entities))
    assert [[reading.words[i].start for i in r.at] for r in referents.all] == [[4], [22]]
    assert len(referents.ambiguous) == 1


# Articles written for this test, and the speaker of their last quotation.
ARTICLES = {
    "a pronoun of the other sex passes over the nearest name": (
        "Mayor Ana Petrova met her deputy, Luis Ortega, on Monday.\n\n“We agreed on the bridge,” she said.",
        ("Ana Petrova", "person"),
    ),
    "a description by the office": (
        "Engineer Luis Ortega has built nine bridges. Ana Petrova, the mayor, opened the tenth on Monday.\n\n"
        "“It took nine years,” the engineer said.",
        ("Luis Ortega", "person"),
    ),
    "somebody without a name, described again": (
        "The bridge opened on Monday. A fisherman in the crowd was not pleased.\n\n"
        "“The noise drives the fish away,” the fisherman said.",
        ("A fisherman", "unnamed"),
    ),
    "a spokesman is not whom he speaks for": (
        "Mayor Ana Petrova opened the bridge on Monday.\n\n“It was her idea,” Petrova’s spokesman said.",
        ("Petrova's spokesman", "unnamed"),
    ),
    "initials in full": (
        "The Rivers Safety Council looked at the bridge on Monday.\n\n“It is safe,” the RSC said.",
        ("Rivers Safety Council", "organisation"),
    ),
    "an office in initials": (
        "Superintendent of Police Arun Deshpande met reporters on Friday. “Two men were held,” the SP said.",
        ("Arun Deshpande", "person"),
    ),
    "a body’s name before its member’s": (
        "“We counted them twice,” said the Rivers Council’s Johan Berg.",
        ("Johan Berg", "person"),
    ),
    "a name beside an office": (
        "“The wells were dry,” said the mayor of the harbour town, Ilse Brandvoll, on Friday.",
        ("Ilse Brandvoll", "person"),
    ),
    "an office of something before a comma and the name": (
        "The harbour will be dredged, said the Minister of Public Works, Luis Ortega. Mayor Ana Petrova was "
        "there.\n\n“We begin in May,” the minister said.",
        ("Luis Ortega", "person"),
    ),
    "an office of several things that runs into the name": (
        "Minister of Culture, Sports and Tourism Yeon Bo-ra met the singer Ana Petrova on Friday.\n\n"
        "“The hall is hers,” the minister said.",
        ("Yeon Bo-ra", "person"),
    ),
    "an office by its first words where the name follows": (
        "“It took nine years,” said the director, producer and founder of the Harbour Theatre, Luis Ortega.",
        ("Luis Ortega", "person"),
    ),
    "an office of a body of several": (
        "The head of the fish traders’ union, Luis Ortega, led a march on Monday.\n\n“We will not pay,” he "
        "said.",
        ("Luis Ortega", "person"),
    ),
    "a title that is cut short": (
        "Sen. Ana Petrova met Luis Ortega on Monday.\n\n“The bridge is late,” the senator said.",
        ("Ana Petrova", "person"),
    ),
    "a broader noun than the title": (
        "Superintendent Arun Deshpande met Ana Petrova, a baker, on Friday.\n\n“Two men were held,” the "
        "officer said.",
        ("Arun Deshpande", "person"),
    ),
    "an office is not that of somebody named after “and”": (
        "The mayor of Hull and Luis Ortega opened the bridge.\n\n“It took nine years,” the mayor said.",
        ("The mayor of Hull", "unnamed"),
    ),
    "an abbreviation in brackets that is no row of initials": (
        "The Harbour Council of Vellmar (HKV) met on Monday.\n\n“The quay is safe,” the HKV said.",
        ("Harbour Council of Vellmar", "organisation"),
    ),
    "a possessive within a body’s name": (
        "“The plan is dead,” the Fishermen’s Union said on Monday.",
        ("Fishermen's Union", "organisation"),
    ),
    "a company that ends like a trade": (
        "Engineer Luis Ortega came on Monday. “The quay is safe,” the Daily Courier wrote.",
        ("Daily Courier", "organisation"),
    ),
    "a ministry with a capital": (
        "The Ministry of Harbours answered on Monday. “The quay is safe,” the Ministry said.",
        ("Ministry of Harbours", "organisation"),
    ),
    "an abbreviation in brackets, the name being read nowhere else": (
        "“The Agencia Nacional de Aguas de Vellmar (AVAN) was born in a boat,” an old poster says.\n\n"
        "“We were nine then,” the AVAN said on Monday.",
        ("Agencia Nacional de Aguas de Vellmar", "organisation"),
    ),
    "a document by whoever issued it": (
        "A statement by the Rivers Council reached the Harbour Board on Friday.\n\n"
        "“It is a matter of weeks,” the statement said.",
        ("Rivers Council", "organisation"),
    ),
    "a document by a body that is described": (
        "Harbourline Ltd. lost a boat on Monday. The sea was calm. In a statement, the company said that "
        "nobody was hurt.\n\n“The crew acted well,” the statement said.",
        ("Harbourline Ltd.", "organisation"),
    ),
    "a body by its fuller description": (
        "The Iranian army fired at boats on Monday. The harbour was closed.\n\n"
        "“Nobody was hurt,” the military said.",
        ("Iranian army", "organisation"),
    ),
    "a trade that its ending does not tell": (
        "Ana Petrova, a clerk, met the engineer Luis Ortega on Monday.\n\n“I was late,” the clerk said.",
        ("Ana Petrova", "person"),
    ),
    "an office is no name": (
        "Luis Ortega leads the West. The West Premier said on Monday that the bridge was “late”.",
        ("Luis Ortega", "person"),
    ),
    "a body with its seat": (
        "“The plan is void,” a court in Iran said on Monday.",
        ("a court in Iran", "unnamed"),
    ),
    "a given name tells the sex": (
        "The singer Mercedes Lindqvist met the poet Osvaldo Ferreyra on Monday.\n\n“I was late,” she said.",
        ("Mercedes Lindqvist", "person"),
    ),
    "a regulator that is called an authority": (
        "Harbourline met the Vellmar Ports Authority on Monday. The company lost.\n\n“It was unsafe,” the "
        "regulator said.",
        ("Vellmar Ports Authority", "organisation"),
    ),
    "an airline that is called airways": (
        "Vellmar Airways met the Harbour Union on Monday. The union lost.\n\n“We flew on,” the airline said.",
        ("Vellmar Airways", "organisation"),
    ),
    "a company by where it is listed": (
        "Kilima Gold cut its forecast on Monday. It was wet.\n\n“We wait,” the Toronto-listed company said.",
        ("Kilima Gold", "organisation"),
    ),
    "a body that is only called by who leads it": (
        "“Nobody was hurt,” the Saudi-led coalition said on Monday.",
        ("Saudi-led coalition", "organisation"),
    ),
    "a given name that is a title elsewhere": (
        "Congressman Dean Corrow spoke on Monday.\n\n“It was a joke,” Corrow said.",
        ("Dean Corrow", "person"),
    ),
    "a title that is a given name elsewhere": (
        "Rachel Corrow runs the school of law. “It is late,” Dean Corrow said.",
        ("Rachel Corrow", "person"),
    ),
    "she is no man by his given name, where a woman is known": (
        "Ms. Ilse Brandvoll leaves in April. Mayor Barham Ortega, who left in May, wrote that she had "
        "“taught the town to swim.”\n\nAsked what was next, she meant to rest. “They like water,” she said.",
        ("Ilse Brandvoll", "person"),
    ),
    "a dame by her given name": (
        "Dame Wilhelmina Yates, the judge, came on Monday. “It is late,” Dame Wilhelmina said.",
        ("Wilhelmina Yates", "person"),
    ),
    "a surname that is a title elsewhere": (
        "“They say it waves,” Tan Siew Lin said on Monday.",
        ("Tan Siew Lin", "person"),
    ),
}


@pytest.mark.parametrize("case", ARTICLES)
def test_speakers_by_other_words_than_their_names(case: str) -> None:
    text, expected = ARTICLES[case]
    speaker = extract(Article(case, text)).quotations[-1].attributions[0].speaker
    assert (speaker.name, speaker.type) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "A spokeswoman for the ministry of works said it was “safe”.",
            "A spokeswoman for the ministry of works",
        ),
        ("“We lost,” said an analyst at Nomura.", "an analyst at Nomura"),
        (
            "“It is over,” said an official with knowledge of the talks.",
            "an official with knowledge of the talks",
        ),
        ("“It is over,” said a nurse from the north who left.", "a nurse from the north"),
        ("“It is over,” said one of the drivers on Monday.", "one of the drivers"),
        ("“It is over,” said a source close to the star.", "a source close to the star"),
        ("“It is over,” said a person briefed on the matter.", "a person briefed on the matter"),
        ("“It is over,” said an aide speaking on Monday.", "an aide"),
        ("“We lost,” said residents of Basra and Mosul.", "residents of Basra and Mosul"),
    ],
)
def test_who_is_not_named_is_described_in_full(text: str, speaker: str) -> None:
    [quotation] = extract(Article("", text)).quotations
    assert [a.speaker.name for a in quotation.attributions] == [speaker]


@pytest.mark.parametrize(
    ("named", "speakers"),
    [
        ("Ana Petrova and Luis Ortega met the press", ["Ana Petrova", "Luis Ortega"]),
        (
            "Prime Minister Ana Petrova and her Irish counterpart Luis Ortega met",
            ["Ana Petrova", "Luis Ortega"],
        ),
        ("The mayor, Ana Petrova, and her deputy, Luis Ortega, met", ["Ana Petrova", "Luis Ortega"]),
        ("The Rivers Council met Ana Petrova", ["Rivers Council"]),
    ],
)
def test_they_are_all_who_were_named_together(named: str, speakers: list[str]) -> None:
    [quotation] = extract(Article("", f"{named} on Monday. “We are sorry,” they said.")).quotations
    assert [a.speaker.name for a in quotation.attributions] == speakers
    assert len({a.mention for a in quotation.attributions}) == 1


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Former Iraqi President Ana Lowe said: “It is all done now.”", ("former Iraqi president",)),
        ("Deputy Prime Minister Ana Lowe said: “It is all done now.”", ("deputy prime minister",)),
        ("Victorian Skills Minister Ana Lowe said: “It is all done now.”", ("Victorian skills minister",)),
        (
            "United Nations Secretary-General Otto Berg said it was “safe”.",
            ("United Nations secretary-general",),
        ),
        (
            "The United Nations secretary general, Otto Berg, said it was “safe”.",
            ("United Nations secretary general",),
        ),
        ("German Chancellor Otto Berg said it was “safe”.", ("German chancellor",)),
    ],
)
def test_an_office_keeps_the_capital_of_a_peoples_name_alone(text: str, titles: tuple[str, ...]) -> None:
    [quotation] = extract(Article("", text)).quotations
    assert [a.speaker.titles for a in quotation.attributions] == [titles]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # a degree and what somebody is are not somebody else
        ("“We need both,” said Ann Lowe, M.D., Ph.D., head of the study.", ["Ann Lowe"]),
        ("“We need both,” said Ann Lowe, MP, and Bo Marsh, KC, outside.", ["Ann Lowe", "Bo Marsh"]),
        ("The clinic’s founder, Sister Ann Lowe, said: “We turned them away.”", ["Ann Lowe"]),
        ("His daughter, the poet Ann Lowe, said he had died “in the middle of a row”.", ["Ann Lowe"]),
        ("The firm’s largest customer, carmaker Vessel, said it was “watching closely”.", ["Vessel"]),
        # whom one noun names together
        ("“Love pays no rent,” said nurses Ann Lowe and Bo Marsh in a letter.", ["Ann Lowe", "Bo Marsh"]),
        (
            "“We always have,” said councillors Ann Lowe, Bo Marsh and Luis Ortega.",
            ["Ann Lowe", "Bo Marsh", "Luis Ortega"],
        ),
        (
            "The survivors, Ann Lowe and Bo Marsh, came home. “We heard it stop and we ran,” they said.",
            ["Ann Lowe", "Bo Marsh"],
        ),
        (
            "It was “roundly condemned” by UNESCO, NATO and Danish Foreign Minister Karen Holm on Friday.",
            ["Karen Holm", "NATO", "UNESCO"],
        ),
        (
            "The presidents of Colvia and Marenga signed it and promised “a new chapter for our peoples”.",
            ["The presidents of Colvia and Marenga"],
        ),
        ("The Trump and Biden campaigns said the ballots were “in perfect order”.", ["campaigns"]),
    ],
)
def test_one_speaker_or_several(text: str, speakers: list[str]) -> None:
    [quotation] = extract(Article("", text)).quotations
    assert sorted(a.speaker.name for a in quotation.attributions) == speakers


@pytest.mark.parametrize(
    "between",
    [
        "an economist at Pell & Co. But Wanda Lowe of Lakes Bank said",
        "an economist at Pell Inc. And Wanda Lowe of the union said",
        "an economist at Pell Corp. Wanda Lowe, its founder, said",
    ],
)
def test_a_list_of_speakers_ends_with_the_sentence(between: str) -> None:
    text = f'"She is done," said Bernie Katz, {between}: "Do not bet on it."'
    found = extract(Article("", text)).quotations
    first, second = [[a.speaker.name for a in q.attributions] for q in found]
    assert first == ["Bernie Katz"]
    assert len(second) == 1
