"""A PDF document on standard input, its text and title as JSON on standard output.

Run in a process of its own (`python -m quotetrack.sources.pdf_text`): a document made to do harm, or one that
the reader of PDF cannot bear, ends this process only.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from ctypes import byref
from itertools import chain
from typing import Any

from quotetrack.sources.layout import GUTTER, Piece, around, headline, paragraphs

# What the process may use: a newspaper's page takes 100 MB and less than a second.
MAX_MEMORY_BYTES = 1_000_000_000
MAX_SECONDS = 60
# Titles that programs give, not people.
_NO_TITLE = re.compile(r"(untitled|microsoft |layout \d|document).*|.*\.[a-z]{3,4}", re.IGNORECASE)


def main() -> None:
    _limit()
    try:
        answer = read(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"failed": "needs too much memory"}
    json.dump(answer, sys.stdout)


def read(data: bytes) -> dict[str, str | None]:
    """{"text", "title", "author"} of a document, or {"failed": why}."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code == pdfium.raw.FPDF_ERR_PASSWORD
        return {"failed": "needs a password" if locked else "not a PDF file, or a damaged one"}
    pages = []
    for number in range(len(document)):
        try:
            pages.append(list(_pieces(document[number])))
        except pdfium.PdfiumError:
            return {"failed": f"page {number + 1} is damaged"}
    found = paragraphs(pages)
    if not found:
        return {"failed": "no text in it: a scan needs text recognition (OCR) first"}
    metadata = document.get_metadata_dict()
    return {
        "text": "\n\n".join(paragraph.text for paragraph in found),
        "title": _title(metadata.get("Title", "")) or headline(found),
        "author": _author(metadata.get("Author", "")),
    }


def _limit() -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits; the time is limited from outside as well.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def _pieces(page: Any) -> Iterator[Piece]:
    """The words of a page where they stand, parted at the ends of lines and at wide spaces."""
    text = ""
    boxes: list[Piece] = []
    for character, box in chain(_characters(page), [("\n", None)]):
        if boxes and (character in "\r\n\0" or (box and not _in_line(boxes[-1], box))):
            yield around(boxes, text.strip(" "))
            text, boxes = "", []
        if box:
            boxes.append(box)
        if boxes:
            text += character


def _characters(page: Any) -> Iterator[tuple[str, Piece | None]]:
    """Each character and where it stands; the reader adds some that stand nowhere, as spaces and line ends.

    Words that run in another direction than most (credits up the side of a picture) are left out.
    """
    import pypdfium2.raw as raw

    text = page.get_textpage()
    numbers = range(raw.FPDFText_CountChars(text))
    turns = [round(raw.FPDFText_GetCharAngle(text, number) / (math.pi / 2)) % 4 for number in numbers]
    usual = Counter(turns).most_common(1)[0][0] if turns else 0
    box = raw.FS_RECTF()
    for number in numbers:
        character = chr(raw.FPDFText_GetUnicode(text, number))
        if character in " \r\n\0" or raw.FPDFText_IsGenerated(text, number) == 1:
            yield character, None
        elif turns[number] == usual and raw.FPDFText_GetLooseCharBox(text, number, byref(box)):
            yield character, _upright(box, usual)


def _upright(box: Any, turns: int) -> Piece:
    """Where a character would stand if its words, turned by so many quarters, ran from left to right."""
    # Left, top, right and bottom; PDF counts upwards, and the quarters with the clock.
    left, top, right, bottom = (
        (box.left, -box.top, box.right, -box.bottom),
        (-box.top, -box.right, -box.bottom, -box.left),
        (-box.right, box.bottom, -box.left, box.top),
        (box.bottom, box.left, box.top, box.right),
    )[turns]
    return Piece(left, top, right, bottom, bottom - top, "")


def _in_line(last: Piece, here: Piece) -> bool:
    beside = abs(here.middle - last.middle) < 0.5 * last.size
    return beside and here.left - last.right < GUTTER * last.size


def _title(title: str) -> str | None:
    title = " ".join(title.split())
    return title if " " in title and not _NO_TITLE.fullmatch(title) else None


def _author(author: str) -> str | None:
    """A person's name; programs and user names have no two words of letters."""
    words = author.split()
    return " ".join(words) if len(words) > 1 and all(word[0].isupper() for word in words) else None


if __name__ == "__main__":
    main()
