"""Names: their parts, and whether two are one, against the gold list of pairs."""

from __future__ import annotations

import csv
import string
from pathlib import Path
from unittest.mock import patch
from zlib import crc32

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quotetrack.names import (
    Comparison,
    Keys,
    blocking_keys,
    compare,
    compare_names,
    contradictions,
    facts,
    normalise,
    parse,
    parse_name,
    persons,
    sounds,
)
from quotetrack.names.contradictions import clash
from quotetrack.names.keys import RULES
from quotetrack.names.matching import match_given
from quotetrack.names.text import fold, letters

GOLD = Path(__file__).parent / "data" / "name_pairs.tsv"
# What the project aims at, and what is so of these pairs; for pairs that are new, see README.md.
PRECISION, RECALL = 0.99, 0.90


def _pairs() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


_WORDS = sorted({word for row in _pairs() for word in f"{row['name_a']} {row['name_b']}".split()})
_LETTERS = sorted({letters(word) for word in _WORDS} - {""})


@pytest.mark.parametrize("typed", [True, False])
def test_gold_pairs(typed: bool) -> None:
    found = [
        (row, compare_names(row["name_a"], row["name_b"], *(((row["type"] or None),) * 2 if typed else ())))
        for row in _pairs()
    ]
    merged = [row for row, verdict in found if verdict.same]
    wrong = [(row["name_a"], row["name_b"]) for row in merged if row["answer"] == "different"]
    same = [row for row, _ in found if row["answer"] == "same"]
    missed = [(row["name_a"], row["name_b"]) for row in same if row not in merged]
    assert len(found) >= 400
    assert 1 - len(wrong) / len(merged) >= PRECISION, wrong
    assert 1 - len(missed) / len(same) >= RECALL, missed


def test_gold_pairs_share_a_key_and_read_the_same_both_ways() -> None:
    never_met = []
    for row in _pairs():
        a, b = row["name_a"], row["name_b"]
        verdict = compare_names(a, b).same
        assert compare_names(b, a).same is verdict, (a, b)
        kinds = [row["type"]] if row["type"] else ["person", "organisation"]
        if verdict and not any(_meet(blocking_keys(a, kind), blocking_keys(b, kind)) for kind in kinds):
            never_met.append((a, b))
    # Where given name and surname are both spelt in two ways, a pair may lack a key ("Eduard Shevardnadze",
    # "Edward Shevarnadze"): then the linking misses it.
    assert len(never_met) <= 0.001 * len(_pairs()), never_met


