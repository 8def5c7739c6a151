"""Annotations kept apart from their articles' texts, which are not ours to give away.

`annotations/newswire.jsonl` has a line an article: {"id", "sha256" of its text in UTF-8, "held_out", "quotes"
as in a gold standard}. The texts come from `newswire_articles.jsonl` of the public data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).parent / "annotations" / "newswire.jsonl"
TEXTS = "newswire_articles.jsonl"


class OtherTextError(Exception):
    """The text at hand is not the one that was annotated; the message is for the user."""


def newswire_articles(data: Path, held_out: bool) -> Iterator[dict[str, Any]]:
    """The annotated newswire articles as records of a gold standard: those to learn from, or those held out.

    `data` is the folder of the texts. Raises `OtherTextError` where a text is missing or has changed.
    """
    with (data / TEXTS).open(encoding="utf-8") as lines:
        texts = {article["id"]: article["text"] for article in map(json.loads, lines)}
    with ANNOTATIONS.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["held_out"] is held_out:
                text = texts.get(record["id"], "")
                if sha256(text.encode()).hexdigest() != record["sha256"]:
                    raise OtherTextError(
                        f"{data / TEXTS} lacks the text of {record['id']} as it was annotated"
                    )
                yield {"id": record["id"], "text": text, "quotes": record["quotes"]}
