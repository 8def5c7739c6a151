"""Lists of quotations: found by words, speaker, outlet and date, newest first, a page at a time.

Every list is read in the order of an index from where the page before ended, so a page costs the same at the
end of a million quotations as at their beginning. A plus before a column, as in +status, keeps SQLite from
the index of that column, which it would take without knowing that nearly all rows have the same status.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from quotetrack.site import words
from quotetrack.site.filters import Cursor, Filters, search_expression

PAGE = 25

# Above this many hits a search is no longer sorted and counted as a whole: that would take too long. This
# figure and the next two come from benchmarks/site, whose limit is 150 ms a page with a million quotations.
MAX_SORTED = 3_000

# So many of the latest hits are counted then, by speaker, outlet and year.
SAMPLE = 500

# Up to so many quotations of a speaker, an outlet or a time are looked through for frequent words.
MAX_CANDIDATES = 4_000

# So many speakers, outlets or years a facet lists at most.
_MAX_FACET = 12

# A name that fits more speakers than this is no choice of speaker: the most quoted of them are taken.
MAX_SPEAKERS = 25

# A list shows this much of a quotation; its own page has it all.
MAX_SHOWN = 600

_NEVER = Cursor("~", 2**62)
_HIT_START, _HIT_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker of a quotation, and the words that the article has for them there."""

    speaker: int
    name: str
    mention: str | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in a list. `parts` is its text, each with whether it is what was searched for."""

    id: str
    parts: tuple[tuple[str, bool], ...]
    complete: bool
    article: str
    title: str
    outlet: str | None
    published: str | None
    speakers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How the hits of a search divide: (value, label, count), most first."""

    speakers: tuple[tuple[str, str, int], ...] = ()
    outlets: tuple[tuple[str, str, int], ...] = ()
    years: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. `total` is None where nobody has counted; `next` is None on the last page."""

    quotations: tuple[Quoted, ...]
    next: Cursor | None = None
    total: int | None = None
    more_than_total: bool = False
    facets: Facets = Facets()


@dataclass(frozen=True, slots=True)
class _Row:
    rowid: int
    cursor: Cursor


async def find(
    db: Any,
    filters: Filters,
    speakers: Iterable[int] | None = None,
    *,
    page: int = PAGE,
    counted: bool = True,
) -> Listing:
    """The quotations that `filters` ask for, of `speakers` (ids) only unless they are None.

    Not `counted`, it leaves out the total and the facets, which a download has no use for.
    """
    speakers = None if speakers is None else list(speakers)
    if speakers == []:
        return Listing((), total=0)
    expression = search_expression(filters.words)
    if filters.words and not expression:
        return Listing((), total=0)
    if expression:
        return await _find_words(db, filters, expression, speakers, page, counted)
    if speakers is not None:
        rows = await _of_speakers(db, filters, speakers, page + 1)
    elif filters.outlet:
        rows = await _of_outlet(db, filters, page + 1)
    else:
        rows = await _of_all(db, filters, page + 1)
    total = await count(db, filters, speakers) if counted and filters.whole_months else None
    return Listing(await _quoted(db, rows[:page]), _next(rows, page), total)


async def count(db: Any, filters: Filters, speakers: list[int] | None) -> int:
    """How many there are, from the counts by month; several speakers' common ones count for each."""
    where, parameters = _months_where(filters)
    if speakers is not None:
        marks = ",".join("?" * len(speakers))
        sql = f"select sum(quotations) from speaker_months where speaker in ({marks}) and {where}"  # noqa: S608
        parameters = [*speakers, *parameters]
    else:
        sql = f"select sum(quotations) from months where {where}"  # noqa: S608
    return (await db.execute(sql, parameters)).single_value() or 0