def _meet(a: Keys, b: Keys) -> bool:
    assert a.sought.isdisjoint(b.filed) is b.sought.isdisjoint(a.filed)
    return not a.sought.isdisjoint(b.filed)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Thomas Müller", "Thomas Möller", None),
        ("Mr. Möller", "Thomas Müller", None),
        ("Markus Söder", "Markus Soeder", True),
        ("Sean MacBride", "Sean McBride", True),
        ("Marek Nowacki", "Marek Nowicki", None),
        ("Nikita Khrushchev", "Nikita Khruschev", True),
        ("Hiroshi Sato", "Hiroshi Saito", None),
        ("Kenji Sato", "Kenji Satoh", True),
        ("Hadi al-Amiri", "Hadi al-Ameri", True),
        ("Suresh Patel", "Suresh Patil", None),
        ("Emmanuel Macron", "Emmanuel Marcon", None),
        ("Kevin Nichols", "Kevin Nicholls", None),
        ("Siv Jensen", "Siv Jenssen", None),
        ("Maria Sharapova", "Marija Scharapowa", True),
        ("Todor Zhivkov", "Todor Schiwkow", True),
        ("Andrei Sakharov", "Andrei Zakharov", None),
        ("Mamuka Khazaradze", "Mamuka Chasaradse", True),
        ("Zelimkhan Yandarbiyev", "Selimchan Jandarbijew", True),
        ("Alexander Pushkin", "Alexandre Pouchkine", True),
        ("Hama Amadou", "Amadou Hama", None),
        ("Dania", "Dana Tizya-Tramm", None),
    ],
)
def test_spellings_are_one_name_only_out_of_another_script(a: str, b: str, same: bool | None) -> None:
    assert compare_names(a, b).same is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Mining Company (Odisha)", "Foreign Ministry", False),
        ("Mining Company (Odisha)", "Mining Company", None),
        ("C George", "Cameron George", None),
        ("M.K.Stalin", "MK Stalin", True),
        ("Luis Gould", "Luis Alberto Gould", None),
        ("Nasir Khan", "Naseer Khan Durrani", None),
        ("Levon Petrosyan", "Levon Ter-Petrosyan", None),
        ("Willem van der Heuvel", "Willem van den Heuvel", False),
        ("Queensland Police", "Queensland Police Service", True),
        ("Ilham Aliyev", "Ilham Alijew", True),
        ("Nechirvan Barzani", "Nêçîrvan Barzanî", True),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", False),
        ("CY Leung", "Leung Chun-ying", True),
        ("Abhisit Vejjajiva", "Aphisit Wetchachiwa", True),
        ("Peng Dehuai", "P'eng Te-huai", True),
        ("Tzachi Hanegbi", "Tzahi Hanegbi", True),
        ("Salim al-Jabouri", "Salam al-Jabouri", None),
        ("Faleh al-Fayyadh", "Falah al-Fayyadh", None),
        ("Salman", "Mohammed bin Salman", None),
        ("Ben Bella", "Ahmed Ben Bella", True),
        ("Abdelkader Bensalah", "Abdulqader Ben Salah", True),
        ("Muhammad Zia-ul-Haq", "Mohammed Zia ul Haq", True),
        ("Präsident Van der Bellen", "Alexander Van der Bellen", True),
        ("Bundesinnenministerin Faeser", "Nancy Faeser", True),
        ("Karim Khalili", "Abdul Karim Khalili", True),
        ("Adonis Georgiadis", "Spyridon-Adonis Georgiadis", True),
        ("Jean Dupont", "Jean-Luc Dupont", False),
        ("Lev Ponomarev", "Lew Ponomarjow", True),
        ("Mohammed Khatami", "Mohammad Reza Khatami", None),
        ("Yehuda Amichai", "Jehuda Amichai", True),
        ("Sergey Bubka", "Serhij Bubka", True),
        ("Zhang Yimou", "Chang I-mou", True),
        ("Wang Jun", "Wang Chun", None),
        ("Ryu Seung-hyun", "Yoo Seung-hyun", True),
        ("Daniel Mitov", "Danail Mitov", None),
        ("Corinna Veith", "Corinna Veit", None),
        ("Landesbischof Meister", "Ralf Meister", True),
        ("Pavel Zarubin", "Pawel Sarubin", True),
        ("Mrs. Vahrenholt", "Fritz Vahrenholt", None),
        ("Mrs. Thatcher", "Margaret Thatcher", True),
        ("Hala El-Said", "Hala al-Saeed", True),
        ("Zhao Ziyang", "Chao Tzu-yang", True),
        ("Bobi Wine", 'Robert Kyagulanyi "Bobi Wine" Ssentamu', True),
        ("Mohseni-Ejei", "Gholamhossein Mohseni Ejei", True),
        ("Said Khatibzadeh", "Saeed Khatib Zadeh", True),
        ("Wang Yi", "Wang Yu", False),
        ("Kang Kyung-wha", "Kang Gyeong-hwa", True),
        ("Yoo Seong-min", "Yoo Seung-min", None),
        ("Martin Lee", "Martin Lee Chu-ming", True),
        ("Taro Kono", "Kouno Tarou", True),
        ("Omar García Harfuch", "García Harfuch", True),
        ("Aníbal Cavaco Silva", "Cavaco Silva", True),
        ("Banco Central do Brasil", "Banco do Brasil", None),
        ("King Charles III", "Charles III", True),
        ("King Mohammed VI of Morocco", "Mohammed VI", True),
        ("JPMorgan Chase & Co.", "JP Morgan", True),
        ("Indian Institute of Technology Delhi", "IIT Delhi", True),
        ("Procter & Gamble", "P&G", True),
        ("Moncef Marzouki", "Mohamed Moncef Marzouki", True),
        ("Reza Pahlavi", "Mohammad Reza Pahlavi", None),
        ("A. Q. Khan", "Abdul Qadeer Khan", True),
        ("Amarinder Singh", "Amarinder Singh Raja Warring", None),
        ("Riad Salameh", "Raja Salameh", False),
        ("P. W. Botha", "Pik Botha", False),
        ("National Prosecuting Authority", "NPA", True),
        ("Juan Antonio Samaranch", "Juan Antonio Samaranch Jr.", None),
        ("J. M. G. Le Clézio", "Jean-Marie Gustave Le Clézio", True),
        ("King Juan Carlos I", "Juan Carlos I", True),
        ("France 24", "France 2", False),
        ("Alliance pour la République", "APR", True),
        ("Claude Lévi-Strauss", "Levi Strauss", False),
        ("Murli Manohar Joshi", "Manohar Joshi", None),
        ("Amazon.com Inc", "Amazon", True),
        ("U Thant", "Thant Myint-U", None),
        ("Tin Oo", "Tin Aung Myint Oo", None),
        ("Pakistan Muslim League (N)", "Pakistan Muslim League (Q)", False),
        ("Deutscher Fußball-Bund", "DFB", True),
        ("Partido Acción Popular", "PAP", None),
        ("FC Barcelona", "Barcelona SC", None),
    ],
)
def test_what_names_alone_can_tell(a: str, b: str, same: bool | None) -> None:
    assert compare_names(a, b).same is same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mychajło Podolak", "Mykhailo Podolyak"),  # Polish
        ("Siergiej Miedwiediew", "Sergei Medvedev"),
        ("Hikmət Hacıyev", "Hikmet Hajiyev"),  # Azeri
        ("Tarık el-Haşimi", "Tariq al-Hashemi"),  # Turkish
        ("Woislaw Scheschelj", "Vojislav Šešelj"),  # German and Gaj's letters
        ("Nikola Pachitch", "Nikola Pašić"),  # French and Gaj's letters
        ("Novak Đoković", "Novak Djokovich"),
        ("Maxime Orechkine", "Maxim Oreshkin"),  # French
        ("Dora Mpakogianni", "Dora Bakoyanni"),  # Greek
        ("Muuse Biixi Cabdi", "Muse Bihi Abdi"),  # Somali
        ("Sviatlana Tsikhanouskaya", "Swetlana Tichanowskaja"),  # Belarusian
        ("Chaleda Sia", "Khaleda Zia"),  # German, though no word shows it by itself
        ("Chadchart Sittipunt", "Chatchart Sitthiphan"),  # Thai
        ("Surayud Chulanont", "Surayut Chunlanon"),
        ("Nasser al-Khelaifi", "Nasser al-Khulaifi"),  # an Arabic diminutive
        ("Sergej Kirijenko", "Sergueï Kirienko"),
        ("Natalija Jaresko", "Natalie Jaresko"),
        ("Andriej Kozyriew", "Andrei Kozyrev"),  # Polish without its own letters
        ("Ioulia Navalnaïa", "Julia Nawalnaja"),
        ("Plaek Phibunsongkhram", "Plaek Pibulsongkram"),
        ("Ahmed el-Tayeb", "Ahmad al-Tayyib"),
        ("Mohammad Khazaï", "Mohammad Khazaee"),
        ("Moulay Hafid Elalamy", "Mulay Hafid al-Alami"),
        ("Vaiko Gopalsamy", "Vaiko Gopalaswamy"),
        ("Walid Jumblatt", "Waleed Junblatt"),
        ("Mouloud Hamrouche", "Mulud Hamrush"),
        ("Chahira Amin", "Shahira Amin"),  # French, though no word shows it by itself
        ("Vajiralongkorn Mahidol", "Wachiralongkon Mahidon"),
        ("Oleg Tsaryov", "Oleh Tsarov"),
        ("George Sabra", "Georges Sabra"),
        ("Boris Gryzlov", "Borisz Grizlov"),  # Hungarian
        ("Dmitrij Rogozin", "Dmitri Rogosin"),
        ("Vlagyiszlav Szurkov", "Vladislav Surkov"),
        ("Szergej Kirijenko", "Sergei Kiriyenko"),
        ("Mijaíl Fradkov", "Mikhail Fradkov"),  # Spanish
        ("Serguéi Sobianin", "Sergei Sobyanin"),
        ("Nikolái Rizhkov", "Nikolai Ryzhkov"),
        ("Jevgenij Primakov", "Yevgeny Primakov"),
        ("Leonid Brezjnev", "Leonid Brezhnev"),  # Dutch, Swedish
        ("Andrej Gromyko", "Andrei Gromyko"),
        ("Konstantin Tsjernenko", "Konstantin Chernenko"),
        ("Nikita Chroesjtsjov", "Nikita Khrushchev"),
        ("Konstantin Černenko", "Konstantin Chernenko"),  # Czech
        ("Ibon Etxezarreta", "Ibon Echezarreta"),  # Basque
        ("Fatmir Xhafaj", "Fatmir Dzhafai"),  # Albanian
        ("Ilir Hoxholli", "Ilir Hodjolli"),
        ("Oemar Said Tjokroaminoto", "Umar Said Cokroaminoto"),  # Indonesian until 1972
        ("Achmad Soebardjo", "Ahmad Subarjo"),
        ("Cabdirisaaq Xaaji Xuseen", "Abdirizak Haji Hussein"),  # Somali
        ("Siciid Dheeg", "Said Dheg"),
        ("Cali Sheekh Xaashi", "Ali Sheikh Hashi"),
        ("Necmettin Erbakan", "Necmeddin Erbakan"),  # Turkish
        ("Stelios Hadjistassou", "Stelios Chatzistassou"),  # Greek
        ("Salome Surabischwili", "Salome Zourabichvili"),  # German beside French
        ("Chu Jung-chi", "Zhu Rongji"),  # Wade and Giles
        ("Chiang Ch'ing", "Jiang Qing"),
        ("Syngman Rhee", "Yi Sung-man"),
        ("Shinichi Hombo", "Shin'ichi Honbo"),
        ("Kenichi Ohno", "Kenichi Ono"),
        ("Liviu Ioanid", "Liviu Joanid"),
    ],
)
def test_languages_spell_one_name(a: str, b: str) -> None:
    assert compare_names(a, b).same is True


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Salim Nasser", "Salim Nassar"),
        ("Walid Nasr", "Walid Nassar"),
        ("Mustafa Kamal", "Mustafa Kamel Mourad"),
        ("Nasir Jamal", "Nazir Jamal"),
        ("Ammar al-Hakim", "Omar al-Hakim"),
        ("Ivan Safronov", "Ivan Sofronov"),
        ("Ivan Georgiev", "Ivan Gergiev"),
        ("Dragan Marković", "Dragan Mirković"),
        ("Mikhail Zharkov", "Mikhail Sharkov"),
        ("Yannis Dragasakis", "Yannis Dragatakis"),
        ("Stavros Dimas", "Stavros Dimos"),
        ("Nikos Pappas", "Nikos Papas Georgiou"),
        ("Karim Wade", "Karim Wadi"),
        ("Giorgi Gelashvili", "Giorgi Gegelashvili"),
        ("Zhu Rongji", "Zhu Rongqi"),
        ("Antonio Tajani", "Antonio Taiani"),
        ("Hussein Kamel", "Hussein Kamal"),
        ("Georgy Malenkov", "Georgy Malinkov"),
        ("Yuri Andropov", "Yuri Antropov"),
        ("Oleg Penkovsky", "Oleg Pankovsky"),
        ("Filip Dimitrov", "Filip Dimitriev"),
        ("Zhao Ziyang", "Zhao Zhiyang"),
        ("Ibrahim Najjar", "Ibrahim Nijjar"),
        ("Zahid Hussain", "Shahid Hussain"),
        ("Anant Kumar", "Anand Kumar"),
        ("Mikhail Fridman", "Mikhail Freidman"),
        ("Oleh Rybachuk", "Oleh Rybalchuk"),
        ("Costas Vaxevanis", "Costas Vasevanis"),
        ("Ömer Çelik", "Öner Çelik"),
        ("Abdi Mohamoud", "Abdi Mohamed"),
        ("Ofer Shelah", "Ofir Shelah"),
        ("Habib Badr", "Habib Bader"),
        ("Spyros Markos", "Spyros Mariakos"),
        ("Hakan Akar", "Hakan Ağar"),
        ("Alexander Shokhin", "Alexander Shokin"),
        ("Dmitry Kozak", "Dmitry Kazak"),
        ("Rasim Mutallibov", "Rasim Mutallimov"),
        ("Zhu Rongji", "Zhu Longji"),
        ("Chiang Ch'ing", "Jiang Jing"),
    ],
)
def test_names_that_differ_by_a_letter_that_tells_are_not_one(a: str, b: str) -> None:
    assert compare_names(a, b).same is not True


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("id. Szabó László", "ifj. Szabó László", False),
        ("ifj. Lomnici Zoltán", "Lomnici Zoltán", None),
        ("ifj. Lomnici Zoltán", "Zoltán Lomnici Jr.", True),
        ("Szabó Péterné", "Szabó Péter", None),
        ("Miroslav Dvořák st.", "Miroslav Dvořák ml.", False),
        ("Petr Svoboda ml.", "Petr Svoboda", None),
        ("Martin Kolář ml.", "Martin Kolář mladší", True),
        ("Jan Kowalski sen.", "Jan Kowalski jun.", False),
        ("Marko Babić stariji", "Marko Babić mlađi", False),
        ("Lucas Cranach d. Ä.", "Lucas Cranach the Elder", True),
        ("Lucas Cranach der Ältere", "Lucas Cranach the Younger", False),
        ("Alfonso Pradas (padre)", "Alfonso Pradas (hijo)", False),
        ("Henri Lagarde fils", "Henri Lagarde", None),
        ("Arnaldo Viana Neto", "Arnaldo Viana", None),
        ("Agostinho Neto", "António Agostinho Neto", True),
        ("Amartya Sen", "Amartya Kumar Sen", True),
    ],
)
def test_words_for_a_generation_are_known_in_many_languages(a: str, b: str, same: bool | None) -> None:
    assert compare_names(a, b).same is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Sr. Helen Mrosla", "Sister Helen Mrosla", True),
        ("Sr. Guillermo Lasso", "Guillermo Lasso", True),
        ("Mr. Galouzeau", "Dominique Galouzeau", True),
        ("Mr. Laporta", "Joan Laporta", True),
        ("Mrs. Ruddock", "Joan Ruddock", True),
        ("Mr. Sharapov", "Maria Sharapov", False),
        ("UP CM Yogi Adityanath", "Yogi Adityanath", True),
        ("TN CM Stalin", "M.K. Stalin", True),
        ("NY Gov. Hochul", "Kathy Hochul", True),
        ("Fla. Gov. DeSantis", "Ron DeSantis", True),
        ("Calif. Rep. Adam Schiff", "Adam Schiff", True),
        ("J.D. Vance", "James David Vance", True),
        ("BB King", "B.B. King", True),
        ("Mrs Okonjo-Iweala", "Ngozi Okonjo-Iweala", True),
        ("Mrs Kirkland-Smythe", "Edward Kirkland-Smythe", False),
    ],
)
def test_titles_tell_no_more_than_they_mean(a: str, b: str, same: bool | None) -> None:
    assert compare_names(a, b).same is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Nomvula Mokonyane-Sithole", "Nomvula Paula Mokonyane Sithole", True),
        ("Hillary Rodham-Clinton", "Hillary Clinton", True),
        ("Mary Smith-Jones", "Mary Smith", None),
        ("Teresa Castro-Ruiz", "Teresa Castro", None),
        ("Ana Isabel Jáuregui Aramburu", "Isabel Jáuregui Aramburu", True),
        ("Jean-Baptiste Djebbari-Bonnet", "Baptiste Djebbari-Bonnet", True),
        ("Maria João Avillez", "João Avillez", None),
        ("Ana María Sánchez", "María Sánchez", None),
        ("Maria Kaczyńska", "Jadwiga Maria Kaczyńska", None),
        ("John Peter Sarbanes", "Peter Sarbanes", None),
        ("Mary Ursula Keating-Holt", "Ursula Keating-Holt", True),
    ],
)
def test_a_name_left_out_is_no_contradiction_where_the_rest_tells_enough(
    a: str, b: str, same: bool | None
) -> None:
    assert compare_names(a, b).same is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("عبد المجيد تبون", "Abdelmadjid Tebboune", True),
        ("عبد الفتاح البرهان", "Abdel Fattah al-Burhan", True),
        ("نبيه بري", "Nabih Berri", True),
        ("علي عبد الله صالح", "Ali Abdullah Saleh", True),
        ("أسامة بن لادن", "Osama bin Laden", True),
        ("میرحسین موسوی", "Mir-Hossein Mousavi", True),
        ("آصف علی زرداری", "Asif Ali Zardari", True),
        ("محمد عباس", "Mahmoud Abbas", None),
        ("محمد عباس", "Mahmud Abbas", None),
        ("حسين الحوثي", "Hassan al-Houthi", None),
        ("سعيد الحريري", "Saad Hariri", None),
        ("أحمد الشرع", "Emmanuel Macron", False),
        ("יצחק רבין", "Yitzhak Rabin", True),
        ("איתמר בן גביר", "Itamar Ben-Gvir", True),
        ("יאיר נתניהו", "Yoni Netanyahu", None),
        ("योगी आदित्यनाथ", "Yogi Adityanath", True),
        ("मनमोहन सिंह", "Manmohan Singh", True),
        ("সীতারাম ইয়েচুরি", "Sitaram Yechury", True),
        ("ચન્દ્રકાંત પાટીલ", "Chandrakant Patil", True),
        ("ਭਗਵੰਤ ਮਾਨ", "Bhagwant Mann", True),
        ("பினராயி விஜயன்", "Pinarayi Vijayan", True),
        ("നരേന്ദ്ര മോദി", "Narendra Modi", True),
        ("राहुल शर्मा", "Rohit Sharma", False),
        ("Зоран Ђинђић", "Zoran Đinđić", True),
        ("Γιώργος Παπανδρέου", "Giorgos Papandreou", True),
        ("Ευάγγελος Μεϊμαράκης", "Evangelos Meimarakis", True),
        ("박근혜", "Park Geun-hye", True),
        ("蔡英文", "Tsai Ing-wen", True),
        ("高市早苗", "Sanae Takaichi", None),
    ],
)
def test_other_scripts_are_read_as_far_as_they_tell(a: str, b: str, same: bool | None) -> None:
    verdict = compare_names(a, b)
    assert verdict.same is same
    assert verdict.score < 1
    if same:
        assert _meet(blocking_keys(a, "person"), blocking_keys(b, "person"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("नरेंद्र", "narendra"),
        ("चंपत", "champat"),
        ("ज़ाकिर", "zakir"),
        ("বিদ্যা", "bidya"),
        ("মোদী", "modi"),
        ("வேலு", "velu"),
        ("Ντόρα Μπακογιάννη", "dora bakogianni"),
        ("Αγγελόπουλος", "angelopoulos"),
        ("Ευτυχία", "eftychia"),
        ("Вучић", "vucic"),
    ],
)
def test_letters_that_sound_together_are_written_as_they_sound(text: str, read: str) -> None:
    assert fold(text) == read


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Orange Egypt", "Orange Egypt Telecommunications SAE", True),
        ("Denel", "Denel SOC Ltd", True),
        ("Demirören Haber Ajansı", "Demirören News Agency", True),
        ("Anka Ajansı", "Anka Agency", True),
        ("Agência Lusa", "Lusa News Agency", True),
        ("Rostec", "Rostec State Corporation", True),
        ("Orange Egypt", "Orange", None),
        ("Samsung India", "Samsung India Electronics Ltd", None),
    ],
)
def test_firms_leave_out_their_trade_and_their_form(a: str, b: str, same: bool | None) -> None:
    assert compare_names(a, b).same is same


