"""Who a mention is: names, pronouns and descriptions resolved inside one article.

Names come first (`referents`). Then the narration is read in order, and each pronoun and each description
goes to the referent that agrees with it and is most present in the reader's mind: named lately, as a subject,
as the one who reports, or as the last speaker. How much each counts is learnt (training/coreference.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from quotetrack.names.facts import given_names
from quotetrack.names.text import clean, fold
from quotetrack.quotations import english
from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.mentions import Mention
from quotetrack.quotations.reading import Reading
from quotetrack.quotations.referents import Referent, Referents, find_referents
from quotetrack.records import Speaker

# How far back a pronoun looks, in sentences of narration.
REACH = 10
# The weights of `presence`, one a feature.
WEIGHTS = (1.02, 0.1, -0.58, -0.33, 0.79, -0.46, 0.35, -0.56, 0.55, 0.29, -0.05, 0.95, 0.0)
# A description that nothing in the article explains goes to the person who is present by this much more than
# the next one; a pronoun tells the sex of whoever is ahead by that much.
CLEAR_LEAD, SURE_LEAD = 0.8, 2.0

Features = tuple[float, ...]


class Resolver:
    """Reads one article's mentions in order; `author` is the article's own, for what "I" says."""

    def __init__(self, reading: Reading, author: str | None = None) -> None:
        self._reading = reading
        self._author = author
        self._known: Referents = find_referents(reading)
        self._told = _told_sentences(reading)
        self._resolved: dict[int, Referent | None] = {}
        # Pronouns that stand for a description of several: they, of hundreds of activists.
        self._stands_for: dict[int, Mention] = {}
        self._last: Referent | None = None
        self._last_at = -1

    def resolve(self, mentions: Sequence[Mention], speaking: Mapping[int, object]) -> None:
        """Decide who each mention is; `speaking` has the heads of those that are a quotation's speaker."""
        for number, mention in enumerate(mentions):
            referent = self._identify(mention)
            if self._reading.words[mention.head].text.lower() in english.THEY:
                several = self._several(mentions[:number], mention.head)
                if several is not None:
                    self._stands_for[mention.head] = several
                    referent = self._resolved[several.head]
            self._resolved[mention.head] = referent
            if referent is not None:
                referent.at.append(mention.head)
                if mention.head in speaking:
                    self._last, self._last_at = referent, mention.head

    def _identify(self, mention: Mention) -> Referent | None:
        named = self._named(mention)
        if named is not None:
            return named
        text = self._reading.words[mention.head].text.lower()
        if text in english.RELATIVE:
            return self._qualified(mention.head)
        if text in english.AUTHOR:
            return None
        if text in english.PRONOUNS:
            return self._antecedent(mention.head, text)
        return self._described(mention)

    def _named(self, mention: Mention) -> Referent | None:
        """The referent named in the mention: by its head, or beside it (a spokesman, John Smith)."""
        reading, known = self._reading, self._known
        named = known.at_word(mention.head)
        if named is not None:
            return named
        beside = [c for c in reading.children[mention.head] if reading.words[c].deprel in BESIDE]
        if reading.words[mention.head].deprel == "appos":
            beside.append(reading.heads[mention.head])
        # “Prime Minister Boris Johnson” parsed with the title as its head.
        if reading.words[mention.last].deprel != "nmod:poss":
            beside.append(mention.last)
        for other in beside:
            named = known.at_word(other)
            if named is not None and named.type == "person":
                return named
        return None

    def _qualified(self, pronoun: int) -> Referent | None:
        """Whom a relative clause is about: the word that its verb hangs on, where that is somebody known."""
        reading = self._reading
        verb = reading.heads[pronoun]
        while verb >= 0 and reading.words[verb].deprel != "acl:relcl":
            verb = reading.heads[verb]
        if verb < 0:
            return None
        antecedent = reading.heads[verb]
        return self._known.at_word(antecedent) or self._resolved.get(antecedent)

    def _antecedent(self, at: int, pronoun: str) -> Referent | None:
        """The most present referent that agrees with a pronoun."""
        ranked = self._ranked(self.candidates(pronoun), at, pronoun)
        if not ranked:
            return None
        best = ranked[0][1]
        if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= SURE_LEAD:
            best.he += 0.5 * (pronoun in english.HE)
            best.she += 0.5 * (pronoun in english.SHE)
        return best

    def _several(self, earlier: Sequence[Mention], at: int) -> Mention | None:
        """The people or body that "they" stands for: the last subject of this sentence or the one before."""
        reading = self._reading
        for mention in reversed(earlier):
            if self._told[reading.sentences[at]] - self._told[reading.sentences[mention.head]] > 1:
                return None
            word = reading.words[mention.head]
            is_body = (
                (r := self._resolved.get(mention.head)) is not None
                and r.type == "organisation"
                and not r.place
            )
            is_many = word.upos in ("NOUN", "PROPN") and word.xpos in PLURAL
            if word.deprel.startswith("nsubj") and (is_many or is_body):
                return mention
        return None

    def candidates(self, pronoun: str) -> list[Referent]:
        """Whom a pronoun may stand for: people who are not known to be of the other sex, or organisations."""
        if pronoun in english.HE | english.SHE:
            return [r for r in self._known.all if r.type == "person" and agreement(r, pronoun) >= 0]
        return [r for r in self._known.all if r.type == "organisation" and not r.place]

    def _ranked(
        self, referents: Sequence[Referent], at: int, pronoun: str = ""
    ) -> list[tuple[float, Referent]]:
        scored = []
        for referent in referents:
            features = self.presence(referent, at, pronoun)
            if features is not None:
                score = sum(w * f for w, f in zip(WEIGHTS, features, strict=True))
                scored.append((score, referent))
        return sorted(scored, key=lambda s: (-s[0], s[1].number))

    def presence(self, referent: Referent, at: int, pronoun: str) -> Features | None:
        """How present a referent is to the reader at a word, feature by feature; None where it is not."""
        reading = self._reading
        here = self._told[reading.sentences[at]]
        nearest, distance, standing = None, REACH, 0.0
        for i in referent.at:
            back = here - self._told[reading.sentences[i]]
            if i >= at or reading.inside[i] >= 0 or back > REACH:
                continue
            if nearest is None or i > nearest:
                nearest, distance = i, back
            subject, reporter, _ = self._role(i)
            standing = max(standing, (subject + reporter) * math.exp(-0.5 * back))
        spoke = referent is self._last
        if nearest is None and not spoke:
            return None
        subject, reporter, possessive = self._role(nearest) if nearest is not None else (0, 0, 0)
        close = spoke and reading.passages[at] - reading.passages[self._last_at] <= 1
        same = nearest is not None and reading.sentences[nearest] == reading.sentences[at]
        return (
            -float(distance),
            float(subject),
            float(reporter),
            float(possessive),
            standing,
            float(spoke),
            float(close),
            math.log1p(len(referent.at)),
            max(0.0, agreement(referent, pronoun)),
            float(bool(referent.titles)),
            float(same),
            float(" " in referent.name),
            float(fold(referent.name.split()[0]) in given_names()),
        )

    def _role(self, i: int) -> tuple[int, int, int]:
        """Whether a mention is a subject, one of a reporting verb, or a possessor."""
        words = self._reading.words
        if i + 1 < len(words) and words[i + 1].upos == "VERB" and words[i + 1].lemma.lower() in SAYING:
            return 1, 1, 0  # the name right before the verb, whatever the parse
        while words[i].deprel in NAME_PARTS and self._reading.heads[i] >= 0:
            i = self._reading.heads[i]
        if not words[i].deprel.startswith("nsubj"):
            return 0, 0, int(words[i].deprel == "nmod:poss")
        head = self._reading.heads[i]
        return 1, int(head >= 0 and words[head].lemma.lower() in SAYING), 0

    def _described(self, mention: Mention) -> Referent | None:
        """Somebody named elsewhere whom a description fits: the minister, the 34-year-old, the ministry."""
        reading = self._reading
        head = reading.words[mention.head]
        if head.upos not in ("NOUN", "PROPN", "ADJ") or head.xpos in PLURAL:
            return None
        definite = reading.words[mention.first].text.lower() in ("the", "this", "that")
        if not definite and not titled(reading, mention):
            return None
        lemma = head.lemma.lower().removeprefix("ex-")
        words = {reading.words[i].lemma.lower() for i in range(mention.first, mention.last + 1)}
        fitting = []
        for referent in self._known.all:
            fits = sum(w in referent.titles for w in words) if lemma in referent.titles else 0
            if referent.type == "organisation" and definite:
                fits = fits or any(lemma == fold(w) for f in referent.forms for w in f.split())
            if fits:
                fitting.append((fits, referent))
        most = max((fits for fits, _ in fitting), default=0)
        ranked = self._ranked([r for fits, r in fitting if fits == most], mention.head)
        if fitting:
            return ranked[0][1] if ranked else next(r for fits, r in fitting if fits == most)
        if not definite or (
            titled(reading, mention) and not is_person_noun(lemma) and not self._nation(mention)
        ):
            return None
        kind = (
            "person"
            if is_person_noun(lemma)
            else "organisation"
            if lemma in english.ORGANISATION_NOUNS
            else ""
        )
        if self._nation(mention):
            kind = "person"
        same_kind = [r for r in self._known.all if r.type == kind and not r.place]
        ranked = self._ranked(same_kind, mention.head)
        if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR_LEAD):
            return ranked[0][1]
        return None

    def _whole_end(self, mention: Mention) -> int:
        """Where a description ends with what it is of: hundreds of activists, residents of Basra."""
        reading = self._reading
        for child in reading.children[mention.head]:
            of = [c for c in reading.children[child] if reading.words[c].lemma == "of"]
            word = reading.words[child]
            if word.deprel == "nmod" and word.upos in ("NOUN", "PROPN") and of == [mention.last + 1]:
                inner = [child, *(c for c in reading.children[child] if c < child), *of]
                named = [c for c in reading.children[child] if reading.words[c].deprel in NAME_PARTS]
                return reading.words[max([*inner, *named])].end
        return mention.span.end

    def _nation(self, mention: Mention) -> bool:
        """Whether somebody is called by a people's name: the Czech, the Italian."""
        number = self._reading.entity_of[mention.head]
        return number >= 0 and self._reading.entities[number].type == "NORP"

    def same(self, mention: Mention, other: Mention) -> bool:
        """Whether two resolved mentions are one speaker's."""
        referent = self._resolved.get(mention.head)
        return mention == other or (referent is not None and referent is self._resolved.get(other.head))

    def speaker(self, mention: Mention) -> Speaker:
        """The speaker whom a mention names, once it is resolved."""
        mention = self._stands_for.get(mention.head, mention)
        reading = self._reading
        referent = self._resolved.get(mention.head)
        if referent is not None:
            name = referent.name
            aliases = tuple(sorted(f for f in referent.forms if f != name))
            return Speaker(name, referent.type, aliases, tuple(sorted(referent.offices)))
        head = reading.words[mention.head]
        words = clean(reading.text[mention.span.start : self._whole_end(mention)])
        if head.text.lower() in english.AUTHOR and self._author:
            return Speaker(self._author, "person")
        lemma = head.lemma.lower()
        if lemma in english.DOCUMENT_NOUNS:
            return Speaker(words, "document")
        if lemma in english.ORGANISATION_NOUNS and titled(reading, mention):
            return Speaker(re.sub(r"^the\s+", "", words, flags=re.IGNORECASE), "organisation")
        if mention.entity == "PERSON":
            return Speaker(words, "person")
        return Speaker(words, "unnamed")


# The Penn Treebank's tags of plural nouns and names.
PLURAL = ("NNS", "NNPS")
# Relations between a name and a description of the same person; between the parts of a name.
BESIDE = ("appos", "flat", "flat:name")
NAME_PARTS = ("flat", "flat:name", "compound", "appos", "nmod:desc")


def agreement(referent: Referent, pronoun: str) -> int:
    """1 where the referent is known to be of the pronoun's sex, -1 of the other, 0 where it is not known."""
    if pronoun in english.HE:
        same, other = referent.he, referent.she
    elif pronoun in english.SHE:
        same, other = referent.she, referent.he
    else:
        return 0
    return (same > other) - (other > same)


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
    return lemma in english.PERSON_NOUNS or lemma.endswith(
        ("er", "or", "ist", "ian", "man", "woman", "old", "mistress", "master")
    )


def titled(reading: Reading, mention: Mention) -> bool:
    """Whether a phrase has a name in it: Iran's foreign ministry, the Salvadoran president."""
    inner = range(mention.first, mention.last + 1)
    return any(reading.words[i].upos == "PROPN" or reading.entity_of[i] >= 0 for i in inner)
