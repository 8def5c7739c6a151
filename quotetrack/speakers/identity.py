"""Which mentions in different articles are one for certain: the same name, where a name tells who it is.

A row of the database stands for one such identity; `linking` then decides which rows are one speaker.
"""

from __future__ import annotations

import re

from quotetrack.names import normalise, parse_name
from quotetrack.names.facts import given_names, kinds
from quotetrack.names.organisations import is_generic, words
from quotetrack.names.parse import Name, is_nobody
from quotetrack.records import Speaker, SpeakerType
from quotetrack.speakers.offices import office

PREFIX = "n:"
_ARTICLE = re.compile(r"^(?:the|an?|this|that) ", re.IGNORECASE)


def identity_keys(speaker: Speaker, outlet: str | None) -> frozenset[str]:
    """Speakers of two articles that share a key are one and the same; none where no other can mean them.

    A surname that thousands bear needs the same office beside it, a kind of body that every country has
    ("police") the same outlet. Nobody in particular has no key.
    """
    name = bare_name(speaker.name, speaker.type)
    if not name or not is_somebody(speaker.name, speaker.type):
        return frozenset()
    base = f"{PREFIX}{speaker.type}:{name}"
    if speaker.type == "person" and is_ambiguous(parse_name(speaker.name)):
        offices = (
            office(title) for title in (*speaker.titles, " ".join(parse_name(speaker.name).honorifics))
        )
        return frozenset(f"{base}:{' '.join(sorted(one))}" for one in offices if one)
    if speaker.type == "organisation" and is_generic(speaker.name):
        # "Health Ministry", "Ministry of Health"
        body = "+".join(sorted(words(speaker.name)))
        return frozenset({f"{PREFIX}body:{body}:{normalise(outlet)}"}) if outlet else frozenset()
    return frozenset({base})


def is_somebody(name: str, type: SpeakerType) -> bool:
    """Not an unnamed speaker, nor a person or document without a name of its own ("The report")."""
    if type == "organisation":
        return True
    return type != "unnamed" and not _ARTICLE.sub("", name).islower() and not is_nobody(name)


def bare_name(name: str, type: SpeakerType) -> str:
    """The name without titles, normalised; with them where it is nothing without ("King Charles")."""
    parsed = parse_name(name)
    return normalise(f"{parsed.full} {parsed.suffix}" if type == "person" and parsed.surname else name)


def is_ambiguous(name: Name) -> bool:
    """One word that many people are called: "Smith", "Mohammed", "Maria"; or an office without a name."""
    if name.is_office:
        return True
    if name.forenames or len(name.surname) != 1:
        return False
    word = normalise(name.surname[0])
    return word in kinds("surnames.txt")["common"] or word in given_names()
