"""The records that the rooms hand to each other.

All offsets are characters of `Article.text`, end exclusive. Every record is frozen: a room that wants to
say something new makes a new record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpeakerType = Literal["person", "organisation", "document", "unnamed"]


@dataclass(frozen=True, slots=True)
class Article:
    """One version of a news article, its text exactly as it came.

    `id` is the source's own key (an id, an address or a file's path), the same for every version of the
    article. `published` is an ISO 8601 date or date and time, as far as it is known.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as one article tells.

    `name` is the fullest form in the article; `aliases` are the other forms seen there, without pronouns;
    `titles` are the titles and descriptions that stand beside the name ("prime minister", "analyst").
    """

    name: str
    type: SpeakerType
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """One speaker of a quotation and the evidence: where the article says so, and what decided it.

    `mention` is how the article names the speaker there ("he"); `cue` is the word that reports; either may
    be absent where a quotation continues an earlier one. `confidence` is the estimated probability, 0 to 1,
    that the mention names the speaker.
    """

    speaker: Speaker
    mention: Span | None
    cue: Span | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """A direct quotation: the words between the marks, which may run over several paragraphs.

    `complete` is false where the opening or the closing mark is missing. `attributions` is empty where the
    article does not tell who speaks; `confidence` is then how sure it is that this is a quotation at all.
    """

    start: int
    end: int
    text: str
    complete: bool
    confidence: float
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one article: its quotations in the order of the text."""

    article: Article
    quotations: tuple[Quotation, ...]
