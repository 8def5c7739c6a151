"""Gold standards: articles whose quotations people have marked, with the mention of the speaker and the name.

A file is JSON lines, an article a line: {"id", "text", "quotes": [{"start", "end", "speech", "sources":
[[start, end], …], "names": [name, …], "type"}]}. A segment whose "speech" is null is not scored; "names" and
"type" may be absent.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotetrack.records import Article, Span
from training.standoff import TEXTS, newswire_articles

ROOT = Path(__file__).parent.parent
BENCH = ROOT.parent / "shared" / "bench"
OWN = "own"
# The articles that training/annotations holds out; their texts lie in the folder "data" beside the bench.
HELD = "newswire_held"
# The standards that lie beside the project on some machines.
SHARED = ("polnear_dev", "newswire_dev", HELD)


class GoldMissingError(Exception):
    """A gold standard that was asked for is not there; the message is for the user."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A quoted segment within one paragraph. `names` is None where the standard tells no names."""

    start: int
    end: int
    speech: bool | None
    sources: tuple[Span, ...]
    names: tuple[str, ...] | None
    type: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its quoted segments in the order of the text."""

    id: str
    text: str
    quotes: tuple[GoldQuote, ...]

    def article(self) -> Article:
        """What the extraction is given of it."""
        return Article(self.id, self.text)


def read_record(record: Mapping[str, Any]) -> GoldArticle:
    """The article of one record of a gold file."""
    return GoldArticle(
        record["id"],
        record["text"],
        tuple(
            GoldQuote(
                quote["start"],
                quote["end"],
                quote["speech"],
                tuple(Span(start, end) for start, end in quote["sources"]),
                tuple(quote["names"]) if "names" in quote else None,
                quote.get("type"),
            )
            for quote in record["quotes"]
        ),
    )


def load_file(path: Path) -> list[GoldArticle]:
    """The articles of a gold file."""
    with path.open(encoding="utf-8") as lines:
        return [read_record(json.loads(line)) for line in lines]


def load_own() -> list[GoldArticle]:
    """The project's own gold standard, the marked-up articles in tests/gold."""
    spec = importlib.util.spec_from_file_location("gold_markup", ROOT / "tests" / "gold_markup.py")
    assert spec is not None
    assert spec.loader is not None
    markup = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(markup)
    return [read_record(record) for record in markup.load_gold()]


def load_standards(names: Iterable[str], bench: Path) -> dict[str, list[GoldArticle]]:
    """The gold standards of these names: "own", "newswire_held", or the name of a file in `bench`, its ending
    left out.

    Without names, those of `SHARED` that are there, and the project's own. Raises `GoldMissingError`.
    """
    wanted = list(names) or [name for name in SHARED if _path(name, bench).is_file()] + [OWN]
    standards = {}
    for name in wanted:
        if name == OWN:
            standards[name] = load_own()
            continue
        path = _path(name, bench)
        if not path.is_file():
            raise GoldMissingError(f"there is no gold standard {path}")
        standards[name] = (
            [read_record(record) for record in newswire_articles(path.parent, held_out=True)]
            if name == HELD
            else load_file(path)
        )
    return standards


def _path(name: str, bench: Path) -> Path:
    """The file that a standard's texts are in."""
    return bench.parent / "data" / TEXTS if name == HELD else bench / f"{name}.jsonl"