async def facets_by_month(db: Any, filters: Filters, speakers: list[int] | None) -> Facets:
    """How the quotations divide where no words are looked for, from the counts by month.

    Speakers are counted only where some are asked for. No facets where a month is not wholly in or out.
    """
    if filters.words or not filters.whole_months:
        return Facets()
    where, parameters = _months_where(filters)
    table = "months"
    if speakers is not None:
        table = "speaker_months"
        where += " and speaker in (select value from json_each(?))"
        parameters = [*parameters, json.dumps(speakers)]

    async def counted(column: str, order: str) -> tuple[tuple[str, str, int], ...]:
        found = await db.execute(
            f"select {column}, sum(quotations) from {table} "  # noqa: S608
            f"where {where} and {column} != '' group by 1 order by {order} limit {_MAX_FACET}",
            parameters,
        )
        return tuple((str(value), str(value), number) for value, number in found.rows)

    names: dict[str, str] = {}
    by_speaker: tuple[tuple[str, str, int], ...] = ()
    if speakers is not None:
        by_speaker = await counted("speaker", "2 desc, 1")
        found = await db.execute(
            "select id, name from speakers where id in (select value from json_each(?))",
            [json.dumps([int(speaker) for speaker, _, _ in by_speaker])],
        )
        names = {str(row[0]): row[1] for row in found.rows}
    return Facets(
        tuple((speaker, names[speaker], number) for speaker, _, number in by_speaker),
        await counted("outlet", "2 desc, 1"),
        await counted("substr(month, 1, 4)", "1 desc"),
    )


async def speakers_called(db: Any, wanted: str) -> list[int]:
    """The speakers whom a reader means: an id, or words of a name under which they have appeared."""
    if wanted.isdecimal() and len(wanted) < 18:
        found = await db.execute("select coalesce(merged_into, id) from speakers where id = ?", [int(wanted)])
        return [row[0] for row in found.rows]
    expression = search_expression(wanted)
    if not expression:
        return []
    found = await db.execute(
        """
        select speakers.id from speakers where id in (
            select aliases.speaker from aliases_fts join aliases on aliases.id = aliases_fts.rowid
            where aliases_fts match ?
        ) and merged_into is null order by quotations desc limit ?
        """,
        [expression, MAX_SPEAKERS],
    )
    return [row[0] for row in found.rows]


def _months_where(filters: Filters) -> tuple[str, list[Any]]:
    since, until = filters.dates()
    where, parameters = "1 = 1", []
    if since or until != "~":
        # A month is wholly inside or outside, since no bound is finer than a month.
        where, parameters = "month >= ? and month <= ?", [since[:7], until]
    if filters.outlet:
        where, parameters = where + " and outlet = ?", [*parameters, filters.outlet]
    return where, parameters


@dataclass(frozen=True, slots=True)
class _Order:
    """Where a list is read from, in the order of an index: by `date`, and by `keys` within it.

    `bounds` are the keys of the quotation that the cursor names.
    """

    sql: str
    date: str
    keys: tuple[str, ...]
    bounds: tuple[str, ...]


async def _of_speakers(db: Any, filters: Filters, speakers: list[int], wanted: int) -> list[_Row]:
    order = _Order(
        f"""
        select quotations.rowid, attributions.published, attributions.rowid
        from attributions cross join quotations on quotations.id = attributions.quotation
        {"cross join articles on articles.id = quotations.article" if filters.outlet else ""}
        where attributions.speaker = :speaker and attributions.status = 'active'
        {_IN_OUTLET if filters.outlet else ""}
        """,  # noqa: S608
        date="attributions.published",
        keys=("attributions.rowid",),
        bounds=(":rowid",),
    )
    found: list[_Row] = []
    for speaker in speakers:
        # One look-up a speaker: each is in the index's order, all of them together would have to be sorted.
        parameters: dict[str, Any] = {"speaker": speaker}
        if filters.outlet:
            months = await _months_in_outlet(db, filters, speaker, wanted)
            parameters |= {"outlet": filters.outlet, "months": json.dumps(months)}
        found += await _read(db, order, filters, parameters, wanted)
    found.sort(key=lambda row: row.cursor.rowid)
    found.sort(key=lambda row: row.cursor.published, reverse=True)
    # Two of the speakers may have said the same quotation together.
    return list({row.rowid: row for row in reversed(found)}.values())[::-1][:wanted]


# The date is in the index and the outlet is not: only months that are known to have some are looked into.
_IN_OUTLET = """
    and articles.outlet = :outlet
    and coalesce(substr(attributions.published, 1, 7), '') in (select value from json_each(:months))
"""


async def _months_in_outlet(db: Any, filters: Filters, speaker: int, wanted: int) -> list[str]:
    """The latest months, from the cursor on, in which the outlet has `wanted` of the speaker's quotations."""
    newest = (filters.after or _NEVER).published[:7]
    found = await db.execute(
        """
        select month, quotations from speaker_months
        where speaker = ? and outlet = ? and month >= ? and month <= ? and month <= ? order by month desc
        """,
        [speaker, filters.outlet, filters.dates()[0][:7], filters.dates()[1], newest],
    )
    months, number = [], 0
    for month, quotations in found.rows:
        months.append(month)
        # Of the cursor's own month some are on the page before.
        number += quotations if month != newest else 0
        if number >= wanted:
            break
    return months


