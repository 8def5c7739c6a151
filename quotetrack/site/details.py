"""One speaker, article or quotation with all that its page shows, and the figures of the home page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quotetrack.site.catalogues import address
from quotetrack.site.charts import Bar, by_time
from quotetrack.site.elsewhere import Elsewhere, elsewhere
from quotetrack.site.highlight import Kind, Marked
from quotetrack.site.quoted import Said, said_by

# The paragraph that a quotation's page shows: enough on either side to judge it by.
MAX_AROUND = 1_500

# Every character that opens or closes a quotation somewhere.
_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』`´")

# How many names or titles a page lists.
_MAX_NAMES = 40


@dataclass(frozen=True, slots=True)
class Home:
    articles: int
    quotations: int
    unattributed: int
    speakers: int
    outlets: tuple[tuple[str, int], ...]
    most_quoted: tuple[tuple[int, str, int], ...]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    id: int
    name: str
    type: str
    description: str | None
    note: str | None
    merged_into: int | None
    quotations: int
    articles: int
    names: tuple[tuple[str, int], ...]
    titles: tuple[tuple[str, int], ...]
    # The catalogue, what it calls the speaker, and its page where we know the address.
    identifiers: tuple[tuple[str, str, str | None], ...]
    outlets: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class ArticleQuotation:
    """A quotation on its article's page; `number` counts from 1 in the order of the text."""

    number: int
    id: str
    complete: bool
    speakers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention in the text: whose it is, and of which quotation."""

    speaker: int
    quotation: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A span's `number` is its quotation's; that of a mention is its place in `mentions`."""

    row: dict[str, Any]
    versions: tuple[dict[str, Any], ...]
    quotations: tuple[ArticleQuotation, ...]
    mentions: tuple[Mentioned, ...]
    spans: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """`attributions` are those that hold; `spans` are the quotation, its mentions and cues in `paragraph`."""

    row: dict[str, Any]
    article: dict[str, Any]
    run: dict[str, Any] | None
    decision: dict[str, Any] | None
    attributions: tuple[dict[str, Any], ...]
    paragraph: str
    spans: tuple[Marked, ...]
    elsewhere: tuple[Elsewhere, ...]
    elsewhere_by: dict[str, tuple[Said, ...]]


async def home(db: Any) -> Home:
    totals = dict(tuple(row) for row in (await db.execute("select what, number from totals")).rows)
    counted = await db.execute("select month, sum(quotations), sum(unattributed) from months group by month")
    months = {month: (number, unattributed) for month, number, unattributed in counted.rows}
    printed = await db.execute(
        "select outlet, sum(quotations) from months where outlet != '' group by outlet"
    )
    quoted = await db.execute(
        """
        select id, name, quotations from speakers indexed by idx_speakers_quotations
        where quotations > 0 and type != 'unnamed' order by quotations desc limit 12
        """
    )
    return Home(
        articles=totals.get("articles", 0),
        quotations=sum(number for number, _ in months.values()),
        unattributed=sum(unattributed for _, unattributed in months.values()),
        speakers=totals.get("speakers", 0),
        outlets=_most(tuple(row) for row in printed.rows),
        most_quoted=tuple((row[0], row[1], row[2]) for row in quoted.rows),
        bars=by_time(months),
    )


async def speaker(db: Any, wanted: int) -> SpeakerPage | None:
    row = (await db.execute("select * from speakers where id = ?", [wanted])).first()
    if row is None:
        return None
    names = await db.execute(
        "select name, sum(articles) from aliases where speaker = ? group by name order by 2 desc, 1", [wanted]
    )
    titles = await db.execute(
        "select title, sum(articles) from titles where speaker = ? group by title order by 2 desc, 1 limit ?",
        [wanted, _MAX_NAMES],
    )
    identifiers = await db.execute(
        "select distinct scheme, value from identifiers where speaker = ?", [wanted]
    )
    counted = await db.execute(
        "select month, outlet, quotations from speaker_months where speaker = ?", [wanted]
    )
    months: dict[str, tuple[int, int]] = {}
    outlets: dict[str, int] = {}
    years: dict[str, int] = {}
    for month, outlet, number in counted.rows:
        months[month] = (months.get(month, (0, 0))[0] + number, 0)
        if outlet:
            outlets[outlet] = outlets.get(outlet, 0) + number
        if month:
            years[month[:4]] = years.get(month[:4], 0) + number
    return SpeakerPage(
        **{
            name: row[name]
            for name in (
                "id",
                "name",
                "type",
                "description",
                "note",
                "merged_into",
                "quotations",
                "articles",
            )
        },
        names=tuple((name, number) for name, number in names.rows)[:_MAX_NAMES],
        titles=tuple((title, number) for title, number in titles.rows),
        identifiers=tuple((scheme, value, address(scheme, value)) for scheme, value in identifiers.rows),
        outlets=_most(outlets.items()),
        years=tuple(sorted(years.items(), reverse=True)),
        bars=by_time(months),
    )


