"""Which names seen in different articles are one speaker's: the same, different, or for a person to decide.

Every name is placed under the fullest name that is certainly the same speaker's: "Kadhemi" under "Mustafa
al-Kadhimi". Where two fuller names fit that are not one speaker ("Biden": Joe or Jill), it
stays by itself unless its office decides, and both are suggested. Where a name is placed depends on the names
and titles that are there, not on the order in which they came; so the order of the articles does not matter.

Precision comes first: a wrong merger is worse than a missed one. What else is known than names only decides
between bare names, and orders what is suggested.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Protocol

from quotetrack.names import Keys, blocking_keys, compare_names, normalise, parse_name
from quotetrack.names.facts import given_names
from quotetrack.names.organisations import is_generic, is_known, words
from quotetrack.names.parse import is_initial
from quotetrack.names.sounds import likeness
from quotetrack.names.verdict import Comparison
from quotetrack.records import SpeakerType
from quotetrack.speakers.identity import bare_name, is_somebody
from quotetrack.speakers.offices import has_office, share_office

# A name may fit so many others; the likeliest are worth a person's time.
MAX_SUGGESTIONS = 5
MIN_SUGGESTED = 0.45
# What adds to a suggestion's score beside the names.
SAME_OFFICE, SAME_COMPANY, SAME_OUTLET = 0.15, 0.1, 0.05
# Across a corpus of thousands of names, bare ones of this length at least are one though spelt differently.
SOUND_LENGTH, SPELLING_LENGTH, SURE_SPELLING = 5, 7, 0.9
SURE_BODY = 0.9  # the same words or a known form; less where only initials or a place tell
BY_OFFICE = 0.7  # the score of a bare surname that an office decides


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A name in the database and what is known of who bears it.

    `also`: other names given by people or authority lists; `aliases`: those that articles use. `pinned`:
    people have decided something about it, so it is not placed under another. `listed`: an authority list has
    it, whose names come first.
    """

    id: int
    name: str
    type: SpeakerType
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    pinned: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """Where a speaker was met: the outlets, and the names of who else spoke in the same articles."""

    outlets: frozenset[str] = frozenset()
    companions: frozenset[str] = frozenset()