async def _of_outlet(db: Any, filters: Filters, wanted: int) -> list[_Row]:
    order = _Order(
        """
        select quotations.rowid, articles.published, quotations.rowid
        from articles cross join quotations on quotations.article = articles.id
        where articles.outlet = :outlet and +quotations.status = 'active'
        """,
        date="articles.published",
        keys=("articles.rowid", "quotations.rowid"),
        bounds=(
            "(select rowid from articles where id = (select article from quotations where rowid = :rowid))",
            ":rowid",
        ),
    )
    return await _read(db, order, filters, {"outlet": filters.outlet}, wanted)


async def _of_all(db: Any, filters: Filters, wanted: int) -> list[_Row]:
    order = _Order(
        "select rowid, published, rowid from quotations where status = 'active'",
        date="published",
        keys=("rowid",),
        bounds=(":rowid",),
    )
    return await _read(db, order, filters, {}, wanted)


async def _read(
    db: Any, order: _Order, filters: Filters, parameters: dict[str, Any], wanted: int
) -> list[_Row]:
    """Read on from the cursor: newest article first, each in the order of its text, undated ones last.

    The rows of one date are sorted as they are reached, everything else is the index's own order.
    """
    since, until = filters.dates()
    after = filters.after or _NEVER
    keys, bounds = ", ".join(order.keys), ", ".join(order.bounds)
    rows: list[_Row] = []
    if after.published:
        dated = f"""{order.sql} and {order.date} >= :since and {order.date} <= :until
            and {order.date} <= :published
            and ({order.date} < :published or ({keys}) > ({bounds}))
            order by {order.date} desc, {keys} limit :wanted"""
        found = await db.execute(
            dated,
            {
                **parameters,
                "since": since,
                "until": until,
                "published": after.published,
                "rowid": after.rowid,
                "wanted": wanted,
            },
        )
        rows = [_Row(row[0], Cursor(row[1], row[2])) for row in found.rows]
    if len(rows) < wanted and not since and until == "~":
        # A first page of these has no row before it to compare with.
        condition = "" if after.published else f"and ({keys}) > ({bounds})"
        undated = f"""{order.sql} and {order.date} is null {condition}
            order by {keys} limit :wanted"""
        found = await db.execute(undated, {**parameters, "rowid": after.rowid, "wanted": wanted - len(rows)})
        rows += [_Row(row[0], Cursor("", row[2])) for row in found.rows]
    return rows


def _is_after(cursor: Cursor, last: Cursor) -> bool:
    return cursor.published < last.published or (
        cursor.published == last.published and cursor.rowid > last.rowid
    )


def _next(rows: list[_Row], page: int) -> Cursor | None:
    return rows[page - 1].cursor if len(rows) > page else None


async def _find_words(
    db: Any, filters: Filters, expression: str, speakers: list[int] | None, page: int, counted: bool
) -> Listing:
    found = await db.execute(
        "select count(*) from (select 1 from quotations_fts where quotations_fts match ? limit ?)",
        [expression, MAX_SORTED + 1],
    )
    if found.single_value() <= MAX_SORTED:
        hits = await _sorted_hits(db, filters, expression, speakers)
    elif _narrowed(filters, speakers) and await count(db, filters, speakers) <= MAX_CANDIDATES:
        filters = replace(filters, best_first=False)
        hits = await _hits_among(db, filters, expression, speakers)
    else:
        return await _found_in_stream(db, filters, expression, speakers, page, counted)
    rows = hits
    if filters.after and filters.best_first:
        rows = hits[filters.after.rowid :]
    elif filters.after:
        rows = [row for row in hits if _is_after(row.cursor, filters.after)]
    return Listing(
        await _quoted(db, rows[:page], expression),
        _next(rows, page),
        len(hits),
        facets=await _facets(db, hits) if counted else Facets(),
    )


def _narrowed(filters: Filters, speakers: list[int] | None) -> bool:
    return speakers is not None or bool(filters.outlet) or filters.dates() != ("", "~")


