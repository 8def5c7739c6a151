"""The site's pages, asked for through Datasette's in-process client."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import itertools
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from datasette.app import Datasette
from factories import article, extract_one
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from quotetrack.database import decisions, open_database
from quotetrack.database.authorities import Authority, import_list
from quotetrack.database.connection import writing
from quotetrack.database.writer import rewrite, start_run, write
from quotetrack.records import Article, Extraction
from quotetrack.site import called, listing, pages, tables, wordsearch
from quotetrack.site.called import speakers_called
from quotetrack.site.counts import Facets, facets_by_month
from quotetrack.site.filters import Filters, search_expression
from quotetrack.site.listing import Listing, find

OUTLETS = ("The Courier", "Northern Wire", None)
DATES = ("2021-11-15", "2021-11-15", "2022-02-01T08:00:00Z", "2022", None, None)
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u2067\u202egnirts {{ 7 * 7 }} \x02\x03\x00'
LONG = "x" * 100_000


def store(db: Database, *articles: Article) -> list[str]:
    """Write articles with the quotations of the tests' own extractor; returns their ids."""
    with writing(db):
        run = start_run(db, models="fake", settings={})
        effects = decisions.effects_in_force(db)
        return [write(db, effects, extract_one(one), run=run, source="test").article for one in articles]


def many(number: int) -> list[Article]:
    """Articles of several outlets and dates; each has a quotation of one speaker, of two, and of nobody."""
    return [
        article(
            f"“River {place} rose,” said Ann Lee.\n“We saw river {place},” said Ann Lee and Bo Ray.\n"
            f"“Flood {place}.”",
            id=f"a{place}",
            title=f"Flood number {place}",
            outlet=OUTLETS[place % 3],
            published=DATES[place % 6],
        )
        for place in range(number)
    ]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "quotes.db", create=True)


def site_of(db: Database, **more: Any) -> Datasette:
    (path,) = [row[2] for row in db.execute("pragma database_list").fetchall()]
    return Datasette([path], **more)


def get(db: Database, *paths: str, **more: Any) -> list[Any]:
    async def ask() -> list[Any]:
        site = site_of(db, **more)
        return [await site.client.get(path) for path in paths]

    return asyncio.run(ask())


def page(db: Database, path: str, **more: Any) -> str:
    (answer,) = get(db, path, **more)
    assert answer.status_code == 200, answer.text
    return answer.text


def quotation_ids(db: Database) -> list[str]:
    return [row[0] for row in db.execute("select id from quotations order by rowid")]


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and its text without scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        (self.scripts if "script" in self.open else self.texts).append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def our_pages(db: Database) -> list[str]:
    (speaker,) = db.execute("select min(id) from speakers where merged_into is null").fetchone()
    quotation = quotation_ids(db)[0]
    (one,) = db.execute("select article from quotations where id = ?", [quotation]).fetchone()
    return [
        "/",
        "/quotes/-/home",
        f"/quotes/-/speaker/{speaker}",
        f"/quotes/-/article/{one}",
        f"/quotes/-/quotation/{quotation}",
        "/quotes/-/search?q=river",
        "/quotes/-/search?outlet=The+Courier&speaker=ann",
    ]


def test_hostile_text_stays_text(db: Database) -> None:
    evil = article(
        f"{EVIL}\n“{EVIL.replace(chr(0), '')} river {LONG}” said Ann Lee. “{LONG}” said Bo{LONG}.",
        title=EVIL.replace("\0", ""),
        outlet=EVIL.replace("\0", ""),
        author=EVIL.replace("\0", ""),
        url="javascript:alert(1)",
        published="2021-11-15" + EVIL.replace("\0", ""),
    )
    store(db, evil)
    db.execute("update speakers set name = ?, description = ?, note = ?", [EVIL, EVIL, EVIL])
    db.conn.commit()
    paths = [
        *our_pages(db),
        "/quotes/-/search?q=%22%3E%3Cscript%3Ealert(1)&speaker=%3Cscript%3E",
        "/quotes/quotes",
    ]
    own_scripts = {script for path in ("/-/plugins",) for script in Page(page(db, path)).scripts}
    for path, answer in zip(paths, get(db, *paths), strict=True):
        assert answer.status_code == 200, (path, answer.text)
        found = Page(answer.text)
        assert "alert(1)" not in "".join(found.scripts), path
        for tag, attributes in found.elements:
            assert not any(name.startswith("on") for name in attributes), (path, tag, attributes)
            assert not (attributes.get("href") or "").startswith("javascript:"), path
            assert (attributes.get("src") or "") != "x"
        if path != "/quotes/quotes":
            # Nothing turns round what stands behind it.
            assert not set("\u202e\u2067") & set(answer.text), path
            assert set(found.scripts) <= own_scripts, path
            assert not any(tag == "style" or "style" in attributes for tag, attributes in found.elements), (
                path
            )
            assert len(answer.text) < 1_000_000
    for reference in (".bib", ".csl.json"):
        (answer,) = get(db, f"/quotes/-/quotation/{quotation_ids(db)[0]}{reference}")
        assert "gnirts" in answer.text
        assert not set("\u202e\u2067") & set(answer.text), reference


