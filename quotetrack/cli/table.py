"""Rows on a terminal."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import click


def one_line(text: str | None, width: int) -> str:
    """`text` on one line of at most `width` characters, with nothing in it that a terminal would obey."""
    shortened = " ".join(printable(text or "").split())
    return shortened if len(shortened) <= width else shortened[: max(width - 1, 0)] + "…"


def printable(text: str) -> str:
    """`text` with a space for every character that a terminal would obey."""
    return "".join(character if unicodedata.category(character)[0] != "C" else " " for character in text)


def terminal_width() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def line_width() -> int:
    """How long a line may be: for another program, in a pipe or a file, nothing is cut."""
    return terminal_width() if to_terminal() else sys.maxsize


def to_terminal() -> bool:
    return sys.stdout.isatty()


def echo_table(heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int]) -> None:
    """Columns under their heads; in a pipe or a file, whole cells with tabs between them.

    A width of 0 is what the other columns leave; numbers stand to the right.
    """
    if not to_terminal():
        for row in chain([heads], rows):
            click.echo("\t".join(one_line(_text(value), sys.maxsize) for value in row))
        return
    rest = max(terminal_width() - sum(widths) - 2 * (len(widths) - 1), 20)
    widths = [width or rest for width in widths]
    click.echo(_line([head.ljust(width) for head, width in zip(heads, widths, strict=True)]))
    for row in rows:
        click.echo(_line([_cell(value, width) for value, width in zip(row, widths, strict=True)]))


def echo_fields(columns: Mapping[str, tuple[int, str]], rows: Iterable[Mapping[str, object]]) -> None:
    """A table of fields of `rows`: each column's head, with its width as in `echo_table` and its field."""
    echo_table(
        tuple(columns),
        ([row[field] for _, field in columns.values()] for row in rows),
        [width for width, _ in columns.values()],
    )


def _line(cells: Sequence[str]) -> str:
    return "  ".join(cells).rstrip()


def _cell(value: object, width: int) -> str:
    if isinstance(value, int):
        return f"{value:,}".rjust(width)
    return one_line(_text(value), width).ljust(width)


def _text(value: object) -> str:
    return "" if value is None else str(value)