async def _sorted_hits(db: Any, filters: Filters, expression: str, speakers: list[int] | None) -> list[_Row]:
    """All hits of rare words, in the order that is wanted."""
    conditions, parameters = _conditions(filters, speakers)
    found = await db.execute(
        f"""
        with hits as materialized (
            select rowid, rank from quotations_fts where quotations_fts match :expression
        )
        select quotations.rowid, coalesce(quotations.published, '') as published
        from hits cross join quotations on quotations.rowid = hits.rowid
        where {conditions}
        order by {"hits.rank, quotations.rowid" if filters.best_first else "2 desc, 1"}
        """,  # noqa: S608
        {**parameters, "expression": expression},
    )
    return [
        # In the order of fitness a cursor is a place in the list: there is no index to read on in.
        _Row(row[0], Cursor("", place) if filters.best_first else Cursor(row[1], row[0]))
        for place, row in enumerate(found.rows, start=1)
    ]


async def _hits_among(db: Any, filters: Filters, expression: str, speakers: list[int] | None) -> list[_Row]:
    """The hits of frequent words among few quotations: those are looked through, newest first."""
    conditions, parameters = _conditions(filters, speakers)
    if speakers is not None:
        candidates = """json_each(:speakers) cross join attributions
            on attributions.speaker = json_each.value and attributions.status = 'active'
            cross join quotations on quotations.id = attributions.quotation"""
    elif filters.outlet:
        candidates = """articles cross join quotations
            on quotations.article = articles.id and articles.outlet = :outlet"""
        if "since" in parameters:
            candidates += " and articles.published >= :since and articles.published <= :until"
    else:
        candidates = "quotations indexed by idx_quotations_status_published"
        conditions = conditions.replace("+", "")
    found = await db.execute(
        f"""
        select distinct quotations.rowid, coalesce(quotations.published, '') from {candidates}
        where {conditions} and +quotations.rowid in
            (select rowid from quotations_fts where quotations_fts match :expression)
        order by 2 desc, 1
        """,  # noqa: S608
        {**parameters, "expression": expression},
    )
    return [_Row(row[0], Cursor(row[1], row[0])) for row in found.rows]


async def _found_in_stream(
    db: Any, filters: Filters, expression: str, speakers: list[int] | None, page: int, counted: bool
) -> Listing:
    """A page of too many hits to sort; its counts are those of the latest of them."""
    rows = await _stream_words(db, filters, expression, speakers, page + 1)
    quoted, following = await _quoted(db, rows[:page], expression), _next(rows, page)
    # Among the hits of one speaker, outlet or time so many may lie far apart.
    if not counted or _narrowed(filters, speakers):
        return Listing(quoted, following)
    latest = await _stream_words(db, filters.with_(), expression, speakers, SAMPLE)
    return Listing(quoted, following, len(latest), more_than_total=True, facets=await _facets(db, latest))


async def _stream_words(
    db: Any, filters: Filters, expression: str, speakers: list[int] | None, wanted: int
) -> list[_Row]:
    """Hits in the order of the index itself, the latest added first: too many to sort."""
    conditions, parameters = _conditions(filters, speakers)
    found = await db.execute(
        f"""
        select quotations.rowid
        from quotations_fts cross join quotations on quotations.rowid = quotations_fts.rowid
        where quotations_fts match :expression and quotations_fts.rowid < :rowid and {conditions}
        order by quotations_fts.rowid desc limit :wanted
        """,  # noqa: S608
        {
            **parameters,
            "expression": expression,
            "rowid": (filters.after or _NEVER).rowid,
            "wanted": wanted,
        },
    )
    return [_Row(row[0], Cursor("", row[0])) for row in found.rows]


def _conditions(filters: Filters, speakers: list[int] | None) -> tuple[str, dict[str, Any]]:
    conditions = ["+quotations.status = 'active'"]
    parameters: dict[str, Any] = {}
    since, until = filters.dates()
    if since or until != "~":
        conditions.append("quotations.published >= :since and quotations.published <= :until")
        parameters |= {"since": since, "until": until}
    if filters.outlet:
        conditions.append(
            "exists (select 1 from articles where id = quotations.article and outlet = :outlet)"
        )
        parameters["outlet"] = filters.outlet
    if speakers is not None:
        conditions.append(
            "exists (select 1 from attributions where quotation = quotations.id and +status = 'active' "
            "and speaker in (select value from json_each(:speakers)))"
        )
        parameters["speakers"] = json.dumps(speakers)
    return " and ".join(conditions), parameters