def test_lists_cut_what_is_too_long_for_a_name_a_title_or_an_outlet(db: Database) -> None:
    store(db, article("“The river rose,” said Ann Lee.", title=LONG, outlet=LONG, published="2021-11-15"))
    db.execute("update speakers set name = ?", [LONG])
    db.conn.commit()
    for path in ("/", "/quotes/-/search?q=river"):
        longest = max(Page(page(db, path)).text.split(), key=len)
        assert len(longest) < 400, path


def test_only_datasettes_own_script_may_run(db: Database) -> None:
    store(db, *many(3))
    for path, answer in zip(our_pages(db), get(db, *our_pages(db)), strict=True):
        policy = dict(
            part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'none'", path
        assert "unsafe" not in str(policy)
        for script in Page(answer.text).scripts:
            digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy["script-src"].split(), path


def test_pages_are_accessible(db: Database) -> None:
    store(db, *many(30))
    for path in our_pages(db):
        found = Page(page(db, path))
        tags = [tag for tag, _ in found.elements]
        assert tags.count("h1") == 1, path
        assert tags.count("main") == 1, path
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path
        ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path
        labelled = {attributes.get("for") for tag, attributes in found.elements if tag == "label"}
        for tag, attributes in found.elements:
            if tag in ("input", "select") and attributes.get("type") not in ("submit", "hidden"):
                assert attributes["id"] in labelled, (path, attributes)
            if tag == "svg" and attributes.get("class") == "qt-chart":
                assert attributes["aria-label"]
            named = attributes.get("aria-labelledby")
            assert named is None or named in ids, (path, named)


def test_a_speakers_list_has_everything_once(db: Database) -> None:
    """Page by page, with equal dates and without dates; table, CSV and counts agree with it."""
    store(db, *many(40))
    speaker = next(db.query("select id from speakers where name = 'Bo Ray'"))["id"]
    truth = [
        row["quotation_id"]
        for row in db.query("select quotation_id from quotes where speaker_id = ?", [speaker])
    ]
    assert len(truth) == 40

    async def walk(**wanted: str) -> tuple[list[str], int | None]:
        datasette = site_of(db)
        connection = datasette.get_database("quotes")
        seen: list[str] = []
        filters = Filters.from_arguments(wanted)
        total = None
        while True:
            found = await find(connection, filters, [speaker] if "q" not in wanted else None, page=7)
            total = found.total if total is None else total
            seen += [quoted.id for quoted in found.quotations]
            if found.next is None:
                return seen, total
            # Through its text, as a link carries it.
            filters = Filters.from_arguments({**wanted, "after": str(found.next)})

    seen, total = asyncio.run(walk())
    assert sorted(seen) == sorted(truth)
    assert total == 40
    by_date = [
        db.execute("select published from quotations where id = ?", [one]).fetchone()[0] for one in seen
    ]
    assert by_date == sorted(by_date, key=lambda date: date or "", reverse=True)
    one_year, total = asyncio.run(walk(year="2022"))
    assert len(one_year) == total == sum(1 for date in by_date if (date or "").startswith("2022"))
    one_outlet, total = asyncio.run(walk(outlet="Northern Wire"))
    assert len(one_outlet) == total == 13
    (answer,) = get(db, f"/quotes/-/search.csv?speaker={speaker}&outlet=Northern+Wire")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["quotation_id"] for row in rows} == set(one_outlet)
    # The table has a row for each speaker of a quotation.
    assert len(rows) == 26


