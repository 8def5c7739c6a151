"""PDF documents: one file, one article, its lines joined into paragraphs again.

pypdfium2 (the reader of PDF in Chromium) finds the words and where they stand. It runs in a process of its
own for each document, a third of a second's work.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import quotetrack
from quotetrack.records import Article
from quotetrack.sources.items import Failed, Found, Item
from quotetrack.sources.pdf_text import MAX_MEMORY_BYTES, MAX_SECONDS

# A newspaper's whole issue with its pictures.
MAX_BYTES = 100_000_000
_PACKAGE = str(Path(quotetrack.__file__).parent.parent)


def read_pdf(source: str, stream: BinaryIO) -> Item:
    """The article in the PDF document that `stream` holds.

    When it was published is unknown: the dates in a PDF tell when the file was made.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Failed(source, f"a PDF of more than {MAX_BYTES // 1_000_000} MB")
    if not data.strip():
        return Failed(source, "empty")
    found = _read_apart(data)
    if reason := found.get("failed"):
        return Failed(source, reason)
    return Found(
        source,
        Article(id=source, text=found["text"] or "", title=found["title"], author=found["author"]),
    )


def _read_apart(data: bytes) -> dict[str, str | None]:
    paths = [_PACKAGE, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(
            # -P: nothing is imported from the folder that the user happens to be in.
            [sys.executable, "-P", "-m", "quotetrack.sources.pdf_text"],
            input=data,
            capture_output=True,
            timeout=2 * MAX_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
            # Ctrl-C means this program, which finishes what is in hand.
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"not read within {2 * MAX_SECONDS} seconds"}
    try:
        answer: dict[str, str | None] = json.loads(done.stdout)
    except ValueError:
        return {
            "failed": f"could not be read in {MAX_SECONDS} seconds and {MAX_MEMORY_BYTES // 1_000_000} MB "
            f"(the reader ended with {done.returncode})"
        }
    return answer