async def _facets(db: Any, hits: list[_Row]) -> Facets:
    rowids = json.dumps([row.rowid for row in hits])
    said = await db.execute(
        """
        select speakers.id, speakers.name, count(*) from json_each(?)
        cross join quotations on quotations.rowid = json_each.value
        cross join attributions on attributions.quotation = quotations.id and +attributions.status = 'active'
        cross join speakers on speakers.id = attributions.speaker
        group by speakers.id order by 3 desc, 2 limit ?
        """,
        [rowids, _MAX_FACET],
    )
    printed = await db.execute(
        """
        select articles.outlet, substr(articles.published, 1, 4), count(*) from json_each(?)
        cross join quotations on quotations.rowid = json_each.value
        cross join articles on articles.id = quotations.article
        group by 1, 2
        """,
        [rowids],
    )
    outlets, years = Counter[str](), Counter[str]()
    for outlet, year, number in printed.rows:
        if outlet:
            outlets[outlet] += number
        if year:
            years[year] += number
    return Facets(
        tuple((str(row[0]), row[1], row[2]) for row in said.rows),
        tuple((outlet, outlet, number) for outlet, number in outlets.most_common(_MAX_FACET)),
        tuple((year, year, number) for year, number in sorted(years.items(), reverse=True)),
    )


async def _quoted(db: Any, rows: list[_Row], expression: str = "") -> tuple[Quoted, ...]:
    """Everything that a list shows of `rows`, in their order."""
    rowids = json.dumps([row.rowid for row in rows])
    found = await db.execute(
        """
        select quotations.rowid, quotations.id, substr(quotations.text, 1, ?) as text, quotations.complete,
            articles.id as article, articles.title, articles.outlet, quotations.published,
            iif(coalesce(articles.title, '') = '', substr(articles.text, 1, 200), '') as beginning
        from json_each(?) cross join quotations on quotations.rowid = json_each.value
        cross join articles on articles.id = quotations.article
        """,
        [MAX_SHOWN + 1, rowids],
    )
    by_rowid = {row["rowid"]: row for row in found.rows}
    said = await said_by(db, [row["id"] for row in found.rows])
    marked = await _marked(db, rows, expression) if expression else {}
    quoted = []
    for row in rows:
        values = by_rowid[row.rowid]
        quoted.append(
            Quoted(
                id=values["id"],
                parts=_bare(marked.get(row.rowid) or ((_shortened(values["text"]), False),)),
                complete=bool(values["complete"]),
                article=values["article"],
                title=words.title(values["title"], values["beginning"]),
                outlet=values["outlet"],
                published=values["published"],
                speakers=said.get(values["id"], ()),
            )
        )
    return tuple(quoted)


async def said_by(db: Any, quotations: list[str]) -> dict[str, tuple[Said, ...]]:
    """The speakers of each of `quotations` (ids), in the order in which the article names them."""
    found = await db.execute(
        """
        select attributions.quotation, speakers.id, speakers.name, attributions.mention
        from json_each(?) cross join attributions on attributions.quotation = json_each.value
        cross join speakers on speakers.id = attributions.speaker
        where +attributions.status = 'active' order by attributions.position
        """,
        [json.dumps(quotations)],
    )
    said: dict[str, tuple[Said, ...]] = {}
    for quotation, speaker, name, mention in found.rows:
        said[quotation] = (*said.get(quotation, ()), Said(speaker, name, mention))
    return said


async def _marked(db: Any, rows: list[_Row], expression: str) -> dict[int, tuple[tuple[str, bool], ...]]:
    """The text of each row cut where the words that were searched for begin and end."""
    found = await db.execute(
        """
        select quotations_fts.rowid, case when length(text) > ?
            then snippet(quotations_fts, 0, ?, ?, '…', 60) else highlight(quotations_fts, 0, ?, ?) end
        from quotations_fts
        where quotations_fts match ? and quotations_fts.rowid in (select value from json_each(?))
        """,
        [
            MAX_SHOWN,
            *(_HIT_START, _HIT_END) * 2,
            expression,
            json.dumps([row.rowid for row in rows]),
        ],
    )
    return {rowid: _parts(text) for rowid, text in found.rows}


def _parts(text: str) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    left = MAX_SHOWN
    for piece in text.split(_HIT_START):
        # The text itself may hold these characters: then a mark is misplaced, and no more than that.
        hit, end, rest = piece.partition(_HIT_END)
        for part, is_hit in ((hit, True), (rest, False)) if end else ((piece, False),):
            if part and left > 0:
                parts.append((part if len(part) <= left else part[:left] + "…", is_hit))
                left -= len(part)
    return tuple(parts)


def _bare(parts: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
    last, hit = parts[-1]
    return (*parts[:-1], (words.bare(last), hit))


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN].rstrip() + "…"