class SpeakerIndex(Protocol):
    """What linking asks of a database."""

    def candidates(self, keys: Iterable[str]) -> list[KnownSpeaker]:
        """The speakers that share one of `keys`; very common keys may be passed over."""

    def never_merge(self, a: int, b: int) -> bool:
        """A person said that these two are not the same."""

    def company(self, speaker: int) -> Company: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    speaker: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Under which speaker a name is placed (None: it stands by itself), why, and who else it might be."""

    same_as: int | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def rank(speaker: KnownSpeaker) -> tuple[bool, int, str, int]:
    """The order in which names are placed under each other: the fuller one is above."""
    # What people decided about one form of a full name holds for fuller forms of it that come later.
    leads = speaker.listed or (speaker.pinned and not (speaker.type == "person" and _is_bare(speaker)))
    return leads, fullness(speaker.name, speaker.type), normalise(speaker.name), -speaker.id


@lru_cache(maxsize=1 << 15)
def fullness(name: str, type: SpeakerType) -> int:
    """How much of a name is there: words written out count thrice as much as initials and suffixes."""
    if type != "person":
        return len(normalise(name))
    parts = parse_name(name)
    forenames = sum(1 if is_initial(word) else 3 for word in parts.forenames)
    return forenames + 3 * len(parts.surname) + bool(parts.suffix)


def keys(speaker: KnownSpeaker) -> Keys:
    """What to file and to seek `speaker` under; nobody in particular is never looked up."""
    if not is_somebody(speaker.name, speaker.type):
        return Keys()
    names = (speaker.name, *speaker.aliases, *speaker.also)
    return reduce(or_, (blocking_keys(name, speaker.type) for name in names))


def judge(a: KnownSpeaker, b: KnownSpeaker, index: SpeakerIndex) -> Comparison:
    """Are these two one speaker, by what people said, their names, and their offices where names are bare?"""
    if index.never_merge(a.id, b.id):
        return Comparison(False, 0.0, ("a person said that they are not the same",))
    if a.type != b.type:
        return Comparison(False, 0.0, (f"a {a.type} and a {b.type}",))
    if a.type != "person" and bare_name(a.name, a.type) == bare_name(b.name, b.type):
        return Comparison(False, 0.0, ("the same words for two bodies or documents",))
    verdict = compare_names(a.name, b.name, a.type, b.type)
    if verdict.same is not True and (alias := _called(a, b) or _called(b, a)):
        return Comparison(True, 0.95, (f"also known as {alias}",))
    if a.type != "person":
        return _sure_body(a, b, verdict)
    if verdict.same is False or not (_is_bare(a) or _is_bare(b)):
        return verdict
    shared = share_office(a.titles, b.titles)
    if verdict.same is None and shared and verdict.score >= MIN_SUGGESTED:
        return Comparison(True, BY_OFFICE, (f"the same office: {shared}", *verdict.reasons))
    if verdict.same and not shared and has_office(a.titles) and has_office(b.titles):
        return Comparison(None, 0.6, ("the same surname, but no office in common", *verdict.reasons))
    if verdict.same and not shared and not _same_surname(a, b):
        return Comparison(None, 0.6, ("too little to go by", *verdict.reasons))
    return verdict


def _sure_body(a: KnownSpeaker, b: KnownSpeaker, verdict: Comparison) -> Comparison:
    """Across a corpus, the same initials or the same body of another country are to be expected."""
    if verdict.same and (verdict.score < SURE_BODY or is_generic(a.name) or is_generic(b.name)):
        return Comparison(None, 0.6, verdict.reasons)
    return verdict


def _same_surname(a: KnownSpeaker, b: KnownSpeaker) -> bool:
    """A bare name is the surname of the other, and not only much like it, nor a given name as well."""
    surnames = [normalise(" ".join(parse_name(one.name).surname)) for one in (a, b)]
    short = min(map(len, surnames))
    if not short or not given_names().isdisjoint(surnames):
        return surnames[0] == surnames[1] and _is_bare(a) and _is_bare(b)
    score, kind = likeness(*surnames)
    return (
        kind == "same"
        or (kind == "sound" and short >= SOUND_LENGTH)
        or (kind == "spelling" and short >= SPELLING_LENGTH and score >= SURE_SPELLING)
    )


def _called(a: KnownSpeaker, b: KnownSpeaker) -> str:
    """A name of `b` by people, lists or, for organisations, articles, that is the name of `a`."""
    forms = b.aliases if b.type != "person" else ()
    names = (*b.also, *(alias for alias in forms if not _is_part(alias, b.name)))
    if not names:
        return ""
    wanted = normalise(a.name)
    return next((name for name in names if normalise(name) == wanted), "")


def _is_part(alias: str, name: str) -> bool:
    """An article's short form that leaves words out may be another body's: "FIFA", "FIFA Talent Scheme".

    So may an abbreviation that no list knows: "SIT" is the Special Investigation Team of any state.
    """
    return set(words(alias)) < set(words(name)) or (alias.isupper() and not is_known(alias))


def _also(speaker: KnownSpeaker, other: KnownSpeaker) -> bool:
    return normalise(speaker.name) in {normalise(name) for name in other.also}


def _is_bare(speaker: KnownSpeaker) -> bool:
    return not parse_name(speaker.name).forenames


def place(speaker: KnownSpeaker, index: SpeakerIndex) -> Link:
    """Where `speaker` belongs among the speakers of `index`."""
    others = [other for other in index.candidates(keys(speaker).sought) if other.type == speaker.type]
    ranks = {other.id: rank(other) for other in others}
    mine = rank(speaker)
    above = [other for other in others if ranks[other.id] > mine]
    above.sort(key=lambda other: ranks[other.id], reverse=True)
    verdicts = [(other, judge(speaker, other, index)) for other in above]
    if above and (above[0].pinned or above[0].listed):
        # It may be less full than the others: those beside this one count against it as well.
        beside = [other for other in others if other.id != speaker.id and other not in above]
        verdicts += [
            (other, verdict) for other in beside if not (verdict := judge(speaker, other, index)).same
        ]
    hosts = [(other, verdict) for other, verdict in verdicts if verdict.same]
    # Who is called so by a person or a list is meant, whoever else it might be by name.
    called = [(other, verdict) for other, verdict in hosts if _also(speaker, other)]
    if (
        called
        and not speaker.pinned
        and all(judge(other, called[0][0], index).same for other, _ in called[1:])
    ):
        return Link(called[0][0].id, called[0][1].score, called[0][1].reasons)
    unsure = [(other, verdict) for other, verdict in verdicts if verdict.same is None and other in above]
    if speaker.pinned:
        return Link(suggestions=_suggestions(speaker, hosts + unsure, index))
    if hosts and not _one_speaker(speaker, hosts, verdicts, index):
        in_office = [
            (other, verdict) for other, verdict in hosts if share_office(speaker.titles, other.titles)
        ]
        if not in_office or not _one_speaker(speaker, in_office, verdicts, index):
            return Link(suggestions=_suggestions(speaker, hosts + unsure, index))
        hosts = in_office
    if not hosts:
        return Link(suggestions=_suggestions(speaker, unsure, index))
    host, verdict = hosts[0]
    # Who the fullest name might be is asked about that name.
    return Link(host.id, verdict.score, verdict.reasons)


def _one_speaker(
    speaker: KnownSpeaker,
    hosts: list[tuple[KnownSpeaker, Comparison]],
    verdicts: list[tuple[KnownSpeaker, Comparison]],
    index: SpeakerIndex,
) -> bool:
    """All of these are certainly the first of them, and that one is nobody who is certainly not meant."""
    first = hosts[0][0]
    if any(judge(other, first, index).same is not True for other, _ in hosts[1:]):
        return False
    found = {other.id: verdict for other, verdict in verdicts}
    # Names that share one word with this one are found by what they share with the first.
    beside = [other for other in index.candidates(keys(first).sought) if other.id != speaker.id]
    mine, words = rank(speaker), keys(speaker).filed
    # What is known already is asked first: to judge two names that were never compared costs the most.
    return not any(
        (other.id not in found or found[other.id].same is False)
        and rank(other) > mine
        and judge(other, first, index).same
        and (other.id in found or judge(speaker, other, index).same is False)
        # A by-name is unlike the name, and no sign of another person.
        and not _called(other, first)
        and (other.id in found or not words.isdisjoint(keys(other).filed))
        for other in {other.id: other for other in (*(one for one, _ in verdicts), *beside)}.values()
    )


def _suggestions(
    speaker: KnownSpeaker, others: list[tuple[KnownSpeaker, Comparison]], index: SpeakerIndex
) -> tuple[Suggestion, ...]:
    likely = [(other, verdict) for other, verdict in others if verdict.score >= MIN_SUGGESTED]
    # Only names and titles choose whom to suggest, so that it does not matter which article came first.
    likely.sort(key=lambda pair: (-pair[1].score, normalise(pair[0].name)))
    weighed = [_weigh(speaker, other, verdict, index) for other, verdict in likely[:MAX_SUGGESTIONS]]
    return tuple(sorted(weighed, key=lambda suggestion: (-suggestion.score, suggestion.speaker)))


def _weigh(
    speaker: KnownSpeaker, other: KnownSpeaker, verdict: Comparison, index: SpeakerIndex
) -> Suggestion:
    """The score of a suggestion with what else speaks for it."""
    score, reasons = min(verdict.score, 0.7), list(verdict.reasons)
    if shared := share_office(speaker.titles, other.titles):
        score += SAME_OFFICE
        reasons.append(f"the same office: {shared}")
    here, there = index.company(speaker.id), index.company(other.id)
    if companions := sorted(here.companions & there.companions):
        score += SAME_COMPANY
        reasons.append(f"both in articles with {companions[0]}")
    if outlets := sorted(here.outlets & there.outlets):
        score += SAME_OUTLET
        reasons.append(f"both in {outlets[0]}")
    return Suggestion(other.id, round(score, 3), tuple(dict.fromkeys(reasons)))
