"""From what a user names (files, folders, standard input) to articles, by the adapter for each kind."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, cast

from quotetrack.sources.address import is_address
from quotetrack.sources.form import Form, encoding_of, not_in
from quotetrack.sources.items import Failed, Found, Item, checked
from quotetrack.sources.json_text import read_json, read_jsonl
from quotetrack.sources.paths import file_name
from quotetrack.sources.table import read_table
from quotetrack.sources.text import read_text

STANDARD_INPUT = "-"

Adapter = Callable[[str, BinaryIO, Form], Iterator[Item]]
# Kinds with an article a line.
LINES = (".jsonl", ".ndjson", ".csv", ".tsv")


def read_sources(
    sources: Iterable[str],
    columns: Mapping[str, str] | None = None,
    *,
    encoding: str = "utf-8",
    allow_private: bool = False,
    prefix: str = "",
) -> Iterator[Item]:
    """The articles of `sources` in their order, lazily.

    Sources are files, folders (and what is in them), web addresses, and "-" for standard input. A file is the
    same source however its path is typed.

    Nothing is raised for a source that cannot be read: it yields a `Failed` that says why, and the next one
    follows. `columns` maps an article's field to the name that tables and JSON use for it; `encoding` is that
    of text, tables and JSON without a byte-order mark. Addresses in private networks are refused unless
    `allow_private`. `prefix` goes before the ids of articles in tables and JSON, which are unique there only.
    """
    form = Form(columns or {}, encoding)
    read_url: Callable[[str], Item] | None = None
    for source in sources:
        if is_address(source):
            read_url = read_url or _url_reader(allow_private)
            yield read_url(source)
        else:
            for item in _read(source, form):
                yield checked(_prefixed(item, prefix))


def count_items(sources: Iterable[str]) -> int | None:
    """How many items `sources` will yield, roughly, for a progress bar; None where nobody can tell."""
    total = 0
    for source in sources:
        path = Path(source)
        if source == STANDARD_INPUT or path.suffix == ".gz":
            return None
        for file in _files(path) if path.is_dir() else [path]:
            lines = isinstance(file, Path) and _kind(file) in LINES and file.is_file()
            total += _count_lines(file) if isinstance(file, Path) and lines else 1
    return total


def _prefixed(item: Item, prefix: str) -> Item:
    if isinstance(item, Failed) or item.unique or not prefix:
        return item
    return replace(item, article=replace(item.article, id=prefix + item.article.id))


def _url_reader(allow_private: bool) -> Callable[[str], Item]:
    from quotetrack.sources.network import read_url
    from quotetrack.sources.web import Fetcher

    return partial(read_url, fetcher=Fetcher(allow_private=allow_private))


def _read(source: str, form: Form) -> Iterator[Item]:
    if source == STANDARD_INPUT:
        yield from _read_standard_input(form)
        return
    path = Path(source)
    if not path.is_dir():
        yield from _read_file(path, source, form)
        return
    empty = True
    for file in _files(path):
        empty = False
        if isinstance(file, Failed):
            yield file
        else:
            yield from _read_file(file, str(file), form)
    if empty:
        yield Failed(source, f"no articles in this folder (looked for {', '.join(sorted(ADAPTERS))})")


def _files(folder: Path) -> Iterator[Path | Failed]:
    """The files of `folder` that an adapter reads, at any depth, in a fixed order.

    Hidden files and a folder's README are not articles; links to folders are not followed.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failed(str(folder), error.strerror or str(error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path)
        elif path.stem.upper() != "README" and _kind(path) in ADAPTERS and entry.is_file():
            yield path


def _kind(path: Path) -> str:
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return name.suffix.lower()


def _count_lines(path: Path) -> int:
    if not os.access(path, os.R_OK):
        return 1
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _read_file(path: Path, typed: str, form: Form) -> Iterator[Item]:
    source, typed = _in_characters(file_name(typed)), _in_characters(typed)
    for item in _items(source, path, form):
        yield item if source == typed else replace(item, typed=typed + item.source.removeprefix(source))


def _in_characters(path: str) -> str:
    """Names of files need not be characters."""
    return path.encode(errors="backslashreplace").decode()


def _items(source: str, path: Path, form: Form) -> Iterator[Item]:
    try:
        with _open(path) as stream:
            adapter = ADAPTERS.get(_kind(path))
            if adapter is None:
                yield Failed(source, f"not a kind of file that is read ({', '.join(sorted(ADAPTERS))})")
            else:
                yield from adapter(source, stream, form)
    except UnicodeError:
        yield Failed(source, not_in(form))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Failed(source, f"damaged gzip file ({error})")
    except OSError as error:
        yield Failed(source, error.strerror or str(error))


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _read_standard_input(form: Form) -> Iterator[Item]:
    """JSON lines where the first character is a brace, else one article of plain text."""
    stream = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]
    start = stream.peek(1)
    if start.decode(encoding_of(start[:4], form), errors="ignore").lstrip().startswith("{"):
        yield from (_renamed(item) for item in read_jsonl(STANDARD_INPUT, stream, form))
    else:
        yield _renamed(read_text(STANDARD_INPUT, stream, form))


def _renamed(item: Item) -> Item:
    """Known by its words where it says nothing else: what is piped in next time is another article."""
    if isinstance(item, Found) and item.article.id == item.source:
        digest = blake2b(item.article.text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
        return replace(item, article=replace(item.article, id=f"stdin:{digest}"))
    return item


def _text(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    yield read_text(source, stream, form)


def _html(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    # trafilatura takes a third of a second to import.
    from quotetrack.sources.html import read_html

    yield read_html(source, stream)


def _pdf(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    from quotetrack.sources.pdf import read_pdf

    yield read_pdf(source, stream)


def _warc(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    from quotetrack.sources.warc import read_warc

    return read_warc(source, stream)


# The kinds of file, each also with .gz after it.
ADAPTERS: dict[str, Adapter] = {
    ".txt": _text,
    ".md": _text,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".warc": _warc,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_table,
    ".tsv": read_table,
}