@pytest.mark.parametrize("a", ["Tan Cheng Bock", "Lee Hsien Loong"])
def test_the_family_name_may_stand_last(a: str) -> None:
    family, given_name = a.split(maxsplit=1)
    assert compare_names(a, f"{given_name} {family}").same is True


@pytest.mark.parametrize(
    ("text", "honorifics", "forenames", "particles", "surname", "suffix"),
    [
        ("President Joe R. Biden Jr.", "President", "Joe R", "", "Biden", "jr"),
        ("Iraqi Prime Minister Mustafa al-Kadhimi", "Iraqi Prime Minister", "Mustafa", "al", "Kadhimi", ""),
        ("Apple CEO Tim Cook", "Apple CEO", "Tim", "", "Cook", ""),
        ("US Secretary of State Antony Blinken", "US Secretary of State", "Antony", "", "Blinken", ""),
        ("Julie Bishop", "", "Julie", "", "Bishop", ""),
        ("Ursula von der Leyen", "", "Ursula", "von der", "Leyen", ""),
        ("Xi Jinping", "", "Jinping", "", "Xi", ""),
        ("Tan Sri Azlan Harun", "Tan Sri", "Azlan", "", "Harun", ""),
        ("Minister Tan See Leng", "Minister", "See Leng", "", "Tan", ""),
        ("Kim Kardashian", "", "Kim", "", "Kardashian", ""),
        ("Abd al-Rahman al-Rashed", "", "Abd-Rahman", "al", "Rashed", ""),
        ("Gabriel García Márquez", "", "Gabriel", "", "García Márquez", ""),
        ("JK Rowling", "", "J K", "", "Rowling", ""),
        ("Biden, Joe", "", "Joe", "", "Biden", ""),
        ("Queen Elizabeth II", "Queen", "Elizabeth", "", "", "ii"),
        ("Al Gore", "", "Al", "", "Gore", ""),
        ("Iran's foreign minister", "Iran foreign minister", "", "", "", ""),
        ("Sir Keir Starmer KC MP", "Sir", "Keir", "", "Starmer", ""),
    ],
)
def test_parts(text: str, honorifics: str, forenames: str, particles: str, surname: str, suffix: str) -> None:
    name = parse_name(text)
    parts = [" ".join(part) for part in (name.honorifics, name.forenames, name.particles, name.surname)]
    assert [*parts, name.suffix] == [honorifics, forenames, particles, surname, suffix]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bush", "George W. Bush"),
        ("Khan", "Imran Khan"),
        ("Biden", "Joe Biden"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Ministry of Health", "Iraqi Ministry of Health"),
        ("University of Washington", "Washington University"),
    ],
)
def test_what_names_alone_cannot_tell_is_left_to_a_person(a: str, b: str) -> None:
    assert compare_names(a, b).same is None


