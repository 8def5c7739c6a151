"""What stands beside a name: the titles, descriptions and offices of its bearer."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotetrack.names.facts import kinds
from quotetrack.names.text import fold
from quotetrack.quotations import english
from quotetrack.quotations.entities import ORGANISATIONS, PLACES
from quotetrack.quotations.nouns import is_person_noun
from quotetrack.quotations.reading import Reading

# So far from a name its titles are looked for where there is no grammar.
NEAR = 5
# So far before it an office: Minister of Culture, Sports and Tourism Yoo Jin-sang.
FAR = 14
# Relations of a name to a word that it is the name of, however far the parser goes astray.
NAMED = frozenset("appos flat flat:name nmod nmod:desc nmod:unmarked compound conj list dep".split())
# What stands inside an office, beside nouns, names and adjectives.
SMALL = frozenset("of for the and at in on 's ’s ' ’ & - ‐ ‑ – , ( ) de del".split())
OF = frozenset("of for at in on to with from".split())
# Between an office and a name these tell that it is somebody else's: the mayor of Paris and John Smith.
PARTING = OF | frozenset("and or but the a an by as that 's ’s & - ‐ ‑ –".split())
# After a name, these tell that an office before a comma is its bearer's.
CLOSING = frozenset(", . ; : ) — – on yesterday today who".split())
CALLED = frozenset("named surnamed called".split())


@dataclass
class Beside:
    """Lemmas that describe whom a name means, and their offices in full.

    `nouns` are words that mean the same person as the name and are heads of their own phrases.
    """

    titles: set[str] = field(default_factory=set)
    nouns: set[int] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)


def beside(reading: Reading, words: range, is_person: bool) -> Beside:
    """What stands beside the name that `words` are."""
    found = Beside()
    for i in words[:-1]:
        title = _plain(reading, i)
        if title not in english.TITLES:
            break
        _note(found, title)
    first = words[0]
    # “Sen.” may be read as two words.
    while (
        first > 1
        and reading.words[first - 1].text == "."
        and _plain(reading, first - 2) in english.FORMS_IN_FULL
    ):
        first -= 2
        _note(found, _plain(reading, first))
    if reading.parsed[words[0]]:
        _run_in(reading, first, found)
        _related(reading, words, found)
    else:
        _run_in_unparsed(reading, first, found)
        _after_unparsed(reading, words, found)
    if is_person:
        _office_before(reading, first, words, found)
    return found


def _plain(reading: Reading, i: int) -> str:
    return reading.words[i].text.rstrip(".").lower()


def _lemma(reading: Reading, i: int) -> str:
    return (reading.words[i].lemma or reading.words[i].text).lower()


def _note(found: Beside, lemma: str) -> None:
    lemma = lemma.rstrip(".").lower()
    found.titles |= {lemma, english.FORMS_IN_FULL.get(lemma, lemma)}


def _run_in(reading: Reading, first: int, found: Beside) -> None:
    """Words that run into the name: British Prime Minister Boris Johnson; Mrs Gandhi."""
    before = first - 1
    number = reading.sentences[first]
    while (
        before >= 0
        and reading.sentences[before] == number
        and (
            reading.words[before].upos in ("NOUN", "PROPN", "ADJ")
            or _plain(reading, before) in english.TITLES
            or _is_hyphen(reading, before)
        )
    ):
        if reading.words[before].text[0].isalnum():
            _note(found, reading.words[before].lemma)
        before -= 1
    _note_office(reading, found, range(_whole_name(reading, before + 1), first))


def _whole_name(reading: Reading, first: int) -> int:
    """Where an office begins with all of the name in it: the United Nations secretary general."""
    while first > 0 and -1 < reading.entity_of[first - 1] == reading.entity_of[first]:
        first -= 1
    return first


def _is_hyphen(reading: Reading, i: int) -> bool:
    """Whether a word is the hyphen of a word like Secretary-General."""
    words = reading.words
    if not 0 < i < len(words) - 1 or words[i].text not in "-‐‑":
        return False
    return words[i - 1].end == words[i].start and words[i].end == words[i + 1].start


def _related(reading: Reading, words: range, found: Beside) -> None:
    """What the grammar says that somebody is: appositions and predicates."""
    top = next((i for i in words if reading.heads[i] not in words), words[-1])
    for child in reading.children[top]:
        word = reading.words[child]
        # Ann Lowe, a poet and painter; Ann Lowe, who is a poet
        if word.deprel == "appos":
            also = [c for c in reading.children[child] if reading.words[c].deprel == "conj"]
        elif word.deprel == "acl:relcl" and word.upos == "NOUN" and reading.child(child, "cop") is not None:
            also = []
        else:
            continue
        for i in (child, *also):
            _note(found, reading.words[i].lemma)
            _note_office(reading, found, _phrase(reading, i))
    head = reading.heads[top]
    # What runs into the name is noted already, with all that belongs to it.
    if head < 0 or _first(reading, words[0]) <= head < words[0]:
        return
    noun = reading.words[head]
    if noun.upos != "NOUN" and not (noun.upos == "PROPN" and is_person_noun(noun.lemma.lower())):
        return
    is_predicate = reading.words[top].deprel == "nsubj" and reading.child(head, "cop") is not None
    if is_predicate or reading.words[top].deprel in ("appos", "flat"):
        _note(found, noun.lemma)
        _note_office(reading, found, _phrase(reading, head))


def _run_in_unparsed(reading: Reading, first: int, found: Beside) -> None:
    """The same without grammar: nouns for people right before a name."""
    number = reading.sentences[first]
    for i in reversed(range(max(0, first - NEAR), first)):
        word = _plain(reading, i)
        if reading.sentences[i] != number or not (word in english.TITLES or is_person_noun(word)):
            return
        _note(found, word)


def _office_before(reading: Reading, first: int, words: range, found: Beside) -> None:
    """An office with what it is of before the name: the Minister of Public Works, Álvaro Morúa."""
    at = first - 1
    # “Hon.” may have been taken for a sentence's end.
    number = reading.sentences[at if at >= 0 and _plain(reading, at) in english.ADDRESSES else first]
    while at >= 0 and reading.sentences[at] == number and _plain(reading, at) in english.ADDRESSES:
        at -= 1
    called = at >= 0 and _is_called(reading, at, words)
    at -= called
    comma = at >= 0 and reading.words[at].text == ","
    at -= comma
    if at < 0 or reading.sentences[at] != number or reading.words[at].text.lower() in PARTING:
        return
    if comma and not called and not _is_apposition(reading, words):
        return
    if _names_person(reading, at):
        if comma or called:
            _note_noun(reading, at, found)
            _note_office(reading, found, range(_whole_name(reading, _first(reading, at)), at + 1))
        return
    for i in range(at, max(-1, first - FAR), -1):
        if reading.sentences[i] != number or not _is_inside_office(reading, i):
            return
        if _names_person(reading, i) and reading.words[i + 1].text.lower() in OF:
            _note_noun(reading, i, found)
            _note_office(reading, found, range(_first(reading, i), at + 1))
            return


def _is_called(reading: Reading, i: int, name: range) -> bool:
    """Whether a word tells somebody's name: a clown called Bo; but one clown called Bo a “fool”."""
    word, after = reading.words[i], reading.inside[name[-1] + 1 : name[-1] + 4]
    quoted = any(number >= 0 for number in after)
    return word.text.lower() in CALLED and word.deprel in ("acl", "") and not quoted