@pytest.mark.parametrize(("sorted_hits", "candidates"), [(5_000, 0), (10, 5_000), (10, 0)])
def test_searches_page_through_all_hits(
    db: Database, monkeypatch: pytest.MonkeyPatch, sorted_hits: int, candidates: int
) -> None:
    """Rare words are sorted, frequent ones looked for among few or read as they come; no way loses a hit."""
    monkeypatch.setattr(wordsearch, "MAX_SORTED", sorted_hits)
    monkeypatch.setattr(wordsearch, "MAX_CANDIDATES", candidates)
    store(db, *many(20))

    async def walk(path: dict[str, str]) -> list[Listing]:
        connection = site_of(db).get_database("quotes")
        speakers = await speakers_called(connection, path["speaker"]) if "speaker" in path else None
        pages, after = [], ""
        while True:
            filters = Filters.from_arguments({**path, "after": after})
            pages.append(await find(connection, filters, speakers, page=7))
            if pages[-1].next is None:
                return pages
            after = str(pages[-1].next)

    for asked, hits in (
        ({"q": "river"}, 40),
        ({"q": "river", "sort": "best"}, 40),
        ({"q": "river", "speaker": "ray"}, 20),
        ({"q": "river", "outlet": "The Courier"}, 14),
        ({"q": "river", "year": "2022"}, 12),
        # What is only known to be of 2022 may be of any month of it.
        ({"q": "river", "from": "2022-01", "to": "2022-12-31"}, 6),
        ({"outlet": "The Courier"}, 21),
        ({"from": "2021-11-15", "to": "2021-11-15"}, 24),
        ({"speaker": "lee ann"}, 40),
        ({}, 60),
    ):
        pages = asyncio.run(walk(asked))
        ids = [quoted.id for found in pages for quoted in found.quotations]
        assert len(ids) == len(set(ids)) == hits, asked
        assert all(found.next is None or len(found.quotations) == 7 for found in pages)


def test_a_list_too_long_for_one_csv_file_says_so(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store(db, *many(6))
    assert "in one file" not in page(db, "/quotes/-/search?q=river")
    monkeypatch.setattr(pages, "MAX_CSV_QUOTATIONS", 5)
    monkeypatch.setattr(pages, "_CSV_PAGE", 5)
    shown, answer = get(db, "/quotes/-/search?q=river", "/quotes/-/search.csv?q=river")
    assert "at most 5 quotations in one file" in shown.text
    assert len({row["quotation_id"] for row in csv.DictReader(io.StringIO(answer.text))}) == 5


def test_a_search_marks_its_words_and_divides_its_hits(db: Database) -> None:
    store(db, *many(6))
    found = Page(page(db, "/quotes/-/search?q=RIVER"))
    assert "12 quotations" in found.text
    assert [attributes for tag, attributes in found.elements if tag == "mark"]
    hrefs = " ".join(attributes.get("href") or "" for _, attributes in found.elements)
    assert "outlet=The+Courier" in hrefs
    assert "year=2021" in hrefs
    assert "Nothing fits" in page(db, "/quotes/-/search?q=glacier")
    assert "No speaker here is called “<bdi>no&lt;body</bdi>”" in page(db, "/quotes/-/search?speaker=no<body")


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("river dam", '"river" AND "dam"'),
        ("“the river” dam*", '"the river" AND "dam"*'),
        ("river -flood", '("river") NOT ("flood")'),
        ('river OR "unclosed', '"river" AND "OR" AND "unclosed"'),
        ("-flood", ""),
        ("  ** () ", ""),
    ],
)
def test_search_expressions(typed: str, expression: str) -> None:
    assert search_expression(typed) == expression


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_no_search_breaks_the_full_text_index(typed: str) -> None:
    expression = search_expression(typed)
    if expression:
        _FULL_TEXT.execute("select count(*) from words where words match ?", [expression]).fetchall()


_FULL_TEXT = Database(memory=True)
_FULL_TEXT.execute("create virtual table words using fts5(text)")


def test_a_spreadsheet_gets_no_formula(db: Database) -> None:
    store(db, article("“=1+1” said Ann Lee.", title="@SUM(A1)"))
    (answer,) = get(db, "/quotes/-/search.csv?speaker=lee")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["quotation"], row["title"]) == ("'=1+1", "'@SUM(A1)")


def test_a_quotations_page_tells_why_and_how_to_cite(db: Database) -> None:
    text = "Before it.\n“Sandbags & 100 % hope_ help,” said Ann Lee.\nAfter it."
    store(
        db,
        article(text, title="A {flood}", outlet="The Courier", author="J. Doe", url="https://c.example/1",
                published="2021-11-15"),
        article("Again: “sandbags & 100 % hope_ help.” said Bo Ray.", id="a2", title="Later"),
    )  # fmt: skip
    first, second = quotation_ids(db)
    path = f"/quotes/-/quotation/{first}"
    html, bib, csl, data = get(db, path, path + ".bib", path + ".csl.json", path + ".json")
    shown = Page(html.text).text
    assert "very likely (80%)" in shown
    assert "as in She said" in shown
    assert "Before it." not in shown
    # The evidence is shown where it stands.
    (around,) = re.findall(r'<p dir="auto">(.*)</p>', html.text)
    assert around == (
        '<mark class="qt-q qt-s0">“Sandbags &amp; 100 % hope_ help,”</mark> '
        '<span class="qt-cue" title="Reports the quotation">said</span> '
        '<span class="qt-mention qt-s0" title="Names the speaker">Ann Lee</span>.'
    )
    assert "The same quotation elsewhere" in shown
    assert "In the same words" in shown
    assert f"/quotes/-/quotation/{second}" in html.text
    assert (
        "Ann Lee: “Sandbags & 100 % hope_ help”. Quoted in “A {flood}”, J. Doe, The Courier, 15 November 2021"
        in shown
    )
    assert r"Sandbags \& 100 \% hope\_ help" in bib.text
    assert r"title = {{A \textbraceleft{}flood\textbraceright{}}}" in bib.text
    assert "month = nov," in bib.text
    (item,) = csl.json()
    assert item["issued"] == {"date-parts": [[2021, 11, 15]]}
    assert item["container-title"] == "The Courier"
    told = data.json()
    assert text[told["start"] : told["end"]] == told["quotation"]
    assert told["url"].endswith(path)
    assert told["speakers"][0]["name"] == "Ann Lee"


