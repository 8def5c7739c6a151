"""Every kind of source gives the same article."""

import gzip
import json

import pytest

from quotetrack.records import Article
from quotetrack.sources import Failed, Found, count_items, read_sources, with_outlet
from quotetrack.sources.dates import iso_date

TEXT = "“We will rebuild,” said Jane Doe.\r\n\r\nNobody asked “how”.\n"
FIELDS = {
    "id": "a-1",
    "text": TEXT,
    "title": "Bridge, again",
    "url": "https://paper.example/a-1",
    "outlet": "The Paper",
    "author": "A. Writer",
    "published": "2021-11-08",
}


def table(delimiter):
    cells = [f'"{value.replace(chr(34), chr(34) * 2)}"' for value in FIELDS.values()]
    return f"{delimiter.join(FIELDS)}\n{delimiter.join(cells)}\n".encode()


CONTENTS = {
    "a.jsonl": json.dumps(FIELDS).encode(),
    "a.ndjson": b"\xef\xbb\xbf" + json.dumps(FIELDS, ensure_ascii=False).encode() + b"\n\n",
    "a.csv": b"\xef\xbb\xbf" + table(","),
    "a.tsv": table("\t"),
}


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("name", CONTENTS)
def test_lines_and_tables_keep_the_text_as_it_came(tmp_path, name, gzipped):
    path = tmp_path / (f"{name}.gz" if gzipped else name)
    path.write_bytes(gzip.compress(CONTENTS[name]) if gzipped else CONTENTS[name])
    (item,) = read_sources([str(path)])
    assert isinstance(item, Found)
    assert {field: getattr(item.article, field) for field in FIELDS} == FIELDS
    assert item.source == f"{path}:1"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Dam bursts\n\nIt rained.", "Dam bursts"),
        ("# Dam bursts\r\n\r\nIt rained.", "Dam bursts"),
        ("It rained.\n\nThen the dam burst.", None),
        ("One line\nand the next", None),
        ("long " * 60 + "\n\nIt rained.", None),
    ],
)
def test_a_text_is_its_own_article_under_its_path(tmp_path, monkeypatch, text, title):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_bytes(text.encode())
    (item,) = read_sources(["news"])
    assert (item.article.id, item.article.text, item.article.title) == ("news/a.md", text, title)


def test_a_page_gives_its_text_and_what_it_says_about_itself(tmp_path):
    page = """<html lang="en"><head><title>Bridge, again | The Paper</title>
        <link rel="canonical" href="https://paper.example/2021/bridge">
        <meta property="og:site_name" content="The Paper"><meta name="author" content="Ann Writer">
        <meta property="article:published_time" content="2021-11-08T10:00:00Z"></head>
        <body><nav>Home Sport “Weather”</nav><article><h1>Bridge, again</h1>
        <p>“We will rebuild,” said Jane Doe, who has led the council for years.</p>
        <p>Nobody asked how the council would pay for the bridge this time.</p></article></body></html>"""
    (tmp_path / "a.html").write_text(page)
    (item,) = read_sources([str(tmp_path / "a.html")])
    article = item.article
    assert (article.id, article.outlet, article.published) == (
        "https://paper.example/2021/bridge",
        "The Paper",
        "2021-11-08",
    )
    assert "“We will rebuild,” said Jane Doe" in article.text
    assert "Weather" not in article.text


def test_ids_are_given_or_the_address_or_the_place(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [{"id": 7, "text": "x", "url": "u"}, {"text": "x", "url": "u"}, {"text": "x"}]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert [item.article.id for item in read_sources([str(path)])] == ["7", "u", f"{path}:3"]


def test_columns_of_other_names(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Nr,Body,Paper\n1,“Yes.”,The Paper\n")
    (item,) = read_sources([str(path)], {"id": "Nr", "text": "Body", "outlet": "Paper"})
    assert (item.article.id, item.article.text, item.article.outlet) == ("1", "“Yes.”", "The Paper")


def test_a_folder_is_read_in_order_without_what_is_no_article(tmp_path):
    for name in ("b.txt", "a/c.txt.gz", ".hidden.txt", "README.md", "picture.png", "a/.git/x.txt", "z.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = b'{"text": "x"}\n{"text": "y"}\n' if name == "z.jsonl" else b"words"
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    items = list(read_sources([str(tmp_path)]))
    assert [item.source.removeprefix(f"{tmp_path}/") for item in items] == [
        "a/c.txt.gz",
        "b.txt",
        "z.jsonl:1",
        "z.jsonl:2",
    ]
    assert count_items([str(tmp_path)]) == 4
    assert count_items(["-"]) is None


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-11-08", "2021-11-08"),
        ("2021-11-08T10:00:00Z", "2021-11-08T10:00:00Z"),
        ("Mon, 08 Nov 2021 10:00:00 +0200", "2021-11-08T10:00:00+02:00"),
        (" ", None),
        ("03/04/2021", None),
        ("yesterday", None),
    ],
)
def test_dates_are_understood_or_unknown(value, date):
    found, note = iso_date(value)
    assert found == date
    assert (note is not None) == (date is None and bool(value.strip()))


@pytest.mark.parametrize(
    ("url", "given", "outlet"),
    [
        ("https://www.paper.example/a/1", None, "paper.example"),
        ("https://www.paper.example/a/1", "The Paper", "The Paper"),
        ("http://[broken", None, None),
        ("urn:isbn:1", None, None),
        (None, None, None),
    ],
)
def test_an_outlet_that_nobody_names_is_the_site(
    url: str | None, given: str | None, outlet: str | None
) -> None:
    item = with_outlet(Found("there", Article("1", "“Yes.”", url=url, outlet=given)))
    assert isinstance(item, Found)
    assert item.article.outlet == outlet
    assert with_outlet(Failed("there", "empty")) == Failed("there", "empty")
