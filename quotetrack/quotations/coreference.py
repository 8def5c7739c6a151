"""Who a mention is: names, pronouns and descriptions resolved inside one article.

Names come first (`referents`). Then the narration is read in order, and each pronoun and each description
goes to the referent that is likeliest to be meant (`antecedents`), or else to somebody of whom the article
has given no name yet: "he" may be "a resident" of the sentence before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from operator import mul

from quotetrack.names.text import clean
from quotetrack.quotations import english
from quotetrack.quotations.antecedents import Antecedents, Row, agreement, load_weights, newness
from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.descriptions import PLURAL, Description, describe_mention, may_be_people, titled
from quotetrack.quotations.entities import PLACES
from quotetrack.quotations.mentions import Mention
from quotetrack.quotations.nouns import sort_of
from quotetrack.quotations.reading import BESIDE, NAME_PARTS, Reading
from quotetrack.quotations.referents import Referent, Referents, find_referents
from quotetrack.quotations.relatives import antecedent
from quotetrack.quotations.works import authors
from quotetrack.records import Speaker

# A pronoun or description that is this likely somebody's tells the sex of whoever it is.
SURE = 0.9
# Who is known to be of the other sex by this much (a title's weight is 1) is not who a pronoun means.
OTHER_SEX = 0.9

ONE_PERSON = english.HE | english.SHE
# What joins to a description what it is of: the residents of Basra, an analyst at Nomura.
LINKING = ("of", "for", "at", "from", "with")
# What somebody does who is quoted is no part of what they are.
SPEAKING = SAYING | {"speak"}


class Resolver:
    """Reads one article's mentions in order; `author` is the article's own, for what "I" says."""

    def __init__(self, reading: Reading, author: str | None = None) -> None:
        self._reading = reading
        self._author = author
        self._known: Referents = find_referents(reading)
        self._antecedents = Antecedents(reading)
        self._unnamed: list[Referent] = []
        self._resolved: dict[int, Referent] = {}
        self._authors: list[tuple[int, str]] | None = None
        self._groups: list[Referent] | None = None

    def resolve(self, mentions: Sequence[Mention], speaking: Mapping[int, object]) -> None:
        """Decide who each mention is; `speaking` has the heads of those that are a quotation's speaker."""
        writing = self._writing(mentions, speaking)
        for mention in mentions:
            text = self._reading.words[mention.head].text.lower()
            speaks = mention.head in speaking
            referent = self._identify(mention, text, speaks or mention.head in writing)
            if referent is not None:
                self._resolved[mention.head] = referent
                pronoun = text if text in english.PRONOUNS else ""
                self._antecedents.note(referent, mention.head, speaks, pronoun)

    def _writing(self, mentions: Sequence[Mention], speaking: Mapping[int, object]) -> set[int]:
        """The heads of those who wrote something, where a document speaks: it speaks for them."""
        words = self._reading.words
        if not any(sort_of(words[head].lemma.lower()) == "document" for head in speaking):
            return set()
        return {author for author, _ in self._works()}

    def _works(self) -> list[tuple[int, str]]:
        """The words that name an author, each with the noun for the work."""
        if self._authors is None:
            self._authors = list(authors(self._reading))
        return self._authors

    def _identify(self, mention: Mention, text: str, speaks: bool) -> Referent | None:
        named = self._named(mention)
        if named is not None:
            return self._bearer(mention, named)
        if text in english.RELATIVE:
            return self._qualified(mention.head)
        if text in english.AUTHOR:
            return None
        # Who does not speak counts only as somebody whom a later he, she, they or description may mean.
        if text in english.PRONOUNS:
            return self._antecedent(mention, text, None) if speaks or text in ONE_PERSON else None
        if not speaks and not may_be_people(self._reading, mention):
            return None
        described = describe_mention(self._reading, mention)
        if described is None or not (speaks or described.sort in ("person", "people")):
            return None
        referent = self._antecedent(mention, "", described)
        if referent is None:
            return self._introduced(mention, described)
        if described.sort == "document" and referent.type != "document":
            referent.works.add(described.head)
        return referent

    def _bearer(self, mention: Mention, named: Referent) -> Referent:
        """Of several who bear the name in a mention, the likeliest."""
        bearers = self._known.ambiguous.get(mention.head, ())
        if named not in bearers:
            return named
        title = self._reading.words[max(0, mention.head - 1)].text.rstrip(".").lower()
        pronoun = "he" if title in english.MALE else "she" if title in english.FEMALE else ""
        rows = self._antecedents.rows(bearers, mention.head, pronoun, None)
        chosen, _ = self._choose(mention, "name", bearers, rows, None)
        return chosen or named

    def _named(self, mention: Mention) -> Referent | None:
        """The referent named in the mention: by its head, or beside it (a spokesman, John Smith)."""
        reading, known = self._reading, self._known
        named = known.at_word(mention.head)
        # A paper’s columnist, and not the paper, where their names run into one another.
        bearer = known.at_word(mention.last) if reading.words[mention.last].deprel != "nmod:poss" else None
        if named is not None and named.type != "person" and bearer is not None and bearer.type == "person":
            return bearer
        if named is not None:
            return named
        named = self._named_beside(mention.head)
        if named is not None:
            return named
        # “Prime Minister Boris Johnson” parsed with the title as its head; the state agency Xinhua.
        return bearer or known.called(mention.head) or known.surnamed(reading.words[mention.head].text)

    def _named_beside(self, noun: int) -> Referent | None:
        """Who is named in apposition to a noun: the company's customer, carmaker Vessel."""
        reading = self._reading
        beside = [c for c in reading.children[noun] if reading.words[c].deprel in BESIDE]
        # His daughter, the novelist Ann Lowe; the founder, Sister Ann Lowe.
        beside += [c for part in beside for c in reading.children[part] if reading.words[c].deprel in BESIDE]
        # “The goalkeeper of the northern side, Zaid Murad”: the side has no such name.
        beside += [
            c
            for side in reading.children[noun]
            if reading.words[side].deprel == "nmod" and not sort_of(reading.words[side].lemma.lower())
            for c in reading.children[side]
            if reading.words[c].deprel == "appos"
        ]
        if reading.words[noun].deprel == "appos":
            beside.append(reading.heads[noun])
        named = (self._known.at_word(other) for other in beside)
        # What is in a place is not called like it.
        return next((r for r in named if r is not None and not r.place), None)

    def _qualified(self, pronoun: int) -> Referent | None:
        """Whom a relative clause is about, where that is somebody known."""
        noun = antecedent(self._reading, pronoun)
        return None if noun is None else self._known.at_word(noun) or self._resolved.get(noun)

    def _antecedent(self, mention: Mention, pronoun: str, described: Description | None) -> Referent | None:
        """The likeliest of the referents that a mention may stand for; None for somebody new."""
        kind = kind_of(pronoun, described)
        candidates = self.candidates(kind, pronoun, described)
        if kind == "they":
            candidates += [group for group in self._named_together() if group.at[0] < mention.head]
        if not candidates:
            return None
        if kind == "document":
            self._note_works()
        rows = self._antecedents.rows(candidates, mention.head, pronoun, described)
        chosen, likelihood = self._choose(
            mention, kind, candidates, [*rows, newness(described, candidates)], described
        )
        if chosen is not None and likelihood >= SURE:
            chosen.he += 0.5 * (pronoun in english.HE)
            chosen.she += 0.5 * (pronoun in english.SHE)
        return chosen

    def _named_together(self) -> list[Referent]:
        """Those whom the narration names in one breath, as one referent: Ann Lowe and Luis Ortega."""
        if self._groups is None:
            known, reading, groups = self._known, self._reading, dict[tuple[int, ...], Referent]()
            for i in sorted(i for referent in known.all for i in referent.at if reading.inside[i] < 0):
                heads = reading.joined(i)
                found = [known.called(h) or known.at_word(h) or self._named_beside(h) for h in heads]
                members = tuple(r for r in found if r is not None and not r.place)
                alike = len({r.number for r in members}) == len(heads) > 1 == len({r.type for r in members})
                if alike and members[0] is known.at_word(i):
                    key = tuple(r.number for r in members)
                    first = members[0]
                    group = groups.setdefault(
                        key, Referent(-1, first.type, first.name, several=True, members=members)
                    )
                    group.at.append(i)
            self._groups = list(groups.values())
        return self._groups

    def _note_works(self) -> None:
        """Note what those known so far have written."""
        for author, work in self._works():
            referent = self._known.at_word(author) or self._known.called(author) or self._resolved.get(author)
            if referent is not None and referent.type != "document":
                referent.works.add(work)

    def _choose(
        self,
        mention: Mention,
        kind: str,
        candidates: Sequence[Referent],
        rows: Sequence[Row],
        described: Description | None,
    ) -> tuple[Referent | None, float]:
        """The likeliest candidate (None: the last row, somebody new), and how likely it is."""
        weights = load_weights()[kind]
        scores = [sum(map(mul, weights, row)) for row in rows]
        best = max(range(len(scores)), key=lambda n: (scores[n], -n))
        ratios = [math.exp(s - scores[best]) for s in scores]
        likelihood = 1.0 / sum(ratios)
        if described is not None and described.definite:
            for referent, ratio in zip(candidates, ratios, strict=False):
                referent.note_called(described.head, ratio * likelihood)
        return (candidates[best] if best < len(candidates) else None), likelihood

    def candidates(self, kind: str, pronoun: str, described: Description | None) -> list[Referent]:
        """Whom a mention may stand for, by what it can mean at all: a he is never an organisation."""
        everybody = [*self._known.all, *self._unnamed]
        if kind == "he":
            return [r for r in everybody if r.is_person and agreement(r, pronoun) > -OTHER_SEX]
        if kind == "it":
            return [r for r in everybody if not r.is_person and not r.several]
        if kind == "they":
            return [r for r in everybody if not r.place]
        assert described is not None
        if kind == "person":
            return [r for r in everybody if r.is_person and (r.named or r.shares(described.head))]
        if described.sort == "document":
            return [
                r
                for r in everybody
                if (r.named and not r.place) or (r.type == "document" and r.shares(described.head))
            ]
        if described.sort == "people":
            return [r for r in self._unnamed if r.shares(described.head) and r.several == described.plural]
        return [r for r in everybody if not r.is_person and (r.named or r.shares(described.head))]

    def _introduced(self, mention: Mention, described: Description) -> Referent | None:
        """Somebody of whom the article has told no name so far."""
        fuller = self._fuller(mention, described)
        name = fuller or clean(self._reading.text[mention.span.start : self._whole_end(mention)])
        referent = Referent(-1 - len(self._unnamed), "unnamed", named=False, several=described.plural)
        referent.is_person = described.sort == "person"
        referent.note_form(name)
        for word in described.words:
            referent.note_title(word)
        if described.sort == "document":
            referent.type = "document"
        elif described.sort == "body" and (fuller or titled(self._reading, mention)):
            referent.type = "organisation"
        self._unnamed.append(referent)
        return referent

    def _fuller(self, mention: Mention, described: Description) -> str:
        """What the article calls a body elsewhere, nearest before: the Iranian army; else ""."""
        reading = self._reading
        if described.sort != "body" or mention.last > mention.first + described.definite:
            return ""
        nouns = {reading.words[mention.head].text.lower()}
        if not described.plural:
            nouns |= english.likes(described.head)
        found = ""
        for i, word in enumerate(reading.words):
            if i > mention.head and found:
                break
            if word.text.lower() in nouns and i != mention.head and reading.inside[i] < 0:
                first, last = self._names_beside(i)
                if last > first and self._known.at_word(i) is None:
                    found = clean(reading.text[reading.words[first].start : reading.words[last].end])
        return found

    def _names_beside(self, noun: int) -> tuple[int, int]:
        """The first and the last word of a noun with the names before it, and the place after it."""
        reading = self._reading
        first, last, number = noun, noun, reading.sentences[noun]
        while first > 0 and reading.sentences[first - 1] == number and reading.inside[first - 1] < 0:
            if reading.entity_of[first - 1] < 0 and reading.words[first - 1].text not in ("'s", "’s"):
                break
            first -= 1
        after = noun + 2
        if after < len(reading.words) and reading.words[noun + 1].text.lower() in ("of", "in"):
            entity = reading.entity_of[after]
            if entity >= 0 and reading.entities[entity].type in PLACES:
                last = reading.between(reading.entities[entity].start, reading.entities[entity].end)[-1]
        return first, last

    def _whole_end(self, mention: Mention) -> int:
        """Where a description ends with what belongs to it: a spokeswoman for the Ministry of Works."""
        return self._reading.words[self._last_word(mention.head, mention.last)].end

    def _last_word(self, head: int, last: int) -> int:
        reading = self._reading
        for child in reading.children[head]:
            word = reading.words[child]
            # A source close to the star, a person briefed on the matter.
            beside = head < child and child in (last, last + 1) and word.lemma not in SPEAKING
            if beside and word.deprel in ("amod", "acl"):
                about = [c for c in reading.children[child] if reading.words[c].deprel in ("obl", "nmod")]
                begun = [c for c in about if child + 1 in reading.children[c]]
                if begun and reading.words[child + 1].deprel == "case":
                    return self._last_word(begun[0], max(begun[0], child))
            # A court in Hefei is that court; an expert in Hefei is no more than an expert.
            entity = reading.entity_of[child]
            is_seat = entity >= 0 and reading.entities[entity].type in PLACES and self._is_body(head)
            linking = (*LINKING, "in") if is_seat else LINKING
            linked = [c for c in reading.children[child] if reading.words[c].lemma in linking]
            is_part = word.deprel == "nmod" and word.upos in ("NOUN", "PROPN") and reading.inside[child] < 0
            if is_part and linked == [last + 1]:
                named = [c for c in reading.children[child] if reading.words[c].deprel in NAME_PARTS]
                # The union, Ann Lowe: she is no part of what it is called.
                named = [c for c in named if reading.words[c].deprel != "appos"]
                end = self._last_word(child, max([child, *named]))
                return self._last_joined(child, end, reading.words[head].xpos in PLURAL)
        return last

    def _last_joined(self, noun: int, last: int, several: bool) -> int:
        """Where what is joined to a noun ends: the leaders of Japan and Ireland.

        Of `several` people a single word that seems a person's name is one more place.
        """
        reading = self._reading
        for other in reading.children[noun]:
            word = reading.words[other]
            if word.deprel != "conj" or other < last:
                continue
            if self._names_person(other, in_full=several) > self._names_person(noun):
                continue
            between = [reading.words[i] for i in range(last + 1, other)]
            if any(w.upos in ("VERB", "AUX") for w in between) or reading.inside[other] >= 0:
                break
            named = [c for c in reading.children[other] if reading.words[c].deprel in ("flat", "compound")]
            last = max([other, *named])
        return last

    def _names_person(self, word: int, in_full: bool = False) -> bool:
        referent = self._known.at_word(word)
        if referent is None or referent.type != "person":
            return False
        return " " in referent.name or not in_full

    def _is_body(self, noun: int) -> bool:
        return sort_of(self._reading.words[noun].lemma.lower()) == "body"

    def by_name(self, mention: Mention, mentions: Sequence[Mention]) -> Mention:
        """The mention by name where there is one beside a description: the head of the harbour, Ann Lowe."""
        named = self._known.called(mention.head) or self._named_beside(mention.head)
        if named is None or self._known.at_word(mention.head) is named:
            return mention
        after = [m for m in mentions if m.head > mention.head and self._known.at_word(m.head) is named]
        return after[0] if after else mention

    def same(self, mention: Mention, other: Mention) -> bool:
        """Whether two resolved mentions are one speaker's."""
        referent = self._resolved.get(mention.head)
        return mention == other or (referent is not None and referent is self._resolved.get(other.head))

    def speakers(self, mention: Mention) -> list[Speaker]:
        """The speakers whom a mention names, once it is resolved: several where "they" means several."""
        referent = self._resolved.get(mention.head)
        members = referent.members if referent is not None else ()
        return [_speaker(member) for member in members] or [self.speaker(mention)]

    def speaker(self, mention: Mention) -> Speaker:
        """The speaker whom a mention names, of several the first."""
        reading = self._reading
        referent = self._resolved.get(mention.head)
        if referent is not None:
            return _speaker(referent.members[0] if referent.members else referent)
        words = clean(reading.text[mention.span.start : self._whole_end(mention)])
        if reading.words[mention.head].text.lower() in english.AUTHOR and self._author:
            return Speaker(self._author, "person")
        if mention.entity == "PERSON":
            return Speaker(words, "person")
        return Speaker(words, "unnamed")


def _speaker(referent: Referent) -> Speaker:
    name = referent.name
    if referent.named:
        aliases = tuple(sorted(f for f in referent.forms if f != name))
        return Speaker(name, referent.type, aliases, tuple(sorted(referent.offices)))
    if referent.type == "organisation":
        name = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    return Speaker(name, referent.type)


def kind_of(pronoun: str, described: Description | None) -> str:
    """Which of the sets of weights decides about a mention."""
    if described is not None:
        return described.sort if described.sort in ("person", "document") else "body"
    if pronoun in ONE_PERSON:
        return "he"
    return "it" if pronoun in english.IT else "they"
