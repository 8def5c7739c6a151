"""The pages: each reads what its address asks for and fills its template."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import AsgiStream, BadRequest, NotFound, Response

from quotetrack.export.csv import csv_lines
from quotetrack.site import charts, citing, contents, details, review, words
from quotetrack.site.called import MAX_SPEAKERS, Called, speakers_called, speakers_named
from quotetrack.site.counts import NO_FACETS, facets_by_month
from quotetrack.site.filters import Filters, search_expression
from quotetrack.site.highlight import Piece, paragraphs
from quotetrack.site.listing import Listing, find
from quotetrack.site.quoted import Quoted
from quotetrack.site.serving import DEFAULT_TITLE, Links, check_access, open_for, our_databases, page, part

# Colours that the style sheet has for speakers; those who say less share a grey.
COLOURS = 8

# Articles of which the home page shows a quotation, up to how many letters it should have, and how many
# quotations are read to find them.
LATEST = 8
_GLANCE = 240
_LATEST_READ = 120

# What one CSV file holds at most, and how many quotations are fetched at a time.
MAX_CSV_QUOTATIONS = 200_000
_CSV_PAGE = 500


async def front(datasette: Any, request: Any, send: Any) -> Any:
    """The first page of the site: ours where the site is one database of ours, else Datasette's own."""
    ours = await our_databases(datasette)
    if request.url_vars["format"] or len(ours) != 1:
        # Datasette imports its plugins before its views.
        from datasette.views.index import IndexView

        return await IndexView.as_view(datasette)(request, send)
    db = datasette.get_database(ours[0])
    await check_access(datasette, request, db.name)
    return await _home(datasette, request, db)


async def home(datasette: Any, request: Any) -> Any:
    return await _home(datasette, request, await open_for(datasette, request))


async def _home(datasette: Any, request: Any, db: Any) -> Any:
    found = await details.home(db)
    latest = await find(db, Filters(), page=_LATEST_READ, counted=False)
    # One of each article: the newest one's own quotations would fill the list.
    by_article: dict[str, list[Quoted]] = {}
    for quoted in latest.quotations:
        by_article.setdefault(quoted.article, []).append(quoted)
    shown = [_most_telling(quotations) for quotations in islice(by_article.values(), LATEST)]
    queries = await contents.queries(datasette, request, db)
    chart = charts.draw(found.bars, "Quotations over time", "without a known speaker")
    return await page(
        datasette,
        request,
        db,
        "home",
        {"home": found, "latest": shown, "chart": chart, "queries": queries, "filters": Filters()},
    )


def _most_telling(quotations: Iterable[Quoted]) -> Quoted:
    """The longest of those that can be read at a glance; a fragment of two words says little by itself."""

    def length(quoted: Quoted) -> int:
        letters = sum(len(part) for part, _ in quoted.parts)
        return letters if letters <= _GLANCE else -letters

    return max(quotations, key=length)


async def tables(datasette: Any, request: Any) -> Any:
    db = await open_for(datasette, request)
    context = {
        "tables": await contents.tables(datasette, request, db),
        "queries": await contents.queries(datasette, request, db),
        "may_write_sql": await contents.may_write_sql(datasette, request, db),
    }
    return await page(datasette, request, db, "tables", context)


async def _missing(datasette: Any, request: Any, db: Any, what: str) -> Any:
    context = {"what": what, "filters": Filters()}
    return await page(datasette, request, db, "missing", context, status=404)


async def speaker(datasette: Any, request: Any) -> Any:
    db = await open_for(datasette, request)
    wanted = int(request.url_vars["id"])
    found = await details.speaker(db, wanted)
    if found is None:
        return await _missing(datasette, request, db, "There is no such speaker")
    if found.merged_into is not None:
        return Response.redirect(Links(datasette, db.name).speaker(found.merged_into))
    filters = Filters.from_arguments(request.args, speaker=str(wanted), words="", since="", until="")
    listing = await find(db, filters, [wanted])
    return await page(
        datasette,
        request,
        db,
        "speaker",
        {
            "speaker": found,
            "listing": listing,
            "filters": filters,
            "chart": charts.draw(found.bars, f"Quotations of {found.name} over time"),
            "type": words.TYPES.get(found.type, found.type),
            "reviewing": await review.may_review(datasette, request, db),
        },
    )