def test_a_cited_page_outlives_its_quotation(db: Database) -> None:
    (old,) = store(db, article("“It will rain,” said Ann Lee. “It is dry,” said Ann Lee.", title="Weather"))
    rejected, withdrawn = quotation_ids(db)
    decisions.record(db, "not-a-quotation", {"quotation": rejected}, by="eve", why="a song title")
    with writing(db):
        run = start_run(db, models="newer", settings={})
        kept = Extraction(article("“It will rain,” said Ann Lee. “It is dry,” said Ann Lee."), ())
        rewrite(db, decisions.effects_in_force(db), old, kept, run=run)
    shown = page(db, f"/quotes/-/quotation/{rejected}")
    assert "decided that this is not a quotation" in shown
    assert "a song title" in shown
    assert "no longer finds" in page(db, f"/quotes/-/quotation/{withdrawn}")
    (new,) = store(db, article("“It rained,” said Ann Lee.", title="Weather"))
    assert "earlier version" in page(db, f"/quotes/-/article/{old}")
    shown = page(db, f"/quotes/-/quotation/{withdrawn}")
    assert f"/quotes/-/article/{new}" in shown
    (ann,) = db.execute("select id from speakers where name = 'Ann Lee'").fetchone()
    assert ("a", {"href": f"/quotes/-/speaker/{ann}"}) in Page(shown).elements
    versions = Page(page(db, f"/quotes/-/article/{new}"))
    assert f"/quotes/-/article/{old}" in [attributes.get("href") for _, attributes in versions.elements]


def test_what_a_correction_left_is_found_in_the_current_version(db: Database) -> None:
    store(db, article("“It rained,” said Ann Lee."), article("“It rained,” said Ann Lee.", id="other"))
    cited, _ = quotation_ids(db)
    store(db, article("“It rained,” said Ann Lee. It did not."))
    shown = Page(page(db, f"/quotes/-/quotation/{cited}")).text
    assert shown.count("In the current version of the article · Ann Lee") == 1
    assert shown.count("In the same words · Ann Lee") == 1


