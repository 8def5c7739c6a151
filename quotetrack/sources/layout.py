"""From the lines of a page, as they were set in columns, to the paragraphs that their author wrote.

Lines are joined into blocks, blocks put in reading order (by a recursive XY-cut: Nagy, Seth and Viswanathan,
"A prototype document image analysis system for technical journals", 1992), and paragraphs told by indents,
spaces and sizes. Lengths are in points; `top` is counted down from the head of the page.

No library does it for newspapers. Those with a free licence and without models were tried in November 2026
on pages of one to five columns. Lines, no paragraphs, come from pypdf, pdfplumber, playa, docling-parse,
bolivar and oxidize-pdf. Of pdfminer.six, pdftext, pdf_oxide, pdf-inspector, kreuzberg, edgeparse, liteparse,
the best kept two thirds of a newspaper's paragraphs whole, or two fifths where a file has its lines in no
order. The last three know running heads, but kreuzberg and liteparse turn curly quotation marks straight, and
edgeparse mixes columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import inf
from statistics import median
from typing import NamedTuple

# All in sizes of the type (em), as typesetters count: seen in newspapers' and word processors' pages.
# White space this wide parts columns; words of justified lines may stand as far apart.
GUTTER = 0.9
# Lines of one block have less than this between them; the usual leading is a fifth of the size.
LEADING = 0.9
# A line farther in than an indent runs beside something.
INDENT, MAX_INDENT = 0.6, 3.0
# More space than the block's usual leads to another paragraph.
PARAGRAPH_SPACE = 0.3
# Type of another size by this share is another kind of text: a headline, a caption.
OTHER_SIZE = 0.15
# A line that ends a sentence and fills less than this of its column ends a paragraph too.
SHORT_LINE = 0.75
# Heads and feet are looked for in so many lines from a page's edge.
HEAD_LINES = 3
HEAD_SPACE = 1.0
HEADLINE_SIZE = 1.3
# Boxes of letters are higher than the letters: lines set close overlap by so much.
OVERLAP = 0.2

# What PDF readers make of a hyphen at the end of a line, beside the hyphens that are typed.
_HYPHEN = re.compile("(?<=\\w)[-\u00ad\u2010\ufffe\x02]$")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"”’'»)\]]*$")
_WORD = re.compile(r"\w+(?:-\w+)*")
# First halves of compounds that keep their hyphen wherever the line breaks.
_KEPT = frozenset("self well half all non anti vice long short high low full then".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together in a line of a page; `size` is the height of their type."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Block(NamedTuple):
    """Lines that belong together, and the box around them."""

    box: Piece
    lines: list[Piece]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    size: float


def around(pieces: Sequence[Piece], text: str = "") -> Piece:
    return Piece(
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
        max(piece.size for piece in pieces),
        text,
    )


def paragraphs(pages: Sequence[Sequence[Piece]]) -> list[Paragraph]:
    """The paragraphs of a document in reading order, without running heads and feet."""
    found: list[list[Piece]] = []
    # What may go on in the next block: the last paragraph, but rather the last one above a foot.
    unfinished: list[list[Piece]] = []
    body = _body_size((piece.size, piece.text) for page in pages for piece in page)
    blocks = [
        (block.lines, part is parts[-1])
        for parts in _without_running_heads([_parts(page) for page in pages])
        for part in parts
        for block in _in_order(_blocks(part), HEADLINE_SIZE * body)
    ]
    indented = any(_first_lines(block) for block, _ in blocks)
    for block, is_foot in blocks:
        split = _split(block)
        for before in unfinished if not is_foot else ():
            if _goes_on(before, block, split[0], indented):
                before.extend(split.pop(0))
                break
        found += split
        if split:
            unfinished = [*unfinished[:1], split[-1]] if is_foot else [split[-1]]
    words = {word for page in pages for piece in page for word in _WORD.findall(piece.text.casefold())}
    return [Paragraph(_joined(lines, words), median(line.size for line in lines)) for lines in found]


def headline(found: Sequence[Paragraph]) -> str | None:
    """The paragraph in the largest type, if it stands out."""
    body = _body_size((paragraph.size, paragraph.text) for paragraph in found)
    largest = max(found, key=lambda paragraph: paragraph.size)
    return largest.text if largest.size >= HEADLINE_SIZE * body else None


def _body_size(texts: Iterable[tuple[float, str]]) -> float:
    """The size that most of the text is set in."""
    sizes = Counter[float]()
    for size, text in texts:
        sizes[size] += len(text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _parts(page: Sequence[Piece]) -> tuple[list[Piece], ...]:
    """The head, the body and the foot of a page; a space across the page sets head and foot apart."""
    up = sorted(page, key=lambda piece: -piece.bottom)
    foot = _edge([(-piece.bottom, -piece.top, piece) for piece in up])
    down = sorted(up[len(foot) :], key=lambda piece: piece.top)
    head = _edge([(piece.top, piece.bottom, piece) for piece in down])
    return head, down[len(head) :], foot


def _edge(pieces: list[tuple[float, float, Piece]]) -> list[Piece]:
    """The pieces before the last wide space within the first few lines."""
    end, lines, edge = -inf, 0, 0
    for number, (near, far, piece) in enumerate(pieces):
        if near >= end:
            lines += 1
            if near - end > HEAD_SPACE * piece.size:
                edge = number
            if lines > HEAD_LINES:
                break
        end = max(end, far)
    return [piece for _, _, piece in pieces[:edge]]


def _without_running_heads(pages: list[tuple[list[Piece], ...]]) -> Iterator[tuple[list[Piece], ...]]:
    """The parts of pages without what stands in the heads and feet of half of them, apart from numbers."""
    seen = Counter(key for head, _, foot in pages for key in {_key(piece) for piece in (*head, *foot)})
    running = {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}
    for head, body, foot in pages:
        yield (
            [piece for piece in head if _key(piece) not in running],
            body,
            [piece for piece in foot if _key(piece) not in running],
        )


def _key(piece: Piece) -> str:
    return re.sub(r"\d+", "#", piece.text)


def _blocks(pieces: list[Piece]) -> list[Block]:
    """Lines of one size one below the other; a line over two columns, or under them, is of neither."""
    lines = _lines(pieces)
    below = [_below(number, lines) for number in range(len(lines))]
    uppers = Counter(chain(*below))
    # The number of the first line of the block that each line is in.
    first = list(range(len(lines)))
    blocks: dict[int, list[Piece]] = {}
    for number, line in enumerate(lines):
        blocks.setdefault(first[number], []).append(line)
        if len(below[number]) == 1 and uppers[below[number][0]] == 1:
            first[below[number][0]] = first[number]
    return [Block(around(block), block) for block in blocks.values()]


def _below(number: int, lines: list[Piece]) -> list[int]:
    """The numbers of the lines that stand next below a line."""
    line = lines[number]
    found: list[int] = []
    for other in range(number + 1, len(lines)):
        lower = lines[other]
        if lower.top - line.bottom > LEADING * line.size or (found and lower.middle > lines[found[0]].bottom):
            break
        if _over(line, lower) and _same_size(line, lower):
            found.append(other)
    return found


def _same_size(one: Piece, other: Piece) -> bool:
    return abs(one.size - other.size) <= OTHER_SIZE * max(one.size, other.size)


def _lines(pieces: list[Piece]) -> list[Piece]:
    """The pieces from above, those joined that only a wide space of a justified line had parted."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and piece.middle - rows[-1][0].middle < 0.4 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines: list[Piece] = []
    for number, row in enumerate(rows):
        near = list(chain(*rows[max(0, number - 2) : number], *rows[number + 1 : number + 3]))
        row.sort(key=lambda piece: piece.left)
        lines.append(row[0])
        for piece in row[1:]:
            if _is_space(lines[-1], piece, near):
                lines[-1] = around([lines[-1], piece], f"{lines[-1].text} {piece.text}")
            else:
                lines.append(piece)
    return lines


