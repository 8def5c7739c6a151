"""From the lines of a page, as they were set in columns, to the paragraphs that their author wrote.

Lines are joined into blocks, blocks put in reading order (the rules of T. Breuel, "High performance document
layout analysis", 2003), and paragraphs told by indents, spaces and sizes. Lengths are in points; `top` is
counted down from the head of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

# All in sizes of the type (em), as typesetters count: seen in newspapers' and word processors' pages.
# White space this wide parts columns; words of justified lines may stand as far apart.
GUTTER = 0.9
# Lines of one block have less than this between them; the usual leading is a fifth of the size.
LEADING = 0.9
INDENT = 0.6
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

# What PDF readers make of a hyphen at the end of a line, beside the hyphens that are typed.
_HYPHEN = re.compile("(?<=\\w)[-\u00ad\u2010\ufffe\x02]$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"”’'»)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W?\d{1,4}\W?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
# First halves of compounds that keep their hyphen wherever the line breaks.
_KEPT = frozenset("self well ex half all mid non anti pro vice so long short high low full then".split())


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    size: float


def paragraphs(pages: Sequence[Sequence[Piece]]) -> list[Paragraph]:
    """The paragraphs of a document in reading order, without running heads, feet and page numbers."""
    pages = [_without_repeated(page, repeated) for repeated in [_repeated(pages)] for page in pages]
    blocks = [block for page in pages for block in _page_in_order(page)]
    indented = any(_first_lines(block) for block, _ in blocks)
    found: list[list[Piece]] = []
    # What may go on in the next block: the last paragraph, but rather the last one above a foot.
    unfinished: list[list[Piece]] = []
    for block, is_foot in blocks:
        split = _split(block)
        for before in unfinished if not is_foot else ():
            if _goes_on(before, block, split[0], indented):
                before.extend(split.pop(0))
                break
        found += split
        if split:
            unfinished = [*unfinished[:1], split[-1]] if is_foot else [split[-1]]
    hyphens = _Hyphens(piece.text for page in pages for piece in page)
    return [Paragraph(hyphens.joined(lines), median(line.size for line in lines)) for lines in found]


def headline(found: Sequence[Paragraph]) -> str | None:
    """The paragraph in the largest type, if it stands out."""
    if not found:
        return None
    sizes = Counter[float]()
    for paragraph in found:
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    body = sizes.most_common(1)[0][0]
    largest = max(found, key=lambda paragraph: paragraph.size)
    return largest.text if largest.size >= HEADLINE_SIZE * body else None


def _repeated(pages: Sequence[Sequence[Piece]]) -> set[str]:
    """What stands at the edges of at least half of the pages, apart from numbers."""
    seen = Counter(key for page in pages for key in {_key(piece) for piece in chain(*_edges(page))})
    return {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}


def _without_repeated(page: Sequence[Piece], repeated: set[str]) -> list[Piece]:
    head, foot = _edges(page)
    return [
        piece
        for piece in page
        if piece not in (*head, *foot)
        or not (_key(piece) in repeated or _PAGE_NUMBER.fullmatch(piece.text.strip()))
    ]


def _edges(page: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The head and the foot of a page: a few lines that a space across the page sets apart from the rest."""
    down = sorted(page, key=lambda piece: piece.top)
    head = _edge([(piece.top, piece.bottom, piece) for piece in down])
    up = sorted(page, key=lambda piece: -piece.bottom)
    return head, _edge([(-piece.bottom, -piece.top, piece) for piece in up])


def _edge(pieces: list[tuple[float, float, Piece]]) -> list[Piece]:
    end = float("inf")
    lines = 0
    edge: list[Piece] = []
    for number, (near, far, piece) in enumerate(pieces):
        if near >= end:
            lines += 1
            if near - end > HEAD_SPACE * piece.size:
                edge = [other for _, _, other in pieces[:number]]
            if lines >= HEAD_LINES:
                break
        end = far if end == float("inf") else max(end, far)
    return edge


def _key(piece: Piece) -> str:
    return re.sub(r"\d+", "#", piece.text.strip())


