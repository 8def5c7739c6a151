"""Compile the gold articles of `tests/gold/*.txt` into the gold standard's records.

An article file is a head, a line `---` and the marked-up text. The head gives the article's kind and the
people, organisations and documents it quotes, a line each, by a key of letters:

    kind: news agency
    ks = Kofi Sarr (person)
    min = Ministry of Works (organisation)

Two names of one speaker that are equally full are parted by " | ". The text holds two kinds of marks:

    <ks1 Mr Sarr>            a mention of the speaker `ks`, numbered to tell it from his other mentions
    {ks1 “It is done,”}      a quotation, its marks included; before it, every mention that may be taken
                             as its source ("ks1,ks2"; several speakers: "ks1,min1")
    {- “coup”}               in quotation marks, but not speech: a title, a nickname, a term, a scare quote
    {? “It is done.”}        speech, but the article does not tell whose

A quotation stays within its paragraph: each paragraph of a longer one is marked by itself. A quotation
inside a quotation is not marked. Mentions are the shortest words that name the speaker, with a title or an
office where it stands directly before the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold"

_SPEAKER = re.compile(r"([a-z]+) = (.+) \((person|organisation|document|unnamed)\)")
_MARK = re.compile(
    r"\{(?P<refs>[a-z0-9,]+|-|\?) |<(?P<mention>[a-z]+[0-9]+) |(?P<close>[}>])|(?P<stray>[{<])"
)
_OPENING = tuple("\"'“„«‘「")


class MarkupError(ValueError):
    """A gold article is not marked up as it should be."""


def compile_article(key: str, source: str) -> dict[str, Any]:
    """Return the gold record of one marked-up article.

    The record is {"id", "kind", "text", "quotes"}, a quotation {"start", "end", "speech", "sources",
    "names", "type"}; offsets are characters of "text", end exclusive. Raises `MarkupError`.
    """

    def fail(problem: str) -> MarkupError:
        return MarkupError(f"{key}: {problem}")

    head, bar, body = source.partition("\n---\n")
    kind, *lines = head.split("\n")
    if not bar or not kind.startswith("kind: "):
        raise fail("no head")
    speakers: dict[str, tuple[list[str], str]] = {}
    for line in lines:
        entry = _SPEAKER.fullmatch(line)
        if not entry or entry[1] in speakers:
            raise fail(f"bad speaker line: {line}")
        speakers[entry[1]] = entry[2].split(" | "), entry[3]

    text, mentions, quotes = _strip(body.strip("\n"), fail)
    for name in {n for names, _ in speakers.values() for n in names}:
        if name not in text:
            raise fail(f"the article does not hold the name {name}")

    compiled, used = [], set()
    for start, end, refs in quotes:
        if "\n" in text[start:end] or not text[start:end].startswith(_OPENING):
            raise fail(f"no quotation in one paragraph: {text[start:end]}")
        wanted = [] if refs in "-?" else refs.split(",")
        for ref in wanted:
            if ref not in mentions or ref.rstrip("0123456789") not in speakers:
                raise fail(f"no such mention or speaker: {ref}")
        used.update(wanted)
        # In the order of the text's references, each speaker once.
        quoted = [speakers[k] for k in dict.fromkeys(ref.rstrip("0123456789") for ref in wanted)]
        compiled.append(
            {
                "start": start,
                "end": end,
                "speech": refs != "-",
                "sources": [list(mentions[ref]) for ref in wanted],
                "names": [name for names, _ in quoted for name in names],
                "type": quoted[0][1] if quoted else "unknown" if refs == "?" else None,
            }
        )
    if unused := sorted(mentions.keys() - used):
        raise fail(f"mentions of no quotation: {unused}")
    if idle := sorted(speakers.keys() - {ref.rstrip("0123456789") for ref in used}):
        raise fail(f"speakers without a quotation: {idle}")
    return {"id": key, "kind": kind.removeprefix("kind: "), "text": text, "quotes": compiled}


def _strip(
    body: str, fail: Callable[[str], MarkupError]
) -> tuple[str, dict[str, tuple[int, int]], list[tuple[int, int, str]]]:
    """Return the plain text, the mentions' spans and the quotations' (start, end, references)."""
    parts: list[str] = []
    mentions: dict[str, tuple[int, int]] = {}
    quotes: list[tuple[int, int, str]] = []
    opened: list[tuple[str, str, int]] = []
    length = last = 0
    for mark in _MARK.finditer(body):
        parts.append(body[last : mark.start()])
        length, last = length + mark.start() - last, mark.end()
        if mark["stray"]:
            raise fail(f"stray mark: {body[mark.start() : mark.start() + 40]}")
        if not mark["close"]:
            opened.append(("}" if mark["refs"] else ">", mark["refs"] or mark["mention"], length))
            continue
        if not opened or opened[-1][0] != mark["close"]:
            raise fail(f"mark closed but not opened: {body[max(0, mark.start() - 40) : mark.end()]}")
        closes, refs, start = opened.pop()
        if closes == "}":
            quotes.append((start, length, refs))
        elif refs in mentions:
            raise fail(f"mention given twice: {refs}")
        else:
            mentions[refs] = start, length
    if opened:
        raise fail(f"mark not closed: {opened[-1][1]}")
    parts.append(body[last:])
    return "".join(parts), mentions, sorted(quotes)


def load_gold() -> Iterator[dict[str, Any]]:
    """Yield the gold record of every article, in the order of the files' names."""
    for path in sorted(GOLD.glob("*.txt")):
        yield compile_article(path.stem, path.read_text(encoding="utf-8"))