def test_unnamed_speakers_are_nobody_by_name() -> None:
    assert compare_names("a security source", "a security source", "unnamed", "unnamed").same is None


def test_normalise() -> None:
    assert normalise("Recep Tayyip  ERDOĞAN’s") == "recep tayyip erdogan"
    assert normalise("Al- Sabah") == normalise("Al-Sabah")
    assert normalise("U.N.") == normalise("UN")
    assert normalise("Владимир Путин") == "vladimir putin"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_compared(a: str, b: str) -> None:
    verdict = compare_names(a, b)
    assert isinstance(verdict, Comparison)
    assert 0 <= verdict.score <= 1
    assert verdict.reasons
    assert compare_names(b, a).same is verdict.same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Dr. Corazon P. Belmonte-Uy", "Corazon Belmonte Uy", True),
        ("Corazon P. Belmonte Uy", "Corazon Belmonte Uy", True),
        ("Corazon P. Belmonte Uy", "Corazon R. Belmonte Uy", False),
        ("Ven. Galle Vajira", "Galle Vajira", True),
        ("Hajja Nabila Gindy", "Nabila Gindy", True),
        ("Rav Moshe Tzadikov", "Rabbi Moshe Tzadikov", True),
        ("Law and Justice", "Prawo i Sprawiedliwość", True),
        ("Vox", "Fox", None),
        ("Coptic Patriarchate of Jerusalem", "Coptic Patriarchate of Antioch", False),
        ("Aga Khan VI", "Prince Rahim Aga Khan", True),
        ("Otto Brandl (Vater)", "Otto Brandl (Sohn)", False),
        ("Ifj. Varga Ottó", "Varga Ottó ifj.", True),
        ("Siti Aminah binti Osman", "Siti Aminah bte Osman", True),
        ("Bishop Emeritus Okello", "Daniel Okello", True),
    ],
)
def test_names_of_two_surnames_clergy_and_bodies(a: str, b: str, same: bool | None) -> None:
    assert compare_names(a, b).same is same
    assert compare_names(b, a).same is same


