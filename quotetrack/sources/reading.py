"""From what a user names (files, folders, standard input) to articles, by the adapter for each kind."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from quotetrack.sources.items import Failed, Found, Item, checked
from quotetrack.sources.jsonl import read_jsonl
from quotetrack.sources.table import read_table
from quotetrack.sources.text import read_text

STANDARD_INPUT = "-"
WEB = ("http://", "https://")

Adapter = Callable[[str, BinaryIO, Mapping[str, str]], Iterator[Item]]


def read_sources(
    sources: Iterable[str], columns: Mapping[str, str] | None = None, *, allow_private: bool = False
) -> Iterator[Item]:
    """The articles of `sources` in their order, lazily.

    Sources are files, folders (and what is in them), web addresses, and "-" for standard input.

    Nothing is raised for a source that cannot be read: it yields a `Failed` that says why, and the next one
    follows. `columns` maps an article's field to the name that a table or JSON lines use for it. Addresses in
    private networks are refused unless `allow_private`.
    """
    read_url: Callable[[str], Item] | None = None
    for source in sources:
        if source.startswith(WEB):
            read_url = read_url or _url_reader(allow_private)
            yield read_url(source)
        else:
            for item in _read(source, columns or {}):
                yield checked(item)


def count_items(sources: Iterable[str]) -> int | None:
    """How many items `sources` will yield, roughly, for a progress bar; None where nobody can tell."""
    total = 0
    for source in sources:
        path = Path(source)
        if source == STANDARD_INPUT or path.suffix == ".gz":
            return None
        files = list(_files(path)) if path.is_dir() else [path]
        for file in files:
            lines = _kind(file) in (".jsonl", ".ndjson", ".csv", ".tsv") and file.is_file()
            total += _count_lines(file) if lines else 1
    return total


def _url_reader(allow_private: bool) -> Callable[[str], Item]:
    from quotetrack.sources.network import read_url
    from quotetrack.sources.web import Fetcher

    return partial(read_url, fetcher=Fetcher(allow_private=allow_private))


def _read(source: str, columns: Mapping[str, str]) -> Iterator[Item]:
    if source == STANDARD_INPUT:
        yield from _read_standard_input(columns)
        return
    path = Path(source)
    if not path.is_dir():
        yield from _read_file(source, path, columns)
        return
    files = list(_files(path))
    if not files:
        yield Failed(source, f"no articles in this folder (looked for {', '.join(sorted(ADAPTERS))})")
    for file in files:
        yield from _read_file(str(file), file, columns)


def _files(folder: Path) -> Iterator[Path]:
    """The files of `folder` that an adapter reads, at any depth, in a fixed order.

    Hidden files and a folder's README are not articles.
    """
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.stem.upper() != "README" and _kind(path) in ADAPTERS and path.is_file():
            yield path


def _kind(path: Path) -> str:
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return name.suffix.lower()


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _read_file(source: str, path: Path, columns: Mapping[str, str]) -> Iterator[Item]:
    try:
        with _open(path) as stream:
            adapter = ADAPTERS.get(_kind(path))
            if adapter is None:
                yield Failed(source, f"not a kind of file that is read ({', '.join(sorted(ADAPTERS))})")
            else:
                yield from adapter(source, stream, columns)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Failed(source, f"damaged gzip file ({error})")
    except OSError as error:
        yield Failed(source, error.strerror or str(error))


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _read_standard_input(columns: Mapping[str, str]) -> Iterator[Item]:
    """JSON lines where the first character is a brace, else one article of plain text."""
    stream = sys.stdin.buffer
    first = stream.readline()
    if first.lstrip().startswith(b"{"):
        lines = read_jsonl(STANDARD_INPUT, chain([first], stream), columns)
        yield from (_renamed(item) for item in lines)
    else:
        yield _renamed(read_text(STANDARD_INPUT, io.BytesIO(first + stream.read())))


def _renamed(item: Item) -> Item:
    """Known by its words where it says nothing else: what is piped in next time is another article."""
    if isinstance(item, Found) and item.article.id == item.source:
        digest = blake2b(item.article.text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
        return replace(item, article=replace(item.article, id=f"stdin:{digest}"))
    return item


def _text(source: str, stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Item]:
    yield read_text(source, stream)


def _html(source: str, stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Item]:
    # trafilatura takes a third of a second to import.
    from quotetrack.sources.html import read_html

    yield read_html(source, stream)


def _pdf(source: str, stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Item]:
    from quotetrack.sources.pdf import read_pdf

    yield read_pdf(source, stream)


def _warc(source: str, stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Item]:
    from quotetrack.sources.warc import read_warc

    return read_warc(source, stream)


def _csv(source: str, stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Item]:
    return read_table(source, stream, columns, ",")


def _tsv(source: str, stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Item]:
    return read_table(source, stream, columns, "\t")


# The kinds of file, each also with .gz after it.
ADAPTERS: dict[str, Adapter] = {
    ".txt": _text,
    ".md": _text,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".warc": _warc,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": _csv,
    ".tsv": _tsv,
}