def _blocks(page: Sequence[Piece]) -> list[list[Piece]]:
    """Lines that belong together: one below the other, of one size, aligned."""
    pieces = _rejoined(sorted(page, key=lambda piece: (piece.middle, piece.left)))
    below: list[list[int]] = [[] for _ in pieces]
    above: list[list[int]] = [[] for _ in pieces]
    for number, piece in enumerate(pieces):
        for other in range(number + 1, len(pieces)):
            gap = pieces[other].top - piece.bottom
            if gap > LEADING * piece.size and pieces[other].middle - piece.middle > 3 * piece.size:
                break
            if gap <= LEADING * piece.size and _stacked(piece, pieces[other]):
                below[number].append(other)
                above[other].append(number)
    block_of = list(range(len(pieces)))
    for number, piece in enumerate(pieces):
        # A line over two columns belongs to one of them at most: the one that begins where it begins.
        near = [other for other in below[number] if pieces[other].middle < _nearest(pieces, below[number])]
        for other in near:
            aligned = abs(piece.left - pieces[other].left) <= 3 * piece.size
            if (len(near) == 1 and len(above[other]) <= 2) or aligned:
                block_of[other] = block_of[number]
                break
    blocks: dict[int, list[Piece]] = {}
    for number, piece in enumerate(pieces):
        blocks.setdefault(block_of[number], []).append(piece)
    return list(blocks.values())


def _nearest(pieces: Sequence[Piece], numbers: Sequence[int]) -> float:
    first = pieces[numbers[0]]
    return first.middle + first.size / 2


def _stacked(upper: Piece, lower: Piece) -> bool:
    across = min(upper.right, lower.right) - max(upper.left, lower.left)
    return (
        lower.middle - upper.middle > 0.5 * upper.size
        and across > 0.3 * min(upper.right - upper.left, lower.right - lower.left)
        and _same_size(upper, lower)
    )


def _same_size(one: Piece, other: Piece) -> bool:
    return abs(one.size - other.size) <= OTHER_SIZE * max(one.size, other.size)


def _rejoined(pieces: list[Piece]) -> list[Piece]:
    """Pieces of one line of justified text, which wide spaces had parted, in one again."""
    joined: list[Piece] = []
    for row, near in _rows(pieces):
        row = sorted(row, key=lambda piece: piece.left)
        line = [row[0]]
        for piece in row[1:]:
            if _is_space(line[-1], piece, near):
                line[-1] = _together(line[-1], piece)
            else:
                line.append(piece)
        joined += line
    return joined


def _rows(pieces: list[Piece]) -> Iterator[tuple[list[Piece], list[list[Piece]]]]:
    """Each row of a page's pieces, with the two rows above and the two below it."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and piece.middle - rows[-1][0].middle < 0.4 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for number, row in enumerate(rows):
        near = rows[max(0, number - 2) : number] + rows[number + 1 : number + 3]
        yield row, [other for other in near if abs(other[0].middle - row[0].middle) < 3 * row[0].size]


def _is_space(left: Piece, right: Piece, near: list[list[Piece]]) -> bool:
    """Whether a wide space parts the two, no gutter: the lines around it run across."""
    if not _same_size(left, right):
        return False
    if right.left - left.right < GUTTER * left.size:
        return True
    across = apart = 0
    for row in near:
        row = [piece for piece in row if _same_size(piece, left)]
        if any(piece.left < left.right and piece.right > right.left for piece in row):
            across += 1
        elif any(piece.right <= right.left for piece in row) and any(
            piece.left >= left.right for piece in row
        ):
            apart += 1
    return across > apart


def _together(left: Piece, right: Piece) -> Piece:
    return Piece(
        left.left,
        min(left.top, right.top),
        right.right,
        max(left.bottom, right.bottom),
        max(left.size, right.size),
        f"{left.text} {right.text}",
    )


def _page_in_order(page: Sequence[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """The blocks of a page, its head first and its foot last; true where a block is of the foot."""
    head, foot = _edges(page)
    body = [piece for piece in page if piece not in (*head, *foot)]
    for pieces in (head, body, foot):
        for block in _in_order(_blocks(pieces)):
            yield block, pieces is foot


def _in_order(blocks: list[list[Piece]]) -> list[list[Piece]]:
    """Breuel's rules: what is above comes first, and what is to the left unless something stands across."""
    boxes = [_box(block) for block in blocks]
    after: list[set[int]] = [set() for _ in blocks]
    waiting_for = [0] * len(blocks)
    for one, a in enumerate(boxes):
        beside = [c for c in boxes if _over(a, c)]
        for other, b in enumerate(boxes):
            if one == other:
                continue
            if _over(a, b):
                first = (a.top, a.left, one) < (b.top, b.left, other)
            else:
                first = a.right <= b.left and not any(
                    min(a.bottom, b.bottom) <= c.middle <= max(a.top, b.top) and _over(c, b) for c in beside
                )
            if first:
                after[one].add(other)
                waiting_for[other] += 1
    ordered: list[int] = []
    waiting = sorted(range(len(blocks)), key=lambda number: (boxes[number].top, boxes[number].left))
    while waiting:
        # Rules that contradict each other leave it to what is highest.
        ready = [number for number in waiting if not waiting_for[number]]
        # Down a column as far as it goes, before the next one is begun.
        following = [number for number in ready if ordered and _over(boxes[ordered[-1]], boxes[number])]
        number = (following or ready or waiting)[0]
        waiting.remove(number)
        ordered.append(number)
        for other in after[number]:
            waiting_for[other] -= 1
    return [blocks[number] for number in ordered]