def _is_space(left: Piece, right: Piece, near: list[Piece]) -> bool:
    """Whether a wide space parts the two, no gutter: more lines near run across than begin at its end."""
    across = sum(piece.left < left.right and piece.right > right.left for piece in near)
    begin = sum(abs(piece.left - right.left) < left.size for piece in near)
    return _same_size(left, right) and across > begin


def _in_order(blocks: list[Block], headline_size: float) -> list[Block]:
    """Cut above headlines, else between columns, else between lines, and each part again."""
    if len(blocks) < 2:
        return blocks
    for extent, size in ((_height, headline_size), (_width, 0.0), (_height, 0.0)):
        parts = _cut(blocks, extent, size)
        if len(parts) > 1:
            return [block for part in parts for block in _in_order(part, headline_size)]
    # What lies in the way of others, as a picture's caption or words in large type do, comes last.
    in_the_way = max(blocks, key=lambda block: sum(_over(block.box, other.box) for other in blocks))
    rest = [block for block in blocks if block is not in_the_way]
    return [*_in_order(rest, headline_size), in_the_way]


def _cut(
    blocks: list[Block], extent: Callable[[Piece], tuple[float, float]], size: float
) -> list[list[Block]]:
    """The blocks parted where nothing crosses a line, before blocks in type of that size."""
    parts: list[list[Block]] = []
    end = -inf
    for block in sorted(blocks, key=lambda block: extent(block.box)):
        start, stop = extent(block.box)
        if not parts or (start > end - OVERLAP * block.box.size and block.box.size >= size):
            parts.append([])
        parts[-1].append(block)
        end = max(end, stop)
    return parts