async def article(datasette: Any, request: Any) -> Any:
    db = await open_for(datasette, request)
    found = await details.article(db, request.url_vars["id"])
    if found is None:
        return await _missing(datasette, request, db, "There is no such article")
    by_speaker: dict[int, list[details.ArticleQuotation]] = {}
    names: dict[int, str] = {}
    unattributed = [quotation for quotation in found.quotations if not quotation.speakers]
    for quotation in found.quotations:
        for said in quotation.speakers:
            names[said.speaker] = said.name
            by_speaker.setdefault(said.speaker, []).append(quotation)
    most = sorted(by_speaker, key=lambda said: -len(by_speaker[said]))
    colours = {said: min(place, COLOURS) for place, said in enumerate(most)}
    marked = {
        "here": Links(datasette, db.name),
        "paragraphs": _without_heading(found.row, paragraphs(found.row["text"], found.spans)),
        "quotations": {quotation.number: quotation for quotation in found.quotations},
        "names": {
            quotation.number: " and ".join(said.name for said in quotation.speakers)
            for quotation in found.quotations
        },
        "mentions": found.mentions,
        "colours": colours,
    }
    return await page(
        datasette,
        request,
        db,
        "article",
        {
            "article": found.row,
            "versions": found.versions,
            "quotations": found.quotations,
            "text": part(datasette, "text", marked),
            "key": [(said, names[said], colours[said], by_speaker[said]) for said in most],
            "unattributed": unattributed,
        },
    )


def _by_another(found: details.QuotationPage, other: str) -> bool:
    """Whether the same quotation has speakers in the other place (its id), and they are not these.

    An unnamed source may be anybody, and two of one name, whom nobody has joined, may be one.
    """
    said = found.attributions
    here = {one["speaker_name"].casefold() for one in said if one["speaker_type"] != "unnamed"}
    there = {one.name.casefold() for one in found.elsewhere_by.get(other, ()) if not one.unnamed}
    return bool(here and there and not here & there)


def _without_heading(row: dict[str, Any], read: Iterable[list[Piece]]) -> Iterator[list[Piece]]:
    """The paragraphs but for a first one that only says the title, which stands above them already."""
    for place, pieces in enumerate(read):
        text = "".join(piece.text for piece in pieces)
        marked = any(piece.quotations or piece.mentions for piece in pieces)
        if place or marked or text != row["title"]:
            yield pieces


async def quotation(datasette: Any, request: Any) -> Any:
    db = await open_for(datasette, request)
    found = await details.quotation(db, request.url_vars["id"])
    form = request.url_vars["format"]
    if found is None and form:
        raise NotFound("There is no such quotation")
    if found is None:
        return await _missing(datasette, request, db, "There is no such quotation")
    here = Links(datasette, db.name)
    permalink = datasette.absolute_url(request, here.quotation(found.row["id"]))
    if form == "json":
        return Response.json(details.as_json(found, permalink))
    reference = citing.Reference(
        id=found.row["id"],
        text=found.row["text"],
        speakers=tuple(said["speaker_name"] for said in found.attributions),
        title=words.title(found.article["title"], found.article["text"]),
        author=found.article["author"],
        outlet=found.article["outlet"],
        published=found.article["published"],
        url=found.article["url"],
        permalink=permalink,
        site=datasette.metadata("title") or DEFAULT_TITLE,
    )
    if form == "bib":
        return Response(
            words.unturned(citing.bibtex(reference)), content_type="application/x-bibtex; charset=utf-8"
        )
    if form == "csl.json":
        body = json.dumps(citing.csl(reference), ensure_ascii=False, indent=2)
        return Response(
            words.unturned(body), content_type="application/vnd.citationstyles.csl+json; charset=utf-8"
        )
    current = None
    if not found.article["current"]:
        current = await details.current_version(db, found.article["key"])
    return await page(
        datasette,
        request,
        db,
        "quotation",
        {
            "quotation": found.row,
            "article": found.article,
            "paragraphs": list(paragraphs(found.paragraph, found.spans)),
            "attributions": found.attributions,
            "run": found.run,
            "decision": found.decision,
            "elsewhere": found.elsewhere,
            "elsewhere_by": found.elsewhere_by,
            "by_another": partial(_by_another, found),
            "current": current,
            "notice": words.STATUS.get(found.row["status"]),
            "permalink": permalink,
            "reviewing": await review.may_review(datasette, request, db),
            "plain": citing.plain(reference),
            "bibtex": citing.bibtex(reference),
            "csl": json.dumps(citing.csl(reference), ensure_ascii=False, indent=2),
        },
    )