def test_no_clash_is_seen_where_two_words_may_be_one() -> None:
    assert not clash(parse_name("Ae Aqim Ahok"), parse_name("Ae Ae Aqim"))


def test_signs_are_no_part_of_a_name() -> None:
    assert parse_name('"Ahok" ASA &').surname == ("ASA",)
    assert compare_names('"Ahok" "Ahok"', '"Ahok" ASA &').same is None


@pytest.mark.parametrize(
    ("text", "forenames"), [("Sen. Dean Corrow", ("Dean",)), ("Dean of law Ann Lee", ("Ann",))]
)
def test_a_title_is_a_given_name_where_only_a_surname_follows(text: str, forenames: tuple[str, ...]) -> None:
    assert parse_name(text).forenames == forenames


@given(st.sampled_from(sorted({row[side] for row in _pairs() for side in ("name_a", "name_b")})))
def test_a_name_is_never_unlike_itself(name: str) -> None:
    assert compare_names(name, name).same is not False
    assert compare_names(name, name.upper()).same is not False


@given(st.data())
def test_a_clash_seen_at_once_is_one_for_the_whole_comparison_too(data: st.DataObject) -> None:
    words = st.sampled_from(_WORDS)
    one = data.draw(st.lists(words, min_size=2, max_size=3))
    # As where a search for a name finds another: a word in common, or several.
    other = data.draw(st.lists(words | st.sampled_from(one), min_size=2, max_size=3))
    a, b = parse_name(" ".join(one)), parse_name(" ".join(other))
    assume(clash(a, b))
    with patch.object(persons, "clash", return_value=""):
        assert persons.compare_persons(a, b).same is False