def test_a_merged_speakers_address_leads_on(db: Database) -> None:
    store(db, *many(2))
    ann, bo = (
        next(db.query("select id from speakers where name = ?", [name]))["id"]
        for name in ("Ann Lee", "Bo Ray")
    )
    decisions.record(db, "merge", {"speaker": bo, "into": ann}, by="eve")
    (answer,) = get(db, f"/quotes/-/speaker/{bo}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/quotes/-/speaker/{ann}"
    names = Page(page(db, f"/quotes/-/speaker/{ann}")).text
    assert "Bo Ray" in names


def test_identifiers_lead_to_the_catalogues_that_are_known(db: Database) -> None:
    entry = Authority("Ann Lowe", identifiers=(("wikidata", "Q1/2"), ("our list", "<7>")))
    (imported,) = import_list(db, [entry])
    shown = Page(page(db, f"/quotes/-/speaker/{imported.speaker}"))
    assert "our list <7>" in shown.text
    outside = [attributes["href"] for tag, attributes in shown.elements if attributes.get("rel")]
    assert "https://www.wikidata.org/wiki/Q1%2F2" in outside
    assert not any("7" in (link or "") for link in outside)


def test_tables_lead_to_pages(db: Database) -> None:
    store(db, *many(1))
    quotation = quotation_ids(db)[0]
    quotes, speakers, attributions = get(db, "/quotes/quotes", "/quotes/speakers", "/quotes/attributions")
    assert f'href="/quotes/-/quotation/{quotation}"' in quotes.text
    assert 'href="/quotes/-/article/' in quotes.text
    assert 'href="/quotes/-/speaker/1"' in speakers.text
    assert 'href="/quotes/-/speaker/1"' in attributions.text


def test_pairs_and_answers_to_questions_lead_to_pages(db: Database) -> None:
    store(db, *many(1))
    db["suggestions"].insert({"speaker_a": 1, "speaker_b": 2, "score": 0.7, "reasons": "[]"})
    described = yaml.safe_load(Path(__file__).parent.parent.joinpath("metadata.yml").read_text("utf-8"))
    paths = ("suggestions", "perhaps_the_same", "who_spoke_about?words=rose", "what_somebody_said?name=ray")
    pairs, perhaps, about, said = get(db, *(f"/quotes/{path}" for path in paths), metadata=described)
    for shown in (pairs.text, perhaps.text):
        for name in ('1">Ann Lee', '2">Bo Ray'):
            assert f'<a href="/quotes/-/speaker/{name}</a>' in shown
    assert f'<a href="/quotes/-/quotation/{quotation_ids(db)[0]}">River 0 rose,</a>' in about.text
    assert '<a href="/quotes/-/speaker/2">Bo Ray</a>' in said.text
    assert re.search(r'<a href="/quotes/-/article/\w+">Flood number 0</a>', said.text)


def test_speakers_about_whom_somebody_has_decided_are_not_asked_about(db: Database) -> None:
    store(db, *many(1), article("“It rained,” said Cy Day.", id="b"))
    described = yaml.safe_load(Path(__file__).parent.parent.joinpath("metadata.yml").read_text("utf-8"))

    def pairs() -> list[tuple[int, int]]:
        # A decision has the program suggest anew, and these names are not alike.
        db["suggestions"].delete_where()
        for other, score in ((2, 0.7), (3, 0.6)):
            db["suggestions"].insert({"speaker_a": 1, "speaker_b": other, "score": score, "reasons": "[]"})
        (answer,) = get(db, "/quotes/perhaps_the_same.json?_shape=array", metadata=described)
        return [(row["one_id"], row["other_id"]) for row in answer.json()]

    assert pairs() == [(1, 2), (1, 3)]
    apart = decisions.record(db, "never-merge", {"speakers": [1, 2]}, by="eve")
    assert pairs() == [(1, 3)]
    decisions.undo(db, apart.id, by="eve")
    decisions.record(db, "merge", {"speaker": 2, "into": 3}, by="eve")
    assert pairs() == [(1, 3)]
    decisions.record(db, "merge", {"speaker": 1, "into": 3}, by="eve")
    assert pairs() == []


def test_a_site_below_another_address_leads_nowhere_else(db: Database) -> None:
    store(db, *many(1))
    for path in (*our_pages(db), "/quotes/quotes"):
        found = Page(page(db, path, settings={"base_url": "/press/"}))
        addresses = {
            attributes.get(name) or ""
            for _, attributes in found.elements
            for name in ("href", "action")
            if (attributes.get(name) or "").startswith(("/", "http://localhost"))
        }
        if path == "/quotes/quotes":
            # Among Datasette's own are some that it doubles.
            addresses = {address for address in addresses if "/quotes/-/" in address}
        assert addresses
        for address in addresses:
            assert re.match(r"(http://localhost)?/press/(?!press/)", address), (path, address)


def test_other_databases_are_left_to_datasette(db: Database, tmp_path: Path) -> None:
    other = Database(tmp_path / "other.db")
    other["speakers"].insert({"id": 1, "name": "Loud"})
    alone, table, none = get(other, "/", "/other/speakers", "/other/-/home")
    assert "other" in alone.text
    assert "/-/speaker/" not in table.text
    assert none.status_code == 404
    store(db, *many(1))
    for path in ("/quotes/-/speaker/99", "/quotes/-/article/none", "/quotes/-/quotation/none", "/no/-/home"):
        (answer,) = get(db, path)
        assert answer.status_code == 404


def test_pages_keep_to_datasettes_permissions(db: Database) -> None:
    store(db, *many(1))
    paths = [*our_pages(db), "/quotes/-/search.csv?q=river"]
    for hidden in ({"allow": False}, {"tables": {"articles": {"allow": False}}}):
        for path, answer in zip(
            paths, get(db, *paths, metadata={"databases": {"quotes": hidden}}), strict=True
        ):
            assert answer.status_code == 403, path


def test_an_empty_database_has_pages(db: Database) -> None:
    assert "There are no quotations yet" in page(db, "/")
    assert "Nothing fits" in page(db, "/quotes/-/search?q=rain")


def test_a_quotation_that_another_newspaper_cut_is_found_there(db: Database) -> None:
    whole = "We opened both of the gates at noon, and nobody in the valley had been warned by then."
    cut = "both of the gates at noon, and nobody in the valley had been warned"
    stock = "We opened the letters one by one; nobody in the office had been told of the rest by Friday."
    store(
        db,
        article(f"“{whole}” said Ann Lee.", title="Gates"),
        article(f"She had opened “{cut},” said Ann Lee.", id="a2", title="Cut short"),
        article(f"“{stock}” said Bo Ray.", id="a3", title="Another matter"),
    )
    first, second, third = quotation_ids(db)
    pages = [Page(page(db, f"/quotes/-/quotation/{one}")).text for one in (first, second, third)]
    assert "Partly the same words · Ann Lee · Cut short" in pages[0]
    assert "Partly the same words · Ann Lee · Gates" in pages[1]
    assert "Another matter" not in pages[0] + pages[1]
    assert "elsewhere" not in pages[2]


def test_a_word_alone_is_the_same_quotation_only_from_the_same_speaker(db: Database) -> None:
    longer = "a loss for the whole valley"
    for place, (words, who) in enumerate(
        (
            ("tragic", "Ann Lee"),
            ("Tragic", "Ann Lee"),
            ("tragic", "Bo Ray"),
            (longer, "Ann Lee"),
            (longer, "Bo Ray"),
        )
    ):
        store(db, article(f"It was “{words},” said {who}.", id=f"a{place}", title=f"Number {place}"))
    one, _, other, long, _ = (page(db, f"/quotes/-/quotation/{key}") for key in quotation_ids(db))
    assert "In the same words" in one
    assert "Number 1" in one
    assert "Number 2" not in one
    assert "elsewhere" not in other
    assert "by another speaker" in long
    # Nobody can tell whether an unnamed source is another, nor somebody of the same name.
    for values in ({"type": "unnamed"}, {"type": "person", "name": "Ann Lee"}):
        db["speakers"].update(2, values)
        changed = page(db, f"/quotes/-/quotation/{quotation_ids(db)[3]}")
        assert "In the same words" in changed
        assert "by another speaker" not in changed


def test_a_speakers_quotations_of_one_article_share_the_line_that_names_it(db: Database) -> None:
    text = "“It rained,” said Ann Lee.\n“It poured,” said Ann Lee."
    store(db, article(text, title="Wet day"), article("“Still wet,” said Ann Lee.", id="a2", title="After"))
    shown = Page(page(db, "/quotes/-/speaker/1")).text
    assert shown.count("Wet day") == shown.count("After") == 1
    assert shown.index("Wet day") < shown.index("It rained") < shown.index("It poured")


def test_an_article_shows_its_title_once_and_every_list_leads_to_the_place_in_it(db: Database) -> None:
    store(db, article("Rain\n\n“It rained,” said Ann Lee.", title="Rain"))
    (quotation,) = quotation_ids(db)
    html = page(db, "/quotes/-/search?q=rained")
    (address,) = re.findall(r'href="(/quotes/-/article/\w+)#q' + quotation, html)
    shown = page(db, address)
    assert f'id="q{quotation}"' in shown
    assert Page(shown).text.count("Rain") == 2  # in the browser's title bar, and above the text


def test_a_large_table_is_counted_and_faceted_only_when_somebody_asks(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(db, *many(6))
    metadata = {"databases": {"quotes": {"tables": {"quotes": {"facets": ["outlet"]}}}}}
    asked: list[str] = []
    monkeypatch.setattr(tables, "LARGE", 5)

    async def ask() -> list[str]:
        site = site_of(db, metadata=metadata)
        database = site.get_database("quotes")
        execute = database.execute

        async def noted(sql: str, *args: Any, **more: Any) -> Any:
            asked.append(" ".join(sql.split()))
            return await execute(sql, *args, **more)

        monkeypatch.setattr(database, "execute", noted)
        answers = []
        for path in (
            "/quotes/quotes",
            "/quotes/quotes?outlet=The+Courier",
            "/quotes/speakers",
            "/quotes/runs",
        ):
            answers.append((await site.client.get(path)).text)
            answers.append(" ; ".join(asked))
            asked.clear()
        (address,) = re.findall(r'href="(/quotes/quotes\?[^"]*)">Count the rows', answers[0])
        return [*answers, (await site.client.get(address.replace("&amp;", "&"))).text]

    whole, of_whole, _, of_part, _, of_speakers, _, of_runs, counted = asyncio.run(ask())
    assert "Flood number" in whole
    assert "select count(*) from quotes" not in of_whole + of_part
    assert "group by" not in of_whole + of_part
    # There are too few of these to matter.
    assert "select count(*) from speakers" in of_speakers
    assert "select count(*) from runs" in of_runs
    assert "24 rows" in counted
    assert "Northern Wire" in counted
    assert "Count the rows" not in counted


def test_the_tables_and_questions_are_told_to_those_who_may_see_them(db: Database) -> None:
    store(db, *many(1))
    metadata = {
        "databases": {
            "quotes": {
                "tables": {
                    "runs": {"title": "Runs of it", "description": "All <b>runs</b>"},
                    "quotes": {"title": "Quotes of it"},
                    "sightings": {"title": "Sightings of it", "hidden": True},
                    "inputs": {"title": "Inputs of it", "allow": {"id": "eve"}},
                },
                "queries": {
                    "one": {"title": "Question one", "sql": "select 1"},
                    "two": {"title": "Question two", "sql": "select 2", "allow": {"id": "eve"}},
                },
            }
        }
    }
    shown = Page(page(db, "/quotes/-/tables", metadata=metadata)).text
    assert shown.index("Runs of it") < shown.index("All <b>runs</b>") < shown.index("Quotes of it")
    assert "speaker_months" in shown
    assert "SQL of your own" in shown
    home = Page(page(db, "/", metadata=metadata)).text
    for unseen in ("Sightings of it", "_fts", "Inputs of it", "Question two"):
        assert unseen not in shown + home
    assert "Question one" in shown
    assert "Question one" in home
    assert "SQL of your own" not in page(db, "/quotes/-/tables", settings={"default_allow_sql": False})


def test_what_is_not_there_is_said_with_a_search_box(db: Database) -> None:
    store(db, *many(1))
    for path in ("quotation/abc", "article/abc", "speaker/999"):
        (answer,) = get(db, f"/quotes/-/{path}")
        assert answer.status_code == 404
        assert "There is no such" in answer.text
        assert 'name="q"' in answer.text
        assert "content-security-policy" in answer.headers
    (answer,) = get(db, "/quotes/-/quotation/abc.json")
    assert answer.status_code == 404
    assert answer.json()["error"] == "There is no such quotation"


def test_a_speakers_table_is_paged_without_sorting_all_of_it(db: Database) -> None:
    store(db, *many(20))
    speaker = db.execute("select id from speakers where name = 'Ann Lee'").fetchone()[0]
    metadata = {"databases": {"quotes": {"tables": {"quotes": {"size": 7, "sort_desc": "published"}}}}}

    async def walk(more: str) -> tuple[list[int], list[tuple[str, str]], bool]:
        """How many rows each page has, all of them, and whether they were sorted in part only."""
        site, sizes, rows, spared, after = site_of(db, metadata=metadata), [], [], set(), None
        while True:
            asked = f"/quotes/quotes.json?speaker_id__exact={speaker}{more}" + (
                f"&_next={after}" if after else ""
            )
            answer = (await site.client.get(asked)).json()
            columns = answer["columns"]
            found = [dict(zip(columns, row, strict=True)) for row in answer["rows"]]
            sizes.append(len(found))
            rows += [(row["published"] or "", row["quotation_id"]) for row in found]
            spared.add("qt_rows" in answer["query"]["sql"])
            after = answer["next"]
            if after is None:
                return sizes, rows, spared.pop()

    for more in ("&_nocount=1&_nofacet=1", "&_nocount=1&_nofacet=1&_sort_desc=published"):
        sizes, rows, spared = asyncio.run(walk(more))
        assert spared
        assert sizes == [7, 7, 7, 7, 7, 5]
        assert len(set(rows)) == 40
        assert [date for date, _ in rows] == sorted((date for date, _ in rows), reverse=True)
    # What else the address asks for needs all rows.
    for more in (
        "",
        "&_nocount=1",
        "&_nofacet=1",
        *(
            f"&_nocount=1&_nofacet=1&{one}"
            for one in (
                "outlet=The+Courier",
                "_sort=published",
                "_sort_desc=outlet",
                "_facet=outlet",
                "speaker_id__exact=1",
                "_size=3",
            )
        ),
    ):
        _, rows, spared = asyncio.run(walk(more))
        assert not spared, more
        assert len(set(rows)) == (14 if "outlet=" in more and "_facet" not in more else 40), more


def test_a_search_without_words_has_facets_too(db: Database) -> None:
    store(db, *many(6))

    def facets(**given: Any) -> Any:
        async def ask() -> Any:
            database = site_of(db).get_database("quotes")
            filters = Filters(**given)
            called = await speakers_called(database, filters.speaker) if filters.speaker else None
            return await facets_by_month(database, filters, called)

        return asyncio.run(ask())

    several = facets(speaker="ann OR bo")
    assert several == Facets()  # nobody is called so
    lee = facets(speaker="lee")
    assert lee.speakers == (("1", "Ann Lee", 12),)
    assert lee.outlets == (("Northern Wire", "Northern Wire", 4), ("The Courier", "The Courier", 4))
    assert [year for year, _, _ in lee.years] == ["2022", "2021"]
    assert facets(outlet="The Courier").outlets == (("The Courier", "The Courier", 6),)
    assert facets(since="2021-11-15") == Facets()
    assert "Years" in Page(page(db, "/quotes/-/search?speaker=lee")).text


def test_what_no_month_tells_is_counted_one_by_one(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The days of a list, and the speakers of a name, some of whose quotations are several's."""
    store(db, *many(20), article("“It rained,” said Cy Lee.\n“It shone,” said Cy Lee and Ann Lee.", id="b"))

    def shown(query: str) -> str:
        return Page(page(db, f"/quotes/-/search?{query}")).text

    for query, total in (
        ("from=2021-11-15&to=2021-11-15", 24),
        ("from=2021-11-15&outlet=The+Courier", 21),
        ("from=2021-11-15&speaker=ray", 14),
        ("speaker=lee", 42),
    ):
        assert f" {total} quotations " in shown(query), query
        assert " Speakers " in shown(query), query
        (answer,) = get(db, f"/quotes/-/search.csv?{query}")
        ids = {row["quotation_id"] for row in csv.DictReader(io.StringIO(answer.text))}
        assert len(ids) == total, query
    assert "24 quotations" in shown("from=2021-11-15&to=2021-11-15&after=2021-11-15~9")
    monkeypatch.setattr(listing, "MAX_COUNTED", 23)
    for query in ("from=2021-11-15&to=2021-11-15", "speaker=lee"):
        assert "leaves out. Quotations " in shown(query), query


@pytest.mark.parametrize(
    "given",
    ["15.11.2021", "yesterday", "2021-13", "2021-02-30", "1", "2021-11-15T08:00", "٢٠٢١", "<b>"],
)
def test_what_is_no_date_is_said_and_no_csv_goes_without_it(db: Database, given: str) -> None:
    store(db, *many(6))
    asked = urlencode({"q": "river", "from": given, "to": "2022"})
    found, answer = get(db, f"/quotes/-/search?{asked}", f"/quotes/-/search.csv?{asked}")
    assert f"“{given}” is no date, and left out." in Page(found.text).text
    assert "8 quotations" in Page(found.text).text
    assert answer.status_code == 400
    assert "is no date" in answer.text
    for date in ("2021", "2021-11", "2024-02-29"):
        (answer,) = get(db, f"/quotes/-/search.csv?from={date}")
        assert answer.status_code == 200


def test_a_search_for_no_word_says_so(db: Database) -> None:
    store(db, *many(1))
    for nothing in ("-river", "%22", "*"):
        assert "No word to look for was given." in page(db, f"/quotes/-/search?q={nothing}")
    assert "Nothing fits. Fewer words" in page(db, "/quotes/-/search?q=lake")
    assert "Fewer words" not in page(db, "/quotes/-/search?outlet=Nobody")


def test_all_have_a_known_speaker_only_where_all_have(db: Database) -> None:
    store(db, article("“The river rose,” said Ann Lee."))
    assert "have a known speaker100%" in Page(page(db, "/")).text
    db.execute("update months set quotations = 1000, unattributed = 1")
    db.conn.commit()
    assert "have a known speaker99%" in Page(page(db, "/")).text


def test_a_search_for_a_name_offers_its_speakers(db: Database) -> None:
    store(db, *many(2), article("“It rained,” said Ann Lee.\n“Bo Ray was wet,” said Ann Lee.", id="b"))
    offered = Page(page(db, "/quotes/-/search?q=lee"))
    assert "Speakers of that name: Ann Lee 6 quotations No quotation has this word in it." in offered.text
    (ann,) = db.execute("select id from speakers where name = 'Ann Lee'").fetchone()
    assert ("a", {"href": f"/quotes/-/speaker/{ann}"}) in offered.elements
    # Whoever is named in what others said as well.
    both = Page(page(db, "/quotes/-/search?q=ray")).text
    assert "Speakers of that name: Bo Ray 2 quotations" in both
    assert "Bo Ray was wet" in both
    for nobody in ("q=rained", "q=lee&speaker=ann", "q=lee+-ann"):
        assert "Speakers of that name" not in page(db, f"/quotes/-/search?{nobody}")


def test_a_name_that_fits_many_says_whose_quotations_these_are(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(db, *many(1))
    told = "these are the 2 most quoted."
    assert told not in page(db, "/quotes/-/search?speaker=ann")
    for module in (called, pages):
        monkeypatch.setattr(module, "MAX_SPEAKERS", 2)
    store(db, article("“It rained,” said Bo Lee.", id="b"), article("“It rained,” said Cy Lee.", id="c"))
    assert told not in page(db, "/quotes/-/search?speaker=ray")
    found = Page(page(db, "/quotes/-/search?speaker=lee")).text
    assert told in found
    assert "3 quotations" in found