async def article(db: Any, wanted: str) -> ArticlePage | None:
    row = (await db.execute("select * from articles where id = ?", [wanted])).first()
    if row is None:
        return None
    versions = await db.execute(
        "select id, version, current, added from articles where key = ? order by version", [row["key"]]
    )
    found = await db.execute(
        """
        select id, start, "end", complete from quotations
        where article = ? and +status = ? order by start, "end" desc
        """,
        [wanted, "active" if row["current"] else "superseded"],
    )
    attributed = await db.execute(
        """
        select attributions.quotation, speakers.id, speakers.name, mention, mention_start, mention_end,
            cue_start, cue_end
        from quotations cross join attributions on attributions.quotation = quotations.id
        cross join speakers on speakers.id = attributions.speaker
        where quotations.article = ? and +attributions.status = ? order by attributions.position
        """,
        [wanted, "active" if row["current"] else "superseded"],
    )
    text = row["text"]
    numbers = {quotation["id"]: number for number, quotation in enumerate(found.rows, start=1)}
    said: dict[str, tuple[Said, ...]] = {}
    mentions: list[Mentioned] = []
    spans = [
        Marked(*_with_marks(text, row["start"], row["end"]), "quotation", numbers[row["id"]])
        for row in found.rows
    ]
    for quotation, speaker_id, name, mention, *offsets in attributed.rows:
        if quotation in numbers:
            said[quotation] = (*said.get(quotation, ()), Said(speaker_id, name, mention))
            if offsets[0] is not None:
                spans.append(Marked(offsets[0], offsets[1], "mention", len(mentions)))
                mentions.append(Mentioned(speaker_id, numbers[quotation]))
            if offsets[2] is not None:
                spans.append(Marked(offsets[2], offsets[3], "cue", numbers[quotation]))
    quotations = tuple(
        ArticleQuotation(numbers[row["id"]], row["id"], bool(row["complete"]), said.get(row["id"], ()))
        for row in found.rows
    )
    return ArticlePage(
        dict(row),
        tuple(dict(version) for version in versions.rows),
        quotations,
        tuple(mentions),
        tuple(spans),
    )


async def quotation(db: Any, wanted: str) -> QuotationPage | None:
    row = (await db.execute("select * from quotations where id = ?", [wanted])).first()
    if row is None:
        return None
    printed = (await db.execute("select * from articles where id = ?", [row["article"]])).first()
    run = (await db.execute("select * from runs where id = ?", [row["run"]])).first()
    decision = (await db.execute("select * from decisions where id = ?", [row["decision"]])).first()
    # What is found no longer keeps the speaker whom it was last found with, in an older version too.
    last = row["status"] if row["found"] else "withdrawn"
    attributions = await db.execute(
        """
        select attributions.*, speakers.name as speaker_name, speakers.type as speaker_type
        from attributions join speakers on speakers.id = attributions.speaker
        where attributions.quotation = ? and +attributions.status in (?, ?) order by attributions.position
        """,
        [wanted, row["status"], last],
    )
    start, end = _paragraph(printed["text"], row["start"], row["end"])
    others = await elsewhere(db, row, {said["speaker"] for said in attributions.rows})
    return QuotationPage(
        row=dict(row),
        article=dict(printed),
        run=dict(run) if run else None,
        decision=dict(decision) if decision else None,
        attributions=tuple(dict(found) for found in attributions.rows),
        paragraph=printed["text"][start:end],
        spans=_spans_in_paragraph(printed["text"], start, row, attributions.rows),
        elsewhere=others,
        elsewhere_by=await said_by(db, [other.id for other in others]),
    )


def _spans_in_paragraph(text: str, start: int, row: Any, attributions: Iterable[Any]) -> tuple[Marked, ...]:
    """Where the quotation and what is known of it stand in its paragraph, which starts at `start`."""
    first, last = _with_marks(text, row["start"], row["end"])
    spans = [Marked(first - start, last - start, "quotation", 1)]
    kinds: tuple[Kind, ...] = ("mention", "cue")
    for said in attributions:
        for kind in kinds:
            first, last = said[f"{kind}_start"], said[f"{kind}_end"]
            if first is not None:
                spans.append(Marked(first - start, last - start, kind, 1))
    return tuple(spans)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The quotation together with the marks around it, which belong to it for the eye."""
    return start - (text[start - 1 : start] in _MARKS), end + (text[end : end + 1] in _MARKS)


async def current_version(db: Any, key: str) -> str | None:
    """The id of the current version of the article with this key."""
    row = (await db.execute("select id from articles where key = ? and current = 1", [key])).first()
    return row["id"] if row else None


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind("\n", 0, start) + 1, start - MAX_AROUND)
    right = text.find("\n", end)
    return left, min(right if right >= 0 else len(text), end + MAX_AROUND)


def _most(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))


_OF_ATTRIBUTION = (
    "mention", "mention_start", "mention_end", "cue", "cue_start", "cue_end", "rule", "confidence",
)  # fmt: skip


def as_json(page: QuotationPage, permalink: str) -> dict[str, Any]:
    """What a program gets at a quotation's address: everything its page tells."""
    row, printed = page.row, page.article
    return {
        "id": row["id"],
        "url": permalink,
        "quotation": row["text"],
        "start": row["start"],
        "end": row["end"],
        "complete": bool(row["complete"]),
        "confidence": row["confidence"],
        "status": row["status"],
        "context": row["context"],
        "speakers": [
            {
                "id": said["speaker"],
                "name": said["speaker_name"],
                "type": said["speaker_type"],
                **{
                    name: said[name]
                    for name in _OF_ATTRIBUTION
                },
            }
            for said in page.attributions
        ],
        "article": {
            name: printed[name]
            for name in ("id", "version", "title", "outlet", "author", "published", "url")
        },
        "run": page.run and {**page.run, "settings": _loaded(page.run["settings"])},
    }  # fmt: skip


def _loaded(settings: str) -> Any:
    try:
        return json.loads(settings)
    except ValueError:
        return settings