def _box(block: Sequence[Piece]) -> Piece:
    return Piece(
        min(piece.left for piece in block),
        min(piece.top for piece in block),
        max(piece.right for piece in block),
        max(piece.bottom for piece in block),
        block[0].size,
        "",
    )


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
        if (
            number in firsts
            or gaps[number - 1] > usual + PARAGRAPH_SPACE * lower.size
            or not _same_size(upper, lower)
            or short
        ):
            found.append([lower])
        else:
            found[-1].append(lower)
    return found


def _first_lines(block: list[Piece]) -> set[int]:
    """The numbers of the lines that are indented where the lines around them are not."""
    left = min(line.left for line in block)
    indented = [line.left - left > INDENT * line.size for line in block]
    # Centred text and poems are no paragraphs with indents.
    if sum(indented) > len(block) / 2:
        return set()
    return {number for number, indent in enumerate(indented) if indent}


def _goes_on(last: list[Piece], block: list[Piece], lines: list[Piece], indented: bool) -> bool:
    """Whether a paragraph goes on in the next block: another column, or another page."""
    if not _same_size(last[-1], lines[0]) or 0 in _first_lines(block):
        return False
    if not _ENDS_SENTENCE.search(last[-1].text):
        # A line by itself that does not end a sentence is a byline or a caption, unless it breaks off.
        return len(last) > 1 or bool(_HYPHEN.search(last[-1].text)) or lines[0].text[:1].islower()
    return indented and len(last) > 1 and _fills(last)


def _fills(lines: list[Piece]) -> bool:
    return lines[-1].right >= max(line.right for line in lines) - lines[-1].size


class _Hyphens:
    """Tells a word that the end of a line broke from one that has a hyphen, by the rest of the document."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._words = {word for text in texts for word in re.findall(r"[\w-]+", text.casefold())}

    def joined(self, lines: Sequence[Piece]) -> str:
        text = ""
        for line in lines:
            words = " ".join(line.text.translate(_LIGATURES).split())
            text = self._join(text, words) if text else words
        return text

    def _join(self, text: str, words: str) -> str:
        if not _HYPHEN.search(text):
            return f"{text} {words}"
        text = text[:-1]
        match = re.match(r"\w+", words)
        first = re.split(r"[^\w-]", text)[-1].casefold()
        rest = match[0] if match else ""
        broken = (
            rest[:1].islower()
            and f"{first}-{rest}" not in self._words
            and (first + rest in self._words or first not in _KEPT)
        )
        return text + words if broken else f"{text}-{words}"