@given(st.data())
def test_names_apart_at_once_are_so_for_the_same_reason_when_all_is_looked_at(data: st.DataObject) -> None:
    words = st.sampled_from(_WORDS)
    one = data.draw(st.lists(words, min_size=2, max_size=3))
    other = data.draw(st.lists(words | st.sampled_from(one), min_size=2, max_size=3))
    names = " ".join(one), " ".join(other)
    assume(persons.apart_at_once(*map(parse_name, names)))
    at_once = compare_names(*names, "person", "person")
    with patch.object(compare, "apart_at_once", return_value=""):
        assert compare_names.__wrapped__(*names, "person", "person") == at_once


_MORE_THAN_NAMES = (
    "Of Born Perez Gonzalez Al Abdel Mac Salahuddin Prime Minister Kim van García Ibáñez Ruiz-Díaz".split()
)


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from(_WORDS)
        | st.sampled_from(_MORE_THAN_NAMES)
        | st.sampled_from(string.ascii_uppercase).map("{}.".format),
        min_size=1,
        max_size=4,
    ).map(" ".join)
)
def test_a_plain_name_has_the_parts_that_all_rules_find(text: str) -> None:
    name = parse_name.__wrapped__(text)
    with patch.object(parse, "_plain_words", return_value=()):
        careful = parse_name.__wrapped__(text)
    assert (name, name.words, name.is_plain) == (careful, careful.words, careful.is_plain)


