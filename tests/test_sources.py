"""Every kind of source gives the same article."""

import gzip
import json
import os
import resource
import socket
import zlib
from pathlib import Path

import pytest

from quotetrack.records import Article
from quotetrack.sources import Failed, Found, count_items, read_sources, with_outlet
from quotetrack.sources.address import plain_address
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


def test_columns_that_a_file_lacks_go_by_their_usual_names(tmp_path):
    (tmp_path / "a.csv").write_text("Body Text,title\n“Yes.”,A\n")
    (tmp_path / "b.csv").write_text("Text;title\n“No.”;B\n")
    (tmp_path / "c.csv").write_text("words\n“Or.”\n")
    (tmp_path / "d.jsonl").write_text('{"text": "“So.”", "title": "D"}\n{"title": "none"}\n')
    items = list(read_sources([str(tmp_path)], {"text": "Body Text", "title": "Title"}))
    found = [item.article for item in items if isinstance(item, Found)]
    assert [(one.text, one.title) for one in found] == [("“Yes.”", "A"), ("“No.”", "B"), ("“So.”", "D")]
    assert [item.reason for item in items if isinstance(item, Failed)] == [
        "no column 'Body Text' nor 'text' (columns: words); name it with --column text=NAME",
        "has no 'Body Text' nor 'text'",
    ]


def test_a_file_is_one_however_its_path_is_typed(tmp_path, monkeypatch):
    work, elsewhere = tmp_path / "work", tmp_path / "elsewhere"
    for folder in (work / "in", elsewhere / "deep"):
        folder.mkdir(parents=True)
    (work / "in" / "a.jsonl").write_text('{"text": "x"}\n')
    (elsewhere / "a.jsonl").write_text('{"text": "y"}\n')
    monkeypatch.chdir(work)
    (work / "in" / "link").symlink_to(elsewhere / "deep")
    (tmp_path / "shortcut").symlink_to(work)
    monkeypatch.setenv("PWD", str(tmp_path / "shortcut"))

    def ids(path):
        return [item.article.id for item in read_sources([str(path)])]

    inside = ["in/a.jsonl", "./in/a.jsonl", "in/../in/a.jsonl", "in", "./in/", ".", work / "in" / "a.jsonl"]
    inside += [work / ".." / "work" / "in", tmp_path / "shortcut" / "in" / "a.jsonl"]
    for path in inside:
        assert ids(path) == ["in/a.jsonl:1"], path
    # After the link, ".." is not where it stands.
    for path in (elsewhere / "a.jsonl", "../elsewhere/a.jsonl", "in/link/../a.jsonl"):
        assert ids(path) == [f"{elsewhere}/a.jsonl:1"], path


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
        ("Wed, 10 Nov 2021 10:00:00 +0200", "2021-11-10T10:00:00+02:00"),
        ("2021-W45-1", "2021-11-08"),
        (" ", None),
        ("03/04/2021", None),
        ("yesterday", None),
        ("2021", "2021"),
        ("2021-11", "2021-11"),
        ("20211108", "2021-11-08"),
        ("2021-13-45", None),
        ("2024/03/04", "2024-03-04"),
        ("2024.3.4", "2024-03-04"),
        ("2024/3/4 10:30:00", "2024-03-04 10:30:00"),
        ("2024/13/04", None),
        ("4 March 2024", "2024-03-04"),
        ("Monday, 4 March 2024", "2024-03-04"),
        ("4th Mar. 2024", "2024-03-04"),
        ("4-Mar-2024", "2024-03-04"),
        ("March 4, 2024", "2024-03-04"),
        ("MARCH 4,2024", "2024-03-04"),
        ("Sept 4 2024", "2024-09-04"),
        ("March 4, 2024 Monday 10:15 PM GMT", "2024-03-04"),
        ("Mon., Mar. 4th, 2024 at 10.15 p.m.", "2024-03-04"),
        ("31 June 2024", None),
        ("4 mars 2024", None),
        ("March 4", None),
        ("March 2024", None),
        ("04/03/2024", None),
        ("4.3.2024", None),
        ("04-03-2024 10:30", None),
        ("04 03 2024", None),
        ("March 4, 2024 to May 5, 2024", None),
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


CAFE = "“Our café stays,” said José Núñez."