def _note_noun(reading: Reading, i: int, found: Beside) -> None:
    """Note a noun for somebody with those before it: the director, producer and founder; Attorney General."""
    found.nouns.add(i)
    while True:
        _note(found, _lemma(reading, i))
        for other in range(_first(reading, i), i):
            if _names_person(reading, other):
                _note(found, _lemma(reading, other))
        before = _first(reading, i) - 1
        if before < 1 or reading.words[before].text.lower() not in ("and", ","):
            return
        if reading.sentences[before - 1] != reading.sentences[i] or not _names_person(reading, before - 1):
            return
        i = before - 1
        found.nouns.add(i)


def _first(reading: Reading, i: int) -> int:
    """The first of the nouns and adjectives that run into a noun."""
    first = i
    while (
        first > 0
        and reading.sentences[first - 1] == reading.sentences[i]
        and (reading.words[first - 1].upos in ("ADJ", "NOUN", "PROPN") or _is_hyphen(reading, first - 1))
    ):
        first -= 1
    return first


def _is_apposition(reading: Reading, words: range) -> bool:
    """Whether a name after a comma means whom the words before it describe."""
    if reading.parsed[words[0]]:
        top = next((i for i in words if reading.heads[i] not in words), words[-1])
        if reading.words[top].deprel in NAMED and 0 <= reading.heads[top] < words[0]:
            return True
    after = words[-1] + 1
    return after < len(reading.words) and reading.words[after].text in CLOSING


