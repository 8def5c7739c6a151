"""People who are called otherwise than by their name's parts: what the list makes one, and what not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from quotetrack.names import blocking_keys, compare_names, facts, known_as
from quotetrack.names.parse import parse_name
from quotetrack.names.text import letters

LINES = [line.split("|") for line in facts.lines("known_as.txt")]


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Lines that stand for those of the list in one test."""
    lines: list[str] = []
    caches = (known_as._people, known_as.forms, compare_names)
    monkeypatch.setattr(known_as.facts, "lines", lambda file: lines)
    for cache in caches:
        cache.cache_clear()
    yield lines
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Pelé", "Edson Arantes do Nascimento"),
        ("President Lula", "Luiz Inácio Lula da Silva"),
        ("MBS", "Mohamed ben Salmane"),
        ("Jokowi", "Widodo"),
        ("Muhammad Ali", "Cassius Clay"),
        ("Abu Mazen", "محمود عباس"),
        ("Papst Franziskus", "Jorge Mario Bergoglio"),
        ("Belgium's King Philippe", "Koning Filip van België"),
        ("the Duke of Sussex", "Prince Harry"),
        ("Chiang Kai-shek", "Jiang Jieshi"),
        ("Senator Sonny Angara", "Juan Edgardo M. Angara"),
        ("Lee Hsien Loong", "李显龙"),
        ("RFK Jr.", "Robert F. Kennedy, Jr."),
        ("aoc", "Alexandria Ocasio Cortez"),
    ],
)
def test_forms_of_one_line_are_one_person(a: str, b: str) -> None:
    for x, y in ((a, b), (b, a)):
        assert compare_names(x, y).same is True
        assert compare_names(x, y, "person", "person").same is True
        assert not blocking_keys(x, "person").sought.isdisjoint(blocking_keys(y, "person").filed)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lula", "Lula Mae Smith"),
        ("Che", "Che Adams"),
        ("Bibi", "Asia Bibi"),
        ("Pelé", "Abedi Pele"),
        ("Bono", "Mary Bono"),
        ("Neymar", "Neymar Sr."),
        ("Edson Arantes do Nascimento", "Pelé Mboyo"),
        ("Bashar al-Assad", "Hafez al-Assad"),
        ("FDR", "Franklin D. Roosevelt Jr."),
        ("RFK", "Robert F. Kennedy Jr."),
        ("El Chapo", "Ovidio Guzmán López"),
        ("King Philippe", "King Philippe IV of France"),
        ("King Philippe", "Philippe Martinez"),
        ("Pope Francis", "Pope Leo XIV"),
        ("Biggie Smalls", "Chris Wallace"),
        ("Mother Teresa", "Saint Teresa of Ávila"),
        ("Timochenko", "Yulia Tymoshenko"),
        ("P. W. Botha", "Pik Botha"),
        ("J. K. Rowling", "J. R. Rowling"),
        ("Akbar Hashemi Rafsanjani", "Mohammad Hashemi Rafsanjani"),
    ],
)
def test_a_listed_name_makes_nobody_else_one(a: str, b: str) -> None:
    for x, y in ((a, b), (b, a)):
        assert compare_names(x, y).same is not True
        assert compare_names(x, y, "person", "person").same is not True


def test_a_form_on_two_lines_decides_nothing(listed: list[str]) -> None:
    listed += ["Odell Beckham Jr.|OBJ", "Olusegun Obasanjo|OBJ|Baba Iyabo"]
    assert known_as.forms("OBJ") == ()
    assert compare_names("OBJ", "Olusegun Obasanjo").same is not True
    assert compare_names("Baba Iyabo", "Olusegun Obasanjo").same is True


def test_the_lists_forms_are_of_one_person_each_and_no_common_surname() -> None:
    on_lines = Counter(form for line in LINES for form in set(map(letters, line)))
    assert [form for form, lines in on_lines.items() if lines > 1] == []
    # A line of one form keeps somebody from being taken for another of the list.
    words = Counter(
        word for line in LINES for word in {word for form in line for word in parse_name(form).words}
    )
    alone = [line[0] for line in LINES if len(set(map(letters, line))) < 2]
    assert [form for form in alone if all(words[word] < 2 for word in parse_name(form).words)] == []
    bare = (
        form
        for line in LINES
        for form in line
        if len((name := parse_name(form)).words) == 1
        and not (name.honorifics or name.suffix or " of " in form)
    )
    assert [form for form in bare if facts.surname_kind(parse_name(form).words)] == []


def test_all_forms_of_a_line_share_a_key() -> None:
    for first, *others in LINES:
        sought = blocking_keys(first, "person").sought
        assert all(not sought.isdisjoint(blocking_keys(form, "person").filed) for form in others), first
