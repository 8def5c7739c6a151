"""Who a mention is: names, pronouns and descriptions resolved inside one article.

Names come first: every form of a person's or an organisation's name in the article is one referent, known by
its fullest form. Then the narration is read in order, and each pronoun and each description goes to the
referent that agrees with it and is most present in the reader's mind: named lately, as a subject, or speaking.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from quotetrack.names import compare_names, normalise, parse_name
from quotetrack.names.facts import given_names, kinds
from quotetrack.names.text import clean, drop_possessives, fold
from quotetrack.quotations import english
from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.mentions import Mention
from quotetrack.quotations.reading import Reading
from quotetrack.records import Speaker, SpeakerType

# How far back a pronoun looks, in sentences.
REACH = 8
# What makes a referent present to the reader at a pronoun, set by hand on the development articles: to be a
# subject, the one who reports, the last speaker; each sentence of distance; to be named often; to be known as
# he or she.
SUBJECT, REPORTER, LAST_SPEAKER, DISTANCE, COUNT, GENDER = 1.0, 1.2, 1.2, 0.7, 0.2, 1.5
# A description that nothing in the article explains goes to the person who is present by this much more than
# the next one.
CLEAR_LEAD = 0.8
# A pronoun tells the sex of whoever is ahead by this much.
SURE_LEAD = 2.0
# Relations between a name and a description of the same person.
BESIDE = ("appos", "flat", "flat:name")
SPEAKING_TYPES = ("ORG", "ORGANIZATION", "NORP", "GPE", "LOC", "FAC")


@dataclass
class Referent:
    """Somebody or something that the article names; `at` are the word indices where it does."""

    number: int
    type: SpeakerType
    forms: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    at: list[int] = field(default_factory=list)
    he: float = 0.0
    she: float = 0.0

    @property
    def name(self) -> str:
        """The fullest form; of equals the commonest, then the first by the alphabet."""
        return min(self.forms, key=lambda f: (-len(f.split()), -self.forms[f], f))


class Referents:
    """The referents of one article, and who each of its mentions is."""

    def __init__(self, reading: Reading, author: str | None = None) -> None:
        self._reading = reading
        self._author = author
        self._referents: list[Referent] = []
        self._by_entity: dict[int, Referent] = {}
        self._by_head: dict[int, Referent] = {}
        self._told = _told_sentences(reading)
        self._name_persons()
        self._name_organisations()
        self._name_by_grammar()
        self._describe()
        # word index of a pronoun or description → who it is; filled as the article is read in order
        self._resolved: dict[int, Referent | None] = {}

    # Names

    def _name_persons(self) -> None:
        named = []
        for number, entity in enumerate(self._reading.entities):
            if entity.type == "PERSON":
                name = personal_name(self._reading.text[entity.start : entity.end])
                if name:
                    named.append((number, name))
        for number, name in sorted(named, key=lambda n: (-len(n[1].split()), n[0])):
            start = self._reading.entities[number].start
            known = self._known_person(name, start)
            if known is None and " " not in name:
                # The name in full may stand where it was not recognised as one.
                name = fullest_form(self._reading.text, name)
                known = self._known_person(name, start)
            self._add(number, known or self._new("person"), name)

    def _name_by_grammar(self) -> None:
        """Names that were not recognised, of those who say something: capitalised subjects of reporting verbs."""
        reading = self._reading
        for i, word in enumerate(reading.words):
            if word.upos != "PROPN" or not word.deprel.startswith("nsubj") or reading.inside[i] >= 0:
                continue
            number = reading.entity_of[i]
            if (
                number in self._by_entity
                and self._by_entity[number].type == "person"
                or not word.text[:1].isupper()
            ):
                continue
            head = reading.heads[i]
            if head < 0 or reading.words[head].lemma.lower() not in SAYING or number in self._by_entity:
                continue
            parts = [
                i,
                *(
                    c
                    for c in reading.children[i]
                    if reading.words[c].deprel in ("flat", "flat:name", "compound")
                ),
            ]
            span = sorted(p for p in parts if reading.words[p].text[:1].isupper())
            name = personal_name(" ".join(reading.words[p].text for p in span)) or word.text
            known = self._known_person(name, word.start)
            if known is None and " " not in name:
                name = fullest_form(reading.text, name)
                known = self._known_person(name, word.start)
            kind: SpeakerType = "organisation" if name.isupper() else "person"
            referent = known or self._new(kind)
            referent.forms[name] += 1
            referent.at.append(i)
            self._by_head[i] = referent

    def _known_person(self, name: str, start: int) -> Referent | None:
        """The person whose name this is too; of several, who was named last before `start`, else first."""
        found = [r for r in self._referents if r.type == "person" and same_person(r.name, name)]
        if len(found) < 2:
            return found[0] if found else None
        starts = {r.number: [self._reading.words[i].start for i in r.at] for r in found}
        earlier = [r for r in found if any(s < start for s in starts[r.number])]
        return (
            max(earlier, key=lambda r: max(s for s in starts[r.number] if s < start)) if earlier else found[0]
        )

    def _name_organisations(self) -> None:
        named = []
        for number, entity in enumerate(self._reading.entities):
            if entity.type in SPEAKING_TYPES:
                name = organisation_name(self._reading.text[entity.start : entity.end])
                if name:
                    named.append((number, name))
        for number, name in sorted(named, key=lambda n: (-len(n[1].split()), n[0])):
            people = [
                r
                for r in self._referents
                if r.type == "person" and " " not in name and same_person(r.name, name)
            ]
            known = (
                people[0]
                if people
                else next(
                    (
                        r
                        for r in self._referents
                        if r.type == "organisation" and any(same_organisation(f, name) for f in r.forms)
                    ),
                    None,
                )
            )
            self._add(number, known or self._new("organisation"), name)

    def _new(self, kind: SpeakerType) -> Referent:
        referent = Referent(len(self._referents), kind)
        self._referents.append(referent)
        return referent

    def _add(self, number: int, referent: Referent, name: str) -> None:
        entity = self._reading.entities[number]
        referent.forms[name] += 1
        self._by_entity[number] = referent
        words = self._reading.between(entity.start, entity.end)
        if words:
            referent.at.append(words[-1])
        if referent.type == "person":
            parts = parse_name(name)
            for forename in () if parts.family_first else parts.forenames[:1]:
                sexes = kinds("given.txt")
                referent.he += 0.4 * (fold(forename) in sexes["m"])
                referent.she += 0.4 * (fold(forename) in sexes["f"])

    # What is said of them

    def _describe(self) -> None:
        """Titles and descriptions beside the names, and what they tell of he and she."""
        reading = self._reading
        for number, referent in self._by_entity.items():
            entity = reading.entities[number]
            inner = reading.between(entity.start, entity.end)
            if not inner or not reading.parsed[inner[0]]:
                continue
            before = inner[0] - 1
            # Words that run into the name: British Prime Minister Boris Johnson; Mrs Gandhi.
            while (
                before >= 0
                and reading.sentences[before] == reading.sentences[inner[0]]
                and (
                    reading.words[before].upos in ("NOUN", "PROPN", "ADJ")
                    or reading.words[before].text.rstrip(".").lower() in english.TITLES
                )
            ):
                self._title(referent, before)
                before -= 1
            first = reading.text[entity.start : entity.end].split()[0].rstrip(".").lower()
            self._sex(referent, first)
            top = next((i for i in inner if reading.heads[i] not in inner), inner[-1])
            for child in reading.children[top]:
                if reading.words[child].deprel == "appos":
                    self._title(referent, child)
            head = reading.heads[top]
            if (
                head >= 0
                and reading.words[top].deprel in ("appos", "flat", "nsubj")
                and (
                    reading.words[head].upos == "NOUN"
                    and (reading.words[top].deprel != "nsubj" or reading.child(head, "cop") is not None)
                )
            ):
                self._title(referent, head)

    def _title(self, referent: Referent, word: int) -> None:
        lemma = self._reading.words[word].lemma.lower()
        referent.titles[lemma] += 1
        self._sex(referent, lemma)

    @staticmethod
    def _sex(referent: Referent, word: str) -> None:
        word = word.rstrip(".")
        referent.he += word in english.MALE
        referent.she += word in english.FEMALE

    # Mentions

    def resolve(self, mentions: Sequence[Mention], speaking: dict[int, int]) -> dict[int, Referent | None]:
        """Read the article in order and decide each mention; keyed by the mention's head word.

        `speaking` gives, for the head of each mention that is a quotation's speaker, the quotation's first
        word, so that whoever spoke last is remembered.
        """
        last_speaker: Referent | None = None
        speaker_at = -1
        for mention in mentions:
            referent = self._identify(mention, last_speaker, speaker_at)
            self._resolved[mention.head] = referent
            if referent is not None:
                referent.at.append(mention.head)
                if mention.head in speaking:
                    last_speaker, speaker_at = referent, mention.head
        return self._resolved

    def _identify(self, mention: Mention, last: Referent | None, last_at: int) -> Referent | None:
        reading = self._reading
        named = self._named(mention)
        if named is not None:
            return named
        text = reading.words[mention.head].text.lower()
        if text in english.RELATIVE:
            return self._qualified(mention.head)
        if text in english.PRONOUNS:
            return None if text in english.AUTHOR else self._antecedent(mention.head, text, last, last_at)
        return self._described(mention, last, last_at)

    def _qualified(self, pronoun: int) -> Referent | None:
        """Whom a relative clause is about: the word that its verb hangs on, where that is somebody known."""
        reading = self._reading
        verb = reading.heads[pronoun]
        for _ in range(4):
            if verb < 0:
                return None
            if reading.words[verb].deprel == "acl:relcl":
                antecedent = reading.heads[verb]
                number = reading.entity_of[antecedent]
                return self._by_head.get(antecedent) or self._by_entity.get(number) or self._resolved.get(antecedent)
            verb = reading.heads[verb]
        return None

    def _named(self, mention: Mention) -> Referent | None:
        """The referent named in the mention: by its head, or beside it (a spokesman, John Smith)."""
        reading = self._reading
        if mention.head in self._by_head:
            return self._by_head[mention.head]
        number = reading.entity_of[mention.head]
        if number >= 0 and number in self._by_entity:
            return self._by_entity[number]
        beside = [c for c in reading.children[mention.head] if reading.words[c].deprel in BESIDE]
        if reading.words[mention.head].deprel == "appos":
            beside.append(reading.heads[mention.head])
        for other in beside:
            if other >= 0:
                number = reading.entity_of[other]
                if number >= 0 and reading.entities[number].type == "PERSON":
                    return self._by_entity.get(number)
        # “Prime Minister Boris Johnson” parsed with the title as its head.
        for i in range(mention.last, mention.first - 1, -1):
            number = reading.entity_of[i]
            if (
                number >= 0
                and reading.entities[number].type == "PERSON"
                and reading.words[i].deprel != "nmod:poss"
            ):
                inner = reading.between(reading.entities[number].start, reading.entities[number].end)
                if inner[-1] == mention.last:
                    return self._by_entity.get(number)
        return None

    def _antecedent(self, at: int, pronoun: str, last: Referent | None, last_at: int) -> Referent | None:
        """The most present referent that agrees with a pronoun."""
        if pronoun in english.HE | english.SHE:
            agreeing = [r for r in self._referents if r.type == "person" and self._agrees(r, pronoun) >= 0]
        else:
            agreeing = [r for r in self._referents if r.type == "organisation"]
        ranked = self._ranked(agreeing, at, last, last_at, pronoun)
        if not ranked:
            return None
        best = ranked[0][1]
        if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= SURE_LEAD:
            # What a pronoun surely stands for is known as he or she from there on.
            best.he += 0.5 * (pronoun in english.HE)
            best.she += 0.5 * (pronoun in english.SHE)
        return best

    @staticmethod
    def _agrees(referent: Referent, pronoun: str) -> float:
        same, other = (referent.he, referent.she) if pronoun in english.HE else (referent.she, referent.he)
        return (same > other) - (other > same)

    def _ranked(
        self, referents: Sequence[Referent], at: int, last: Referent | None, last_at: int, pronoun: str = ""
    ) -> list[tuple[float, Referent]]:
        scored = []
        for referent in referents:
            presence = self._presence(referent, at, last is referent, last_at)
            if presence > -math.inf:
                gender = GENDER * max(0.0, self._agrees(referent, pronoun)) if pronoun else 0.0
                scored.append((presence + gender, referent))
        return sorted(scored, key=lambda s: (-s[0], s[1].number))

    def _presence(self, referent: Referent, at: int, spoke_last: bool, last_at: int) -> float:
        """How present a referent is to the reader at a word; -inf where it is not."""
        reading = self._reading
        best = -math.inf
        for i in referent.at:
            distance = self._told[reading.sentences[at]] - self._told[reading.sentences[i]]
            if i >= at or reading.inside[i] >= 0 or distance > REACH:
                continue
            best = max(best, self._role(i) - DISTANCE * distance)
        if spoke_last:
            distance = reading.passages[at] - reading.passages[last_at]
            best = max(best, -DISTANCE * distance) + LAST_SPEAKER
        return best + COUNT * math.log1p(len(referent.at)) if best > -math.inf else best

    def _role(self, i: int) -> float:
        """What the grammar of a mention adds to its presence."""
        reading = self._reading
        if (
            i + 1 < len(reading.words)
            and reading.words[i + 1].lemma.lower() in SAYING
            and reading.words[i + 1].upos == "VERB"
        ):
            return SUBJECT + REPORTER  # the name right before the verb, whatever the parse
        while reading.words[i].deprel in ("flat", "flat:name", "compound", "appos") and reading.heads[i] >= 0:
            i = reading.heads[i]
        if not reading.words[i].deprel.startswith("nsubj"):
            return -0.5 if reading.words[i].deprel == "nmod:poss" else 0.0
        head = reading.heads[i]
        return SUBJECT + REPORTER * (head >= 0 and reading.words[head].lemma.lower() in SAYING)

    def _described(self, mention: Mention, last: Referent | None, last_at: int) -> Referent | None:
        """Somebody named elsewhere whom a description fits: the minister, the 34-year-old, the ministry."""
        reading = self._reading
        head = reading.words[mention.head]
        if head.upos not in ("NOUN", "PROPN", "ADJ") or "Number=Plur" in head.feats:
            return None
        definite = reading.words[mention.first].text.lower() in ("the", "this", "that")
        if not definite and not _titled(reading, mention):
            return None
        lemma = head.lemma.lower()
        words = {reading.words[i].lemma.lower() for i in range(mention.first, mention.last + 1)}
        best, best_score = None, 0.0
        for referent in self._referents:
            fits = sum(w in referent.titles for w in words) if lemma in referent.titles else 0
            if not fits and referent.type == "organisation" and definite:
                fits = any(lemma == fold(w) for f in referent.forms for w in f.split())
            if not fits:
                continue
            presence = self._presence(referent, mention.head, last is referent, last_at)
            score = 4.0 + 2.0 * fits + max(presence, -3.0)
            if score > best_score:
                best, best_score = referent, score
        if best is None and definite and not _titled(reading, mention):
            kind = (
                "person"
                if is_person_noun(lemma)
                else "organisation"
                if lemma in english.ORGANISATION_NOUNS
                else ""
            )
            same_kind = [r for r in self._referents if r.type == kind]
            ranked = self._ranked(same_kind, mention.head, last, last_at)
            if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR_LEAD):
                best = ranked[0][1]
        return best

    def speaker(self, mention: Mention) -> Speaker:
        """The speaker whom a resolved mention names."""
        reading = self._reading
        referent = self._resolved.get(mention.head)
        if referent is not None:
            name = referent.name
            aliases = tuple(sorted(f for f in referent.forms if f != name))
            return Speaker(name, referent.type, aliases, tuple(sorted(referent.titles)))
        head = reading.words[mention.head]
        words = clean(reading.text[mention.span.start : mention.span.end])
        if head.text.lower() in english.AUTHOR and self._author:
            return Speaker(self._author, "person")
        lemma = head.lemma.lower()
        if lemma in english.DOCUMENT_NOUNS:
            return Speaker(words, "document")
        if lemma in english.ORGANISATION_NOUNS and _titled(reading, mention):
            return Speaker(re.sub(r"^(?:the|The)\s+", "", words), "organisation")
        if mention.entity == "PERSON":
            return Speaker(words, "person")
        return Speaker(words, "unnamed")


def _told_sentences(reading: Reading) -> list[int]:
    """For each sentence, how many sentences of narration came before it; those all quotation do not count."""
    narrated: dict[int, bool] = {}
    for i, word in enumerate(reading.words):
        number = reading.sentences[i]
        narrated[number] = narrated.get(number, False) or (reading.inside[i] < 0 and word.text[0].isalnum())
    counts, count = [], 0
    for number in range(len(narrated)):
        counts.append(count)
        count += narrated[number]
    return counts


def is_person_noun(lemma: str) -> bool:
    """Whether a noun names one person by trade or office; spokesmen and sources are whoever they are."""
    if lemma in english.NAMELESS or lemma in english.ORGANISATION_NOUNS or lemma in english.DOCUMENT_NOUNS:
        return False
    return lemma in english.PERSON_NOUNS or lemma.endswith(("er", "or", "ist", "ian", "man", "woman", "old"))


def _titled(reading: Reading, mention: Mention) -> bool:
    """Whether a phrase has a name in it beside its head: Iran's foreign ministry, the Salvadoran president."""
    return any(
        reading.words[i].upos == "PROPN" or reading.entity_of[i] >= 0
        for i in range(mention.first, mention.last + 1)
    )