def _height(box: Piece) -> tuple[float, float]:
    return box.top, box.bottom


def _width(box: Piece) -> tuple[float, float]:
    return box.left, box.right


def _over(a: Piece, b: Piece) -> bool:
    return a.left < b.right and b.left < a.right


def _split(block: list[Piece]) -> list[list[Piece]]:
    """The paragraphs of a block: lists of lines."""
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(block)]
    usual = median(gaps) if gaps else 0.0
    firsts = _first_lines(block)
    right = max(line.right for line in block)
    left = min(line.left for line in block)
    found = [[block[0]]]
    for number, (upper, lower) in enumerate(pairwise(block), start=1):
        short = upper.right - left < SHORT_LINE * (right - left) and _ENDS_SENTENCE.search(upper.text)
        if number in firsts or short or gaps[number - 1] > usual + PARAGRAPH_SPACE * lower.size:
            found.append([lower])
        else:
            found[-1].append(lower)
    return found


def _first_lines(block: list[Piece]) -> set[int]:
    """The numbers of the lines that are indented where the lines around them are not."""
    left = min(line.left for line in block)
    indented = [INDENT * line.size < line.left - left < MAX_INDENT * line.size for line in block]
    # Centred text and poems are no paragraphs with indents.
    if sum(indented) > len(block) / 2:
        return set()
    return {number for number, indent in enumerate(indented) if indent}


def _goes_on(last: list[Piece], block: list[Piece], lines: list[Piece], indented: bool) -> bool:
    """Whether a paragraph goes on in the next block: another column, or another page."""
    if not _same_size(last[-1], lines[0]) or 0 in _first_lines(block):
        return False
    if not _ENDS_SENTENCE.search(last[-1].text):
        # A line by itself that does not end a sentence is a byline or a caption, if no small letter follows.
        return len(last) > 1 or lines[0].text[:1].islower()
    return indented and last[-1].right >= max(line.right for line in last) - last[-1].size


def _joined(lines: Sequence[Piece], words: set[str]) -> str:
    """The text of a paragraph; the document's words tell a broken word from one that has a hyphen."""
    texts = [" ".join(line.text.split()) for line in lines]
    for number, (upper, lower) in enumerate(pairwise(texts)):
        if not _HYPHEN.search(upper):
            texts[number] += " "
            continue
        first = _WORD.findall(upper[:-1].casefold())[-1]
        rest = next(iter(_WORD.findall(lower)), "")
        broken = (
            rest[:1].islower()
            and f"{first}-{rest}" not in words
            and (first + rest in words or first not in _KEPT)
        )
        texts[number] = upper[:-1] + ("" if broken else "-")
    return "".join(texts)