async def search(datasette: Any, request: Any) -> Any:
    db = await open_for(datasette, request)
    filters = Filters.from_arguments(request.args)
    too_slow = False
    listing = Listing(())
    speakers = None
    offered: list[Called] = []
    if filters.given:
        try:
            speakers = await speakers_called(db, filters.speaker) if filters.speaker else None
            offered = [] if filters.speaker or filters.after else await speakers_named(db, filters.words)
            listing = await find(db, filters, speakers)
            if listing.quotations and listing.facets is NO_FACETS:
                listing = replace(listing, facets=await facets_by_month(db, filters, speakers))
        except QueryInterrupted:
            too_slow = True
    name = None
    if speakers and len(speakers) == 1 and filters.speaker.isdecimal():
        row = (await db.execute("select name from speakers where id = ?", speakers)).first()
        name = row["name"]
    outlets = await db.execute("select distinct outlet from months where outlet != '' order by outlet")
    return await page(
        datasette,
        request,
        db,
        "search",
        {
            "filters": filters,
            "listing": listing,
            "too_slow": too_slow,
            "speaker_name": name,
            "offered": offered,
            "nobody": speakers == [],
            "many_called": MAX_SPEAKERS if len(speakers or ()) == MAX_SPEAKERS else None,
            "nothing_to_find": bool(filters.words) and not search_expression(filters.words),
            "max_csv": MAX_CSV_QUOTATIONS,
            "outlets": [row[0] for row in outlets.rows],
        },
    )


async def search_csv(datasette: Any, request: Any) -> Any:
    """All of the list that the same address without .csv shows, a row for a quotation and a speaker."""
    db = await open_for(datasette, request)
    filters = Filters.from_arguments(request.args).with_()
    if filters.no_dates:
        # A program that asked for some time would take all of it for what it wanted.
        raise BadRequest(f"{words.no_dates(filters.no_dates)}.")
    speakers = await speakers_called(db, filters.speaker) if filters.speaker else None

    async def stream(writer: Any) -> None:
        wanted, sent = filters, 0
        while sent < MAX_CSV_QUOTATIONS:
            listing = await find(db, wanted, speakers, page=_CSV_PAGE, counted=False)
            ids = [quoted.id for quoted in listing.quotations]
            rows = await db.execute(
                "select quotes.* from json_each(?) "
                "cross join quotes on quotes.quotation_id = json_each.value order by json_each.key",
                [json.dumps(ids)],
            )
            # The header goes before the first rows only.
            await writer.write("".join(islice(csv_lines(rows.rows), 1 if sent else 0, None)))
            sent += len(ids)
            if listing.next is None:
                break
            wanted = wanted.from_(listing.next)

    headers = {"content-disposition": 'attachment; filename="quotations.csv"'}
    return AsgiStream(stream, headers=headers, content_type="text/csv; charset=utf-8")


ROUTES = [
    (r"/(\.(?P<format>jsono?))?$", front),
    (r"/(?P<database>[^\/\.]+)/-/home$", home),
    (r"/(?P<database>[^\/\.]+)/-/speaker/(?P<id>\d{1,18})$", speaker),
    (r"/(?P<database>[^\/\.]+)/-/article/(?P<id>\w{1,64})$", article),
    (r"/(?P<database>[^\/\.]+)/-/quotation/(?P<id>\w{1,64})(\.(?P<format>json|bib|csl\.json))?$", quotation),
    (r"/(?P<database>[^\/\.]+)/-/review/quotation/(?P<id>\w{1,64})$", review.quotation),
    (r"/(?P<database>[^\/\.]+)/-/review/speaker/(?P<id>\d{1,18})$", review.speaker),
    (r"/(?P<database>[^\/\.]+)/-/review/decision/(?P<id>\d{1,18})$", review.decision),
    (r"/(?P<database>[^\/\.]+)/-/decisions$", review.decisions),
    (r"/(?P<database>[^\/\.]+)/-/tables$", tables),
    (r"/(?P<database>[^\/\.]+)/-/search$", search),
    (r"/(?P<database>[^\/\.]+)/-/search\.csv$", search_csv),
]