def personal_name(text: str) -> str:
    """A person's name without titles, offices, possessive and what follows; "" where none is left.

    "Mr. Biden’s" → "Biden"; "Sen. Harry Reid (D-Nev.)" → "Harry Reid".
    """
    name = parse_name(drop_possessives(clean(text)))
    words = name.text.split()
    titles = {fold(h) for h in name.honorifics}
    while words and fold(words[0]) in titles:
        words.pop(0)
    kept: list[str] = []
    for word in words[:MOST_NAMES]:
        if not (word[:1].isupper() or fold(word) in PARTICLES or not word[:1].isascii()):
            break
        kept.append(word.rstrip(",;:"))
        if word.endswith((",", ";", ":")) or (word.endswith(".") and len(word) > 4):
            kept[-1] = kept[-1].rstrip(".")
            break
    return " ".join(kept) if any(w[:1].isupper() for w in kept) else ""


# Names of more words than this are a recogniser's slip.
MOST_NAMES = 6
PARTICLES = frozenset("al el bin ibn ben van von der den de la le di da dos do du del abu ter af e y".split())


def organisation_name(text: str) -> str:
    """An organisation's name without its article and possessive; "" where it is no name."""
    name = re.sub(r"^the\s+", "", drop_possessives(clean(text)), flags=re.IGNORECASE)
    return name if len(name.split()) <= MOST_WORDS and any(c.isupper() for c in name) else ""


