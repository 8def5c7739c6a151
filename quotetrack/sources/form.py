"""How files are written: what a user says of it, and what their first bytes show."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO, cast

from quotetrack.sources.items import MAX_CHARACTERS

# More than any article has, in the widest encoding.
MAX_BYTES = 4 * MAX_CHARACTERS
# JSON writes some characters as two, or as six.
MAX_LINE = 2 * MAX_CHARACTERS

# Excel and PowerShell write UTF-16; UTF-32's mark begins like it and comes first.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True, slots=True)
class Form:
    """`columns` maps an article's field to the name that tables and JSON use for it.

    `encoding` is that of text, tables and JSON without a byte-order mark. Web pages say their own.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"


def encoding_of(start: bytes, form: Form) -> str:
    """The encoding of a file that begins with `start`."""
    return next((name for mark, name in _MARKS.items() if start.startswith(mark)), form.encoding)


def as_text(stream: BinaryIO, form: Form) -> io.TextIOWrapper:
    """The characters of `stream`, whatever its ends of lines; bytes that are none come as surrogates."""
    peekable = cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(stream))
    encoding = encoding_of(peekable.peek(4)[:4], form)
    return io.TextIOWrapper(peekable, encoding=encoding, errors="surrogateescape", newline="")


def not_in(form: Form, where: str = "") -> str:
    """The reason why bytes could not be read."""
    return (
        f"not {form.encoding.upper()}{where}: --encoding NAME tells another (cp1252, for old Windows files)"
    )


def bounded_lines(text: TextIO) -> Iterator[str | None]:
    """The lines of `text`; None for one that is too long for an article."""
    while line := text.readline(MAX_LINE + 1):
        if len(line) <= MAX_LINE:
            yield line
        else:
            while line and not line.endswith("\n"):
                line = text.readline(MAX_LINE)
            yield None
