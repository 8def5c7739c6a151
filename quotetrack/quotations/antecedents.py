"""How well each referent of an article answers to a mention: features, and the weights learnt for them.

A log-linear model: of the referents that a pronoun or a description may stand for, and of nobody named yet,
the likeliest by the sum of weighted features. training/coreference.py learns the weights, one set a kind of
mention, from articles whose speakers people have named.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from quotetrack.names.facts import given_names
from quotetrack.names.text import fold
from quotetrack.quotations import english
from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.descriptions import Description
from quotetrack.quotations.reading import Reading
from quotetrack.quotations.referents import Referent

WEIGHTS = Path(__file__).parent / "models" / "coreference.json"
KINDS = ("he", "it", "they", "name", "person", "body", "document")
# Where a referent was mentioned last, and as what.
PLACES = ("same sentence", "sentence before", "two before", "further back")
ROLES = ("reporter", "subject", "possessor", "other")
PRESENCE = (
    "sentences back",
    *(f"{role}, {place}" for place in PLACES for role in ROLES),
    "same paragraph",
    "standing",
    "opens the paragraph",
    "governs",
    "just introduced",
    "latest",
    "latest subject",
    "last speaker",
    "last speaker nearby",
    "mentions",
    "unnamed",
    "given name",
    "full name",
    "titled",
    "place",
    "absent",
    "only one",
    "agrees",
    "disagrees",
    "surely agrees",
    "disagrees, another surely agrees",
    "says nothing, another surely agrees",
    "same pronoun",
    "several",
    "person",
    "named in the words said",
)
FITNESS = (
    "head is its title",
    "head is like its title",
    "head is in its name",
    "head is like its name",
    "other words fit",
    "other words do not",
    "other name",
    "same head",
    "same words",
    "another kind of body",
    "written before",
    "called so before",
    "called alike before",
)
NEWNESS = (
    "new",
    "new, the",
    "new, a",
    "new, somebody's",
    "new, plural",
    "new, spokesman",
    "new, with a name",
    "new, with a complement",
    "new, clear kind",
    "new, ordinal",
    "new, the, nobody so called",
)
FEATURES = PRESENCE + FITNESS + NEWNESS
# So many words before and after a word may be of its paragraph.
WITHIN = 300
# How far back presence is told apart, in sentences of narration.
REACH = 10

# Agreement (-1 to 1) that a given name alone brings about (0.38), and that a title or a pronoun does (0.76).
LEANING, SURELY = 0.3, 0.7

Row = tuple[float, ...]


@cache
def load_weights() -> Mapping[str, Row]:
    """The learnt weights of each kind of mention, in the order of `FEATURES`."""
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {kind: tuple(kept.get(kind, {}).get(name, 0.0) for name in FEATURES) for kind in KINDS}


class Antecedents:
    """The referents of an article as they stand in the reader's mind while the narration goes on."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._told = told_sentences(reading)
        self._openers = _paragraph_openers(reading)
        self._last: Referent | None = None
        self._last_at = -1
        self._pronouns: dict[int, str] = {}
        self._roles: dict[int, tuple[int, int, int]] = {}

    def note(self, referent: Referent, at: int, spoke: bool, pronoun: str = "") -> None:
        """Remember that a word names a referent, and whether it spoke there."""
        place = bisect_left(referent.at, at)
        if place == len(referent.at) or referent.at[place] != at:
            referent.at.insert(place, at)
        if pronoun:
            self._pronouns[at] = pronoun
        if spoke:
            self._last, self._last_at = referent, at

    def back(self, at: int, other: int) -> int:
        """How many sentences of narration lie between two words."""
        return self._told[self._reading.sentences[at]] - self._told[self._reading.sentences[other]]

    def rows(
        self, referents: Sequence[Referent], at: int, pronoun: str, described: Description | None
    ) -> list[Row]:
        """The features of each referent for the mention at a word, in the order of `FEATURES`."""
        nearest = [self._nearest(r, at) for r in referents]
        recent = sorted((n for n in nearest if n is not None), reverse=True)
        rank = {n: k for k, n in enumerate(recent)}
        latest_subject = next((n for n in recent if self.role(n)[0]), None)
        leanings = [agreement(r, pronoun) for r in referents]
        another = max(leanings, default=0.0) >= SURELY
        rows = []
        for referent, near, leaning in zip(referents, nearest, leanings, strict=True):
            agrees = _agrees(leaning, another)
            present = self._presence(
                referent, at, near, pronoun, rank, latest_subject, len(referents), agrees
            )
            fit = _fitness(referent, described) if described else NOT_FITTING
            rows.append(present + fit + NOT_NEW)
        return rows

    def _nearest(self, referent: Referent, at: int) -> int | None:
        inside = self._reading.inside
        for place in range(bisect_left(referent.at, at) - 1, -1, -1):
            if inside[referent.at[place]] < 0:
                return referent.at[place]
        return None

    def _presence(
        self,
        referent: Referent,
        at: int,
        near: int | None,
        pronoun: str,
        rank: Mapping[int, int],
        latest_subject: int | None,
        several: int,
        agrees: Row,
    ) -> Row:
        reading = self._reading
        spoke = referent is self._last
        back, standing, opens, governs, first, subject = REACH, 0.0, 0, 0, 0, 0
        table = [0.0] * (len(PLACES) * len(ROLES))
        same_passage = same_pronoun = 0
        if near is not None:
            back = min(REACH, self.back(at, near))
            subject, reporter, possessor = self.role(near)
            same_sentence = reading.sentences[near] == reading.sentences[at]
            place = 0 if same_sentence else min(3, max(1, back))
            role = 0 if reporter else 1 if subject else 2 if possessor else 3
            table[place * len(ROLES) + role] = 1.0
            same_passage = int(reading.passages[near] == reading.passages[at])
            opens = int(same_passage and self._opens(near))
            governs = int(bool(same_sentence and subject) and self._governs(near, at))
            first = int(near == referent.at[0])
            same_pronoun = int(bool(pronoun) and self._pronouns.get(near) == pronoun)
            for place in range(bisect_left(referent.at, at) - 1, -1, -1):
                i = referent.at[place]
                gone = self.back(at, i)
                if gone > 5:
                    break
                if reading.inside[i] < 0:
                    a, b, _ = self.role(i)
                    standing = max(standing, (a + b) * math.exp(-0.5 * gone))
        close = spoke and reading.passages[at] - reading.passages[self._last_at] <= 1
        return (
            -float(back),
            *table,
            float(same_passage),
            standing,
            float(opens),
            float(governs),
            float(first),
            -math.log1p(rank[near]) if near is not None else -math.log1p(len(rank)),
            float(near is not None and near == latest_subject),
            float(spoke),
            float(close),
            math.log1p(len(referent.at)),
            float(not referent.named),
            float(referent.named and fold(referent.name.split()[0]) in given_names()),
            float(referent.named and " " in referent.name),
            float(not english.HONORIFICS.issuperset(referent.titles)),
            float(referent.place),
            float(near is None),
            float(several == 1),
            *agrees,
            float(same_pronoun),
            float(referent.several),
            float(referent.type == "person"),
            float(self._is_said(referent, at)),
        )

    def role(self, i: int) -> tuple[int, int, int]:
        """Whether a mention is a subject, one of a reporting verb, or a possessor."""
        if i not in self._roles:
            self._roles[i] = self._find_role(i)
        return self._roles[i]

    def _find_role(self, i: int) -> tuple[int, int, int]:
        words = self._reading.words
        if i + 1 < len(words) and words[i + 1].upos == "VERB" and words[i + 1].lemma.lower() in SAYING:
            return 1, 1, 0  # the name right before the verb, whatever the parse
        i = self._reading.top_of_name(i)
        if self._is_topic(i):
            return 1, 0, 0
        if not words[i].deprel.startswith("nsubj"):
            return 0, 0, int(words[i].deprel == "nmod:poss")
        head = self._reading.heads[i]
        return 1, int(head >= 0 and words[head].lemma.lower() in SAYING), 0

    def _is_topic(self, i: int) -> bool:
        """Whether a sentence says at once that it is about somebody: For Lowe, it …; As for him, …"""
        reading = self._reading
        for child in reading.children[i] if reading.words[i].deprel == "obl" else ():
            if reading.words[child].text in ("For", "As") and reading.words[child].deprel == "case":
                return child == 0 or reading.sentences[child - 1] != reading.sentences[child]
        return False

    def _is_said(self, referent: Referent, at: int) -> bool:
        """Whether a quotation in the paragraph of a word names somebody: few speak so of themselves."""
        reading = self._reading
        return any(
            reading.inside[i] >= 0 and reading.passages[i] == reading.passages[at]
            for i in referent.at[
                bisect_left(referent.at, at - WITHIN) : bisect_left(referent.at, at + WITHIN)
            ]
        )

    def _opens(self, i: int) -> bool:
        return self._openers.get(self._reading.passages[i]) == self._reading.top_of_name(i)

    def _governs(self, subject: int, at: int) -> bool:
        """Whether a word hangs on the verb whose subject the other is: Smith said that he …"""
        verb = self._reading.heads[self._reading.top_of_name(subject)]
        return verb >= 0 and self._reading.is_under(self._reading.heads[at], verb)