def read(path, content, **how):
    path.write_bytes(content)
    return list(read_sources([str(path)], **how))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("heads", ["id,text,title", "ID, Text ,TITLE"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_tables_as_spreadsheets_write_them(tmp_path, delimiter, heads, encoding):
    rows = heads.replace(",", delimiter) + f'\r\n1{delimiter}"{CAFE}"{delimiter}T\r\n'
    told = "cp1252" if encoding == "cp1252" else "utf-8"
    (item,) = read(tmp_path / "a.csv", rows.encode(encoding), encoding=told)
    assert (item.article.id, item.article.text, item.article.title) == ("1", CAFE, "T")


def test_a_table_with_excels_hint_and_a_damaged_row(tmp_path):
    content = 'sep=;\nid;text\n1;"“One”, he said"\n2;"“Two”" said he\n3;"“Three”, he said\n4;“Four”\n'
    items = read(tmp_path / "a.csv", content.encode())
    assert items[0].article.text == "“One”, he said"
    assert [item.source.rpartition(":")[2] for item in items] == ["1", "2", "3"]
    assert all("a damaged row" in item.reason for item in items[1:])


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.json"])
def test_bytes_of_another_encoding_fail_until_it_is_told(tmp_path, name):
    content = {"txt": CAFE, "csv": f'text\n"{CAFE}"\n'}.get(
        name[2:], json.dumps({"text": CAFE}, ensure_ascii=False)
    )
    (item,) = read(tmp_path / name, content.encode("cp1252"))
    assert "not UTF-8" in item.reason or "not valid UTF-8" in item.reason
    (item,) = read(tmp_path / name, content.encode("cp1252"), encoding="cp1252")
    assert item.article.text == CAFE
    (item,) = read(tmp_path / name, content.encode("utf-16"))
    assert item.article.text == CAFE


def test_a_json_document_is_a_list_of_articles_or_one(tmp_path):
    many = json.dumps([{"id": 1, "text": "x"}, 5, {"id": 2.5, "text": "y", "published": 20211108}], indent=1)
    one, failed, other = read(tmp_path / "a.json", many.encode())
    assert (one.article.id, other.article.id, other.article.published) == ("1", "2.5", "2021-11-08")
    assert failed.reason == "not a JSON object"
    (item,) = read(tmp_path / "b.json", b'{"text": "x", "title": NaN}')
    assert (item.article.id, item.article.title) == (str(tmp_path / "b.json"), None)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.json", "a.html"])
def test_a_gzip_bomb_is_refused_without_unpacking_all_of_it(tmp_path, name):
    pack = zlib.compressobj(1, wbits=31)
    start = {"a.csv": b"text\n", "a.txt": b""}.get(name, b'{"text": "')
    parts = [start, *[b"x" * 10_000_000] * 15]
    content = b"".join(map(pack.compress, parts)) + pack.flush()
    before = resource.getrlimit(resource.RLIMIT_AS)
    # What the tests before this one have taken, threads' stacks for the most part, is not held against it.
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 2_000_000_000, before[1]))
    try:
        (item,) = read(tmp_path / f"{name}.gz", content)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert isinstance(item, Failed)
    assert "more than" in item.reason


def test_folders_with_loops_pipes_and_names_that_are_no_text(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.TXT").write_text("x")
    (tmp_path / "loop").symlink_to("..")
    (tmp_path / "nowhere.txt").symlink_to("gone")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket.txt"))
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt"))).write_text("y")
    items = list(read_sources([str(tmp_path)]))
    assert [item.source.removeprefix(f"{tmp_path}/") for item in items] == [r"bad\udcff.txt", "sub/a.TXT"]
    assert [item.article.id for item in items] == [item.source for item in items]
    assert count_items([str(tmp_path)]) == 2


def test_a_folder_that_may_not_be_opened_is_said(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("x")
    look = os.scandir

    def refuse(path):
        # Root may open every folder.
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    failed, found = read_sources([str(tmp_path)])
    assert (failed.source, failed.reason) == (str(tmp_path / "closed"), "Permission denied")
    assert isinstance(found, Found)


PAGE = """<html><head>{0}<title>Bridge</title></head><body><article><h1>Bridge</h1>
<p>“We will rebuild the café before winter,” said José Núñez, who leads the council of the town.</p>
<p>“It will cost more than we were told,” he said to those who had come to the meeting.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("cp1252", '<meta charset="windows-1252">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
        ("cp1252", '<meta charset="utf-8"><meta charset="windows-1252">'),
        ("utf-8-sig", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
    ],
)
def test_pages_say_their_encoding_or_show_it(tmp_path, encoding, head):
    (item,) = read(tmp_path / "a.HTML", PAGE.format(head).encode(encoding))
    assert "“We will rebuild the café before winter,” said José Núñez" in item.article.text


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/x?id=7&utm_source=feed&fbclid=Z#part", "https://a.example/x?id=7"),
        ("https://a.example/x?utm_medium=rss", "https://a.example/x"),
        ("https://a.example/x?utmost=1&gclidx=2", "https://a.example/x?utmost=1&gclidx=2"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_an_address_is_the_same_however_its_readers_are_tracked(url, plain):
    assert plain_address(url) == plain