@pytest.mark.parametrize("pattern", [rule[1] for rule in sounds._RULES])
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_some_letters_of_a_word_are_sounds_of_it(pattern, data) -> None:
    word = data.draw(st.from_regex(pattern, alphabet=string.ascii_letters)).lower()
    assert sounds.kept(word) == sounds.kept(sounds.phones(word))


@settings(max_examples=300)
@given(st.sampled_from(_LETTERS) | st.sampled_from(sorted(facts.surname_spellings())), st.data())
def test_words_are_related_as_far_as_any_comparison_of_them_tells(a: str, data: st.DataObject) -> None:
    spellings = facts.surname_spellings()
    alike = [word for word in spellings if spellings[word] == spellings.get(a)]
    b = data.draw(st.sampled_from(_LETTERS) | st.sampled_from([f"al{a}", f"abdul{a}", a[:4], *alike]))
    told = sounds.likeness(a, b)[1] != "other" or sounds.one_given_name(a, b) or match_given(a, b).kind != ""
    assert contradictions._related(a, b) is told


def test_unlike_words_are_related_where_a_list_says_so() -> None:
    assert contradictions._related("jruschov", "khrushchev")


def test_other_keys_are_made_by_rules_of_another_number() -> None:
    names = (
        "Siarhei Tsikhanouski",
        "J. K. Rowling",
        "Khatib-Zadeh",
        "Xi Jinping",
        "Ursula von der Leyen",
        "Michail Saakaschwili",
        "Mamata Bandyopadhyay",
        "Selimchan Jandarbijew",
        "AOC",
    )
    bodies = ("Queensland Police", "Ministry of Co-operation", "Houthis", "World Health Organization (WHO)")
    made = [blocking_keys(name, "person") for name in names]
    made += [blocking_keys(name, "organisation") for name in bodies]
    found = crc32(repr([(sorted(keys.filed), sorted(keys.sought)) for keys in made]).encode())
    # Where this fails, databases hold keys of other rules: raise RULES, and put the new pair here.
    assert (RULES, found) == (23, 963872827)


@pytest.mark.parametrize(("needed", "pattern"), [rule[:2] for rule in sounds._RULES])
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_no_rule_of_sounds_is_passed_over_where_it_matches(needed, pattern, data) -> None:
    word = data.draw(st.from_regex(pattern, alphabet=string.ascii_letters))
    assert needed in word