def _fitness(referent: Referent, described: Description) -> Row:
    """How far what the article says of a referent fits a description."""
    titles, name_words = referent.titles, referent.name_words
    like = english.likes(described.head)
    other = described.words - {described.head}
    fits = sum(w in titles for w in other)
    in_name = described.head in name_words
    like_name = not in_name and not name_words.isdisjoint(english.named_like(described.head))
    other_in_name = sum(w in name_words for w in other)
    return (
        float(referent.named and described.head in titles),
        float(referent.named and described.head not in titles and any(w in titles for w in like)),
        float(referent.named and in_name),
        float(referent.named and like_name),
        float(min(2, fits + other_in_name)),
        float(min(2, len(other) - fits - other_in_name)),
        float(bool(described.names - name_words - titles.keys())),
        float(not referent.named and (described.head in titles or any(w in titles for w in like))),
        float(not referent.named and bool(other) and fits == len(other)),
        float(
            described.sort == "body"
            and not (in_name or like_name)
            and not name_words.isdisjoint(english.ORGANISATION_NOUNS)
        ),
        float(described.head in referent.works or any(w in referent.works for w in like)),
        min(2.0, referent.described_as.get(described.head, 0.0)),
        min(2.0, sum(referent.described_as.get(w, 0.0) for w in like) if referent.described_as else 0.0),
    )


