"""The same quotation in other articles: the same words whatever their marks, or a part of them.

Newspapers cut one statement differently, so a quotation is also looked for by runs of its words. Two
quotations that share a run of at least SHARED words, and most of the shorter one, are taken to be one
statement. A few words alone ("tragic") are one only from one speaker's mouth.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from quotetrack.site import words
from quotetrack.site.filters import phrase
from quotetrack.site.quoted import said_by

# More are a slogan, and the search finds them all.
MAX_ELSEWHERE = 20

# People say the same five words without quoting each other ("at the end of the"), hardly ever the same six:
# of the newswire's 5-word runs in two articles all but one in ten were such phrases.
SHARED = 6
_MOST = 0.6

# Of the newswire's quotations that two speakers have in the same words, those of fewer words were terms
# ("love jihad"), all others one statement.
_FEW_WORDS = 4

# So many runs of a quotation are looked up, the ones with the longest words, which are the rarest.
_RUNS = 4

# How many rows that could be the same are compared, and how many words of each.
_MAX_COMPARED = 200
_MAX_HITS = 50
_MAX_WORDS = 400

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A quotation in another place. `text` is given where it is not the same in full."""

    id: str
    text: str | None
    published: str | None
    article: str
    title: str
    outlet: str | None


async def elsewhere(db: Any, row: Any, speakers: set[int]) -> tuple[Elsewhere, ...]:
    """Where else the quotation `row` of `speakers` stands in full or in part, the earliest first."""
    same = {found["id"]: found for found in await _beginning_alike(db, row)}
    same |= {found["id"]: found for found in await _sharing_words(db, row)}
    letters, own = _letters(row["text"]), _words(row["text"])
    if len(own) < _FEW_WORDS:
        said = await said_by(db, [*same])
        same = {key: same[key] for key in said if speakers & {who.speaker for who in said[key]}}
    found = []
    for other in same.values():
        in_full = _letters(other["text"]) == letters
        if in_full or _is_part(own, _words(other["text"])):
            title = words.title(other["title"], other["beginning"])
            text = None if in_full else words.bare(" ".join(other["text"].split()))
            found.append(
                Elsewhere(other["id"], text, other["published"], other["article"], title, other["outlet"])
            )
    # Without a date, behind all that have one.
    found.sort(key=lambda other: (other.published or "~", other.id))
    return tuple(found[:MAX_ELSEWHERE])


_SELECT = """
    select quotations.id, quotations.text, quotations.published, articles.id as article,
        articles.title, substr(articles.text, 1, 200) as beginning, articles.outlet
"""


async def _beginning_alike(db: Any, row: Any) -> list[Any]:
    found = await db.execute(
        f"""
        {_SELECT} from quotations cross join articles on articles.id = quotations.article
        where lower(rtrim(substr(quotations.text, 1, 40), ' ,.;:!?…'))
            = lower(rtrim(substr(?, 1, 40), ' ,.;:!?…'))
            and +quotations.status = 'active' and quotations.id != ?
        limit ?
        """,
        [row["text"], row["id"], _MAX_COMPARED],
    )
    return list(found.rows)


async def _sharing_words(db: Any, row: Any) -> list[Any]:
    """Quotations of other articles that have a run of this one's words."""
    own = _words(row["text"])
    runs = [own[start : start + SHARED] for start in range(0, len(own) - SHARED + 1, SHARED)]
    runs = sorted(runs, key=lambda run: -sum(map(len, run)))[:_RUNS]
    if not runs:
        return []
    found = await db.execute(
        f"""
        {_SELECT} from quotations_fts
        cross join quotations on quotations.rowid = quotations_fts.rowid
        cross join articles on articles.id = quotations.article
        where quotations_fts match ? and quotations.status = 'active' and quotations.article != ?
        limit ?
        """,
        [" OR ".join(phrase(" ".join(run)) for run in runs), row["article"], _MAX_HITS],
    )
    return list(found.rows)


def _is_part(one: list[str], other: list[str]) -> bool:
    shared = SequenceMatcher(a=one, b=other, autojunk=False).find_longest_match().size
    return shared >= max(SHARED, _MOST * min(len(one), len(other)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)[:_MAX_WORDS]]


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
