"""Referents: everybody and everything that an article names, each under all the forms of its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotetrack.names import parse_name
from quotetrack.names.facts import given_names, sexes_given
from quotetrack.names.text import fold
from quotetrack.quotations import english
from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.entities import PLACES, in_heading, mended
from quotetrack.quotations.naming import (
    GIVEN,
    KNIGHTS,
    abbreviates,
    fullest_form,
    is_bare,
    organisation_name,
    personal_name,
    same_organisation,
    same_person,
    short_form,
    spelt_out,
)
from quotetrack.quotations.nouns import is_person_noun, sort_of
from quotetrack.quotations.reading import Reading
from quotetrack.quotations.titles import Beside, beside
from quotetrack.records import SpeakerType

# What a given name weighs as evidence of sex beside a title, which is 1.
GIVEN_NAME = 0.4


@dataclass
class Referent:
    """Somebody or something that the article names, or describes without a name (`named` is false).

    `forms` counts the forms of the name; `name` is the fullest, of equals the commonest, then the first by
    the alphabet. `titles` counts the words of the titles and descriptions beside it and `offices` those in
    full; `works` are nouns for what it wrote; `described_as` adds up by noun how likely they meant it.
    `at` are the word indices where it is mentioned, in order. `he` and `she` weigh the evidence of sex;
    `place` tells that it was only seen as a place, `several` that it is more than one, `is_person` that it is
    one person, named or not; `members` are those of a group whom the article names together.
    """

    number: int
    type: SpeakerType
    name: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    works: set[str] = field(default_factory=set)
    described_as: dict[str, float] = field(default_factory=dict)
    at: list[int] = field(default_factory=list)
    he: float = 0.0
    she: float = 0.0
    place: bool = False
    named: bool = True
    several: bool = False
    is_person: bool = False
    members: tuple[Referent, ...] = ()

    @property
    def name_words(self) -> set[str]:
        return {fold(w) for form in self.forms for w in form.split()}

    def shares(self, head: str) -> bool:
        """Whether a noun was used for it."""
        return head in self.titles or any(w in self.titles for w in english.likes(head))

    def note_called(self, head: str, likelihood: float) -> None:
        """Note how likely a description with this noun meant it."""
        self.described_as[head] = self.described_as.get(head, 0.0) + likelihood

    def note_title(self, lemma: str) -> None:
        """Note a word that describes it, and what the word tells of he and she."""
        self.titles[lemma.lower()] += 1
        _note_sex(self, lemma)

    def note_beside(self, beside: Beside) -> None:
        """Note what stands beside its name at one place."""
        for lemma in beside.titles:
            self.note_title(lemma)
        for office in beside.offices:
            self.offices[office] += 1

    def note_form(self, form: str) -> None:
        """Note that it was named so."""
        self.forms[form] += 1
        self.name = min(self.forms, key=lambda f: (-_words_of_name(f), -self.forms[f], f))


def _words_of_name(form: str) -> int:
    """How many words a form has, the title of a knight apart: Dame Harriet is less than Harriet Lowndes."""
    return sum(fold(word) not in KNIGHTS for word in form.split())


class Referents:
    """The referents of one article, to be looked up by the words that name them."""

    def __init__(self, reading: Reading) -> None:
        self.all: list[Referent] = []
        self.reading = reading
        self._at: dict[int, Referent] = {}
        self._called: dict[int, Referent] = {}
        self._surnamed: dict[str, Referent | None] | None = None
        # Bare names that several people bear, by the word.
        self.ambiguous: dict[int, tuple[Referent, ...]] = {}

    def at_word(self, i: int) -> Referent | None:
        """The referent that the name around a word names."""
        return self._at.get(i)

    def surnamed(self, word: str) -> Referent | None:
        """The one person whose surname a word is."""
        if self._surnamed is None:
            self._surnamed = {}
            for referent in self.all:
                if referent.type == "person" and " " in referent.name:
                    last = referent.name.rpartition(" ")[2]
                    self._surnamed[last] = None if last in self._surnamed else referent
        return self._surnamed.get(word)

    def called(self, i: int) -> Referent | None:
        """Whom a noun beside a name means: the mayor of Hull, Ann Lowe."""
        return self._called.get(i)

    def bearers(self, name: str) -> list[Referent]:
        """The people whose name this is too."""
        return [r for r in self.all if r.type == "person" and self._is_person(r, name)]

    def person(self, name: str, start: int) -> Referent | None:
        """The person whose name this is too; of several, who was named last before `start`, else first."""
        found = self.bearers(name)
        if len(found) < 2:
            return found[0] if found else None
        places = {r.number: [self.reading.words[i].start for i in r.at] for r in found}
        earlier = [r for r in found if any(s < start for s in places[r.number])]
        return (
            max(earlier, key=lambda r: max(s for s in places[r.number] if s < start)) if earlier else found[0]
        )

    def _is_person(self, referent: Referent, name: str) -> bool:
        if same_person(referent.name, name):
            return True
        return len(name) > 2 and name.isupper() and abbreviates(name, referent.name)

    def organisation(self, name: str) -> Referent | None:
        """The organisation, or else the person by a bare surname, whose name this is too."""
        for referent in self.all:
            if referent.type == "person":
                if " " not in name and self._is_person(referent, name):
                    return referent
            elif any(same_organisation(form, name) for form in referent.forms):
                return referent
        return None

    def add(self, referent: Referent | None, kind: SpeakerType, name: str, words: range) -> Referent:
        """Note that `words` name `referent` (None: somebody new) as `name`; returns it."""
        if referent is None:
            referent = Referent(len(self.all), kind)
            self.all.append(referent)
        if name not in referent.forms and referent.type == "person":
            _note_given_name(referent, name)
        referent.note_form(name)
        if words:
            referent.at.append(words[-1])
        for i in words:
            self._at[i] = referent
        if words:
            found = beside(self.reading, words, referent.type == "person")
            referent.note_beside(found)
            self._called |= dict.fromkeys(found.nouns, referent)
            for i in words:
                _note_sex(referent, self.reading.words[i].text)
        return referent


def find_referents(reading: Reading) -> Referents:
    """Collect the referents: people, the longest names first, then organisations, then unrecognised names."""
    referents = Referents(reading)
    people, organisations = [], []
    for entity in mended(reading):
        text = reading.text[entity.start : entity.end]
        if entity.type == "PERSON":
            people.append((in_heading(reading.text, entity), personal_name(text), entity))
        else:
            organisations.append((organisation_name(text), entity))
    # Names in running text first: the tagger knows their borders better there than in headings.
    for heading, name, entity in sorted(people, key=lambda n: (n[0], -len(n[1].split()), n[2].start)):
        if name:
            words = reading.between(entity.start, entity.end)
            known, name = _person(referents, name, entity.start)
            bearers = referents.bearers(name) if is_bare(name) else []
            if heading and known is not None:
                name = known.name
            added = referents.add(known, "person", name, words)
            if len(bearers) > 1:
                referents.ambiguous |= dict.fromkeys(words, tuple(bearers))
                if words:
                    added.at.remove(words[-1])
    short: dict[str, Referent] = {}
    for name, entity in sorted(organisations, key=lambda n: (-len(n[0].split()), n[1].start)):
        if name:
            words = reading.between(entity.start, entity.end)
            known = short.get(name) or referents.organisation(name)
            if known is None:
                name = spelt_out(reading.text, name)
                known = referents.organisation(name)
            added = referents.add(known, "organisation", name, words)
            added.place = entity.type in PLACES and (known is None or known.place)
            if entity.type not in PLACES and (form := short_form(reading.text, entity.end)):
                short.setdefault(form, added)
    for referent in referents.all:
        # A body known by its initials was taken for a person: PTI, Pakistan Tehreek-e-Insaf.
        if (
            referent.type == "person"
            and fold(referent.name.split()[0]) not in given_names()
            and any(abbreviates(f, referent.name) for f in referent.forms)
        ):
            referent.type = "organisation"
    for head, name in _unrecognised(reading, referents):
        known, name = _person(referents, name, reading.words[head].start)
        kind: SpeakerType = "organisation" if name.isupper() or _is_the(reading, head) else "person"
        referents.add(known, kind, name, range(head, head + 1))
    for referent in referents.all:
        referent.is_person = referent.type == "person"
        referent.at.sort()
    return referents


def _person(referents: Referents, name: str, start: int) -> tuple[Referent | None, str]:
    """The person of this name, and the name, in full where the article has it so somewhere."""
    first, _, rest = name.partition(" ")
    if fold(first) in GIVEN and referents.bearers(rest):
        # Dean Kyte is Rachel Kyte, who was named before.
        name = rest
    known = referents.person(name, start)
    if known is None:
        name = fullest_form(referents.reading.text, name)
        known = referents.person(name, start)
    return known, name


def _unrecognised(reading: Reading, referents: Referents) -> Iterator[tuple[int, str]]:
    """Names that were not recognised, of those who say something: capitalised subjects of reporting verbs."""
    for i, word in enumerate(reading.words):
        if not word.deprel.startswith("nsubj") or reading.inside[i] >= 0 or not _is_name(reading, i):
            continue
        head = reading.heads[i]
        if head < 0 or reading.words[head].lemma.lower() not in SAYING or referents.at_word(i) is not None:
            continue
        parts = [i, *(c for c in reading.children[i] if reading.words[c].deprel in ("flat", "compound"))]
        if any(referents.at_word(p) is not None for p in parts):
            continue
        # The Portuguese, the Scot: whoever comes from there.
        if _is_the(reading, i) and reading.entity_of[i] >= 0:
            continue
        named = [reading.words[p].text for p in sorted(parts) if reading.words[p].text[:1].isupper()]
        name = personal_name(" ".join(named))
        last = fold(name.split()[-1]) if name else ""
        is_noun = reading.child(i, "det") is not None and bool(sort_of(last))
        if name and last not in english.OFFICES_SHORT and not is_noun:
            yield i, name


def _is_the(reading: Reading, i: int) -> bool:
    """Whether a name has an article and is no office, as bodies' names do: the Prairie Ledger."""
    return reading.child(i, "det") is not None and not is_person_noun(reading.words[i].lemma.lower())


def _is_name(reading: Reading, i: int) -> bool:
    """Whether a word is a name by its tag, or by a capital inside its sentence."""
    word = reading.words[i]
    if word.upos == "PROPN":
        return True
    opens = (
        i == 0
        or reading.sentences[i - 1] != reading.sentences[i]
        or not reading.words[i - 1].text[0].isalnum()
    )
    return (
        word.text[0].isupper()
        and not opens
        and not word.text.isupper()
        and word.upos in ("ADJ", "NOUN", "VERB", "ADV", "X", "ADP")
        and not reading.children[i]
        and not sort_of(word.lemma.lower())
    )


def _note_given_name(referent: Referent, name: str) -> None:
    """A given name tells mostly he or she; less than a title does."""
    parts = parse_name(name)
    for forename in () if parts.family_first else parts.forenames[:1]:
        sexes = sexes_given(fold(forename))
        referent.he += GIVEN_NAME * ("m" in sexes)
        referent.she += GIVEN_NAME * ("f" in sexes)


def _note_sex(referent: Referent, word: str) -> None:
    word = word.lower().rstrip(".")
    referent.he += word in english.MALE
    referent.she += word in english.FEMALE