def newness(described: Description | None, candidates: Sequence[Referent] = ()) -> Row:
    """The features of somebody new, beside the candidates that a description may mean instead."""
    head = (1.0,)
    if described is None:
        rest = (0.0,) * (len(NEWNESS) - 1)
    else:
        d = described
        rest = tuple(
            float(f)
            for f in (
                d.definite,
                d.indefinite,
                d.possessed,
                d.plural,
                d.head in english.NAMELESS,
                bool(d.names),
                d.complemented,
                bool(d.sort),
                d.ordinal,
                d.definite and not any(r.shares(d.head) for r in candidates),
            )
        )
    return (0.0,) * (len(PRESENCE) + len(FITNESS)) + head + rest


NOT_FITTING: Row = (0.0,) * len(FITNESS)
NOT_NEW: Row = (0.0,) * len(NEWNESS)


def agreement(referent: Referent, pronoun: str) -> float:
    """Over 0 where the referent is likely of the pronoun's sex, under 0 of the other; -1 to 1."""
    if pronoun in english.HE:
        return math.tanh(referent.he - referent.she)
    if pronoun in english.SHE:
        return math.tanh(referent.she - referent.he)
    return 0.0


def _agrees(leaning: float, another: bool) -> Row:
    """How far a referent agrees with a pronoun; `another`: some candidate surely does."""
    return (
        max(0.0, leaning),
        min(0.0, leaning),
        float(leaning >= SURELY),
        float(another and leaning <= -LEANING),
        float(another and abs(leaning) < LEANING),
    )


def told_sentences(reading: Reading) -> list[int]:
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


def _paragraph_openers(reading: Reading) -> dict[int, int]:
    """The first subject of each paragraph's narration."""
    openers: dict[int, int] = {}
    for i, word in enumerate(reading.words):
        if word.deprel.startswith("nsubj") and reading.inside[i] < 0:
            openers.setdefault(reading.passages[i], i)
    return openers