def _names_person(reading: Reading, i: int) -> bool:
    """Whether a word is a noun for one person, as far as is known; also of a secretary general."""
    word = reading.words[i]
    if word.upos == "ADJ" and word.text.lower() == "general" and i > 0:
        return _names_person(reading, i - 1)
    if reading.inside[i] >= 0 or word.xpos in ("NNS", "NNPS") or word.upos not in ("NOUN", "PROPN", ""):
        return False
    return reading.entity_of[i] < 0 and is_person_noun(_lemma(reading, i))


def _is_inside_office(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    if reading.inside[i] >= 0:
        return False
    small = word.text.lower()
    return (
        small in SMALL
        or word.text[0].isupper()
        or word.upos in ("NOUN", "PROPN", "ADJ")
        or small in english.ORGANISATION_NOUNS
    ) and not (reading.entity_of[i] >= 0 and reading.entities[reading.entity_of[i]].type == "PERSON")


def _after_unparsed(reading: Reading, words: range, found: Beside) -> None:
    """Nouns for people between commas after a name: Ann Lowe, 45, a baker from Hull, …"""
    at, number = words[-1] + 1, reading.sentences[words[0]]
    read = reading.words

    def there(i: int) -> bool:
        return i < len(read) and reading.sentences[i] == number and reading.inside[i] < 0

    if there(at + 2) and read[at + 1].text.isdigit() and read[at].text == read[at + 2].text == ",":
        at += 2
    if not there(at) or read[at].text != ",":
        return
    for i in range(at + 1, at + 1 + NEAR):
        if not there(i) or read[i].text.lower() in (",", ".", "who", "and"):
            return
        if is_person_noun(read[i].text.lower()):
            _note(found, read[i].text)
            return


def _phrase(reading: Reading, head: int) -> range:
    """A noun with the nouns and adjectives that run into it."""
    first = head
    while (
        first > 0
        and reading.heads[first - 1] == head
        and (reading.words[first - 1].deprel in ("compound", "amod"))
    ):
        first -= 1
    return range(first, head + 1)


def _note_office(reading: Reading, found: Beside, words: range) -> None:
    """Note a title in full, without forms of address: "Iraqi prime minister", "analyst"."""
    phrase = [i for i in words if _belongs(reading, i)]
    if any(reading.words[i].upos in ("NOUN", "PROPN", "") for i in phrase):
        office = ""
        for i in phrase:
            word = reading.words[i]
            apart = office and reading.text[word.start - 1].isspace()
            office += " " * bool(apart) + (word.text if _keeps_capital(reading, i) else word.text.lower())
        found.offices.add(office)


def _belongs(reading: Reading, i: int) -> bool:
    """Whether a word is part of an office, and no form of address."""
    word = reading.words[i]
    return _is_hyphen(reading, i) or (
        word.text[0].isalpha() and fold(word.text).rstrip(".") not in english.HONORIFICS
    )


def _keeps_capital(reading: Reading, i: int) -> bool:
    """Whether a word of an office is a name's or an abbreviation: United Nations, Iraqi, MP; but Prime."""
    word, number = reading.words[i], reading.entity_of[i]
    if word.text.isupper() or (number >= 0 and reading.entities[number].type in (*ORGANISATIONS, *PLACES)):
        return True
    is_usual = fold(word.text) in kinds("offices.txt")["modifiers"]
    return word.upos == "ADJ" and word.lemma[:1].isupper() and not is_usual
