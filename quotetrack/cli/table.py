"""Rows on a terminal."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence

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


def echo_table(heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int]) -> None:
    """Columns under their heads. A width of 0 is what the other columns leave; numbers stand to the right."""
    rest = max(terminal_width() - sum(widths) - 2 * (len(widths) - 1), 20)
    widths = [width or rest for width in widths]
    click.echo(_line([head.ljust(width) for head, width in zip(heads, widths, strict=True)]))
    for row in rows:
        click.echo(_line([_cell(value, width) for value, width in zip(row, widths, strict=True)]))


def _line(cells: Sequence[str]) -> str:
    return "  ".join(cells).rstrip()


def _cell(value: object, width: int) -> str:
    if isinstance(value, int):
        return f"{value:,}".rjust(width)
    return one_line(None if value is None else str(value), width).ljust(width)
