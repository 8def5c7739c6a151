"""Names inside an article: cleaned, completed, told apart."""

import pytest

from quotetrack.quotations.naming import (
    abbreviates,
    fullest_form,
    organisation_name,
    personal_name,
    same_organisation,
    same_person,
    spelt_out,
)

PERSONAL = {
    "Mr. Orsted’s": "Orsted",
    "Sen. Harriet Vole (D-Nev.)": "Harriet Vole",
    "Qasim al-Hadithi": "Qasim al-Hadithi",
    "But Ms": "",
    "H E Akim Al Marri": "Akim Al Marri",
    "British Prime Minister Ann Lowe": "Ann Lowe",
    "Ann Lowe OBE": "Ann Lowe",
    "Amir Nadeem Hotak": "Amir Nadeem Hotak",
    "Amir Nadeem": "Amir Nadeem",
    "German Chancellor Otto Berg": "Otto Berg",
    "Queen Ingrid II": "Queen Ingrid II",
    "Coach Earl Lowe": "Earl Lowe",
    "Crown Prince Nadeem": "Prince Nadeem",
    "Prime Minister Sir Otto Berg": "Otto Berg",
    "Lord Mayor": "",
    "Mr. al-Hadithi": "al-Hadithi",
    "His Highness": "",
    "Olga tarrina Berg": "Olga tarrina Berg",
    "Olga Berg said Monday": "Olga Berg",
    "Noor bint Salem Al Harthy": "Noor bint Salem Al Harthy",
    "Ho. Meanwhile": "Ho",
    "Ann Lowe Jr. Smith": "Ann Lowe Jr. Smith",
    "Lowe’s Harbour Song": "Lowe",
    "Iran’s Nadeem Hotak": "Nadeem Hotak",
    "Berghaus’s Karl Lowe": "Karl Lowe",
    "Tan Siew Lin": "Tan Siew Lin",
    "Tan Sri Azlan Harun": "Azlan Harun",
    "Mr. Tan": "Tan",
}


@pytest.mark.parametrize(("seen", "name"), PERSONAL.items())
def test_a_persons_name_without_titles(seen: str, name: str) -> None:
    assert personal_name(seen) == name


@pytest.mark.parametrize(
    ("full", "other", "same"),
    [
        ("Qasim al-Hadithi", "Hadithi", True),
        ("Rafael Baron Herrera", "Baron", True),
        ("Qasim al-Kadhemi", "Qasim Al-Kadhimi", True),
        ("Ann Lowe", "Peter Lowe", False),
        ("Pilar Ortega Ruiz", "Ortega Ruiz", True),
        ("Ann Lowe", "Howe", False),
    ],
)
def test_whether_two_names_are_one_persons(full: str, other: str, same: bool) -> None:
    assert same_person(full, other) is same


@pytest.mark.parametrize(
    ("full", "other", "same"),
    [
        ("United Rivers Council", "URC", True),
        ("Hadley University of the Arts", "Hadley University", True),
        ("Ministry of Health", "Ministry of Defence", False),
    ],
)
def test_whether_two_names_are_one_organisations(full: str, other: str, same: bool) -> None:
    assert same_organisation(full, other) is same


def test_an_organisations_name_without_its_article() -> None:
    assert organisation_name("the Rivers Council’s") == "Rivers Council"
    assert organisation_name("the") == ""


def test_initials_are_the_capitals() -> None:
    assert abbreviates("U.R.C.", "United Rivers Council")
    assert not abbreviates("URC", "Rivers")


def test_the_name_in_full_is_found_in_the_text() -> None:
    text = "On Monday engineer Luis Ortega spoke. Ortega was tired, said Dean Ortega."
    assert fullest_form(text, "Ortega") == "Luis Ortega"
    assert fullest_form(text, "Smith") == "Smith"
    assert fullest_form("Spokesperson Seo Mi-ran announced it. Seo smiled.", "Seo") == "Seo Mi-ran"


def test_a_word_of_the_text_is_no_given_name() -> None:
    text = "The Premier refutes all of it. Premier Refutes Lowe"
    assert fullest_form(text, "Lowe") == "Lowe"


def test_an_organisation_is_spelt_out() -> None:
    text = (
        "The SA Rivers Authority (SARA) and the University of Hadley signed. Hadley Court of the North met."
    )
    assert spelt_out(text, "SARA") == "SA Rivers Authority"
    assert spelt_out(text, "UH") == "University of Hadley"
    assert spelt_out(text, "Hadley Court") == "Hadley Court of the North"
    assert spelt_out(text, "XYZ") == "XYZ"
    assert spelt_out("They left NATO and Sweden joined.", "NATO") == "NATO"