MOST_WORDS = 12


def same_person(full: str, other: str) -> bool:
    """Whether two names in one article are one person's; a bare surname or given name is its bearer's."""
    if compare_names(full, other, "person", "person").same:
        return True
    short, long = sorted((full, other), key=lambda n: len(n.split()))
    if len(short.split()) > 1:
        return False
    return normalise(short) in normalise(long).split() or any(
        ratio(_bare(short), _bare(word)) >= SAME_SPELLING for word in long.split() if len(_bare(word)) > 4
    )


# Surnames within one article that are spelt this alike (0 to 100) are one name spelt two ways.
SAME_SPELLING = 85


def _bare(word: str) -> str:
    return normalise(word).replace(" ", "").removeprefix("al").removeprefix("el")


def same_organisation(full: str, other: str) -> bool:
    """Whether two names in one article are one organisation's: the same words, fewer of them, or initials."""
    a, b = set(normalise(full).split()), set(normalise(other).split())
    if a == b or (b and b < a) or abbreviates(other, full) or abbreviates(full, other):
        return True
    return bool(compare_names(full, other, "organisation", "organisation").same)


def fullest_form(text: str, name: str) -> str:
    """The name as the article has it in full: with the given names that run into it; else itself."""
    best = name
    for found in re.finditer(rf"((?:{_NAME_WORD}[ \u00a0]){{1,3}}){re.escape(name)}(?!\w)", text):
        words = personal_name(found.group()).split()
        if not words or words[-1] != name or len(words) < 2:
            continue
        given = [n for n, w in enumerate(words[:-1]) if fold(w).strip(".") in given_names()]
        # Without a known given name one word is taken for it: more of them may be an office or a place.
        words = words[given[0] :] if given else words[-2:]
        if len(words) > len(best.split()) and words[0][:1].isupper() and not words[0].isupper():
            best = " ".join(words)
    return best


_NAME_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w’'-]*\.?|bin|al|de|von|van)"


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of `full`: UN, U.N. and United Nations; of and the left out."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return False
    words = [w for w in re.split(r"[\s-]+", full) if w]
    if len(words) < 2:
        return False
    return letters == "".join(w[0] for w in words if w[0].isupper())
