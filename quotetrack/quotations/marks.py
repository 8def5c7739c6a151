"""Find what stands between quotation marks, on characters alone.

Marks are read paragraph by paragraph (a paragraph is a line). A mark's shape or its neighbours tell whether
it opens or closes; where they do not, its turn decides. A paragraph whose quotation is left open and whose
next paragraph opens one again is one quotation set in several paragraphs, as English newspapers print it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

OPENERS = set("“„«「『")
CLOSERS = set("”»」』")
STRAIGHT = set('"＂')
SINGLE_OPEN, SINGLE_CLOSE = "‘", "’"

# Before an opening mark: nothing, space, a bracket or a dash; anything else before a mark speaks for closing.
_BEFORE_OPENING = re.compile(r"[\s(\[{—–\-/:‘“…|>]")
_AFTER_CLOSING = re.compile(r"[\s)\]}—–\-/.,;:!?…’”<|]")
_REPORTING = (
    "said|says|say|told|tells|added|adds|asked|asks|wrote|writes|noted|notes|explained|explains|stated|states|"
    "continued|continues|concluded|replied|recalled|recalls|insisted|argued|warned|tweeted|announced|declared|admitted"
)
# Where the words of an unclosed quotation end and the narration begins: `, he said`, `. Smith told`.
_NARRATION = re.compile(
    r"(?<=[,?!…])\s+(?=(?:(?:he|she|they|it|we|I|[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3})\s+"
    rf"(?:has |had |also |later )?(?:{_REPORTING})\b|(?:{_REPORTING})\s+(?:he|she|they|[A-Z])))"
    rf"|(?<=[.])\s+(?=[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){{0,3}}\s+(?:{_REPORTING})\b(?!\s+that))"
)
# A transcript's label, set inside the marks: “SMITH: We will.” names the speaker and is not spoken.
_LABEL = re.compile(r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}:\s+(?=\S)")
_SENTENCE_START = re.compile(r"(?<=[.!?…])\s+(?=[A-Z“‘\"'])")
_DOUBLE = re.compile("[“”„«»「」『』\"＂″]|’’|''")
_SINGLE = re.compile(r"(?<!')[‘’'](?!')")
# What a quotation may begin with that is neither a letter nor a figure.
_BEGINNING = '“„"‘[(…£$€#@'
# German and Danish, »so«, and Swedish, »so»; French, « so », has spaces where these have none.
_INWARD = re.compile(rf"(?<![^\s(\[{{—–\-/:])»(?=[\w{re.escape(_BEGINNING)}›])[^«»\n]*(?<=\S)[«»](?!\w)")
_CAPITAL = re.compile(r"\s+[A-Z]")
_ELISION = re.compile(r"\d\ds?\b|(?:em|til|tis|twas|cause|n)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words between two marks, `text[start:end]`, marks left out.

    `complete` is false where a mark is missing; `single` tells marks of the British kind.
    """

    start: int
    end: int
    complete: bool
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    opens: bool
    closes: bool
    char: str


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Return the quoted stretches of `text` in order, nested ones left to the outermost.

    Time is linear in the length of the text.
    """
    paragraphs = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    double_marks = partial(_double_marks, inward=_INWARD.search(text) is not None)
    double = list(_join(text, _scan(text, paragraphs, double_marks)))
    # Newspapers that set speech in single marks use double ones inside them, which decides between as many
    # of both; elsewhere single marks outside quotations are headlines and terms.
    single, outside = _outermost(list(_join(text, _scan(text, paragraphs, _single_marks))), double)
    holds = len(outside) < len(double)
    if len(single) + holds > len(outside) and text.count("''") < len(single):
        found = outside + [replace(q, single=True) for q in single]
    else:
        found = double
    trimmed = (_trim(text, quoted) for quoted in found)
    return tuple(sorted((q for q in trimmed if q), key=lambda q: q.start))


def _outermost(single: list[Quoted], double: list[Quoted]) -> tuple[list[Quoted], list[Quoted]]:
    """The single quotations that no double one holds or crosses, and the double ones outside of them.

    A double one that was left open inside of a single one ends with it at the latest.
    """
    kept: list[Quoted] = []
    outside: list[Quoted] = []
    i = 0
    for q in single:
        while i < len(double) and double[i].end <= q.start:
            outside.append(double[i])
            i += 1
        after = i
        while after < len(double) and double[after].start < q.end:
            after += 1
        inner = double[i:after]
        if not inner or (q.complete and all(_holds(q, other) for other in inner)):
            kept.append(q)
            i = after
    return kept, outside + double[i:]


def _holds(outer: Quoted, inner: Quoted) -> bool:
    return outer.start <= inner.start and (inner.end <= outer.end or not inner.complete)


def _trim(text: str, quoted: Quoted) -> Quoted | None:
    """Leave out a label, and the spaces at both ends; None where no word is left."""
    start, end = quoted.start, quoted.end
    label = _LABEL.match(text, start, end)
    if label:
        start = label.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return replace(quoted, start=start, end=end)


@dataclass(slots=True)
class _Open:
    """A stretch still open at its paragraph's end, and the paragraph that follows it, if that goes on."""

    quoted: Quoted
    paragraph: int
    open_at_end: bool
    opens_paragraph: bool


def _scan(
    text: str, paragraphs: list[tuple[int, int]], marks_of: Callable[[str, int, int], list[_Mark]]
) -> Iterator[_Open]:
    for number, (start, end) in enumerate(paragraphs):
        marks = marks_of(text, start, end)
        if marks:
            yield from _pair(text, start, end, marks, number)


def _pair(text: str, start: int, end: int, marks: list[_Mark], number: int) -> Iterator[_Open]:
    """Pair the marks of one paragraph."""
    closers_left = [0] * (len(marks) + 1)
    for i in range(len(marks) - 1, -1, -1):
        closers_left[i] = closers_left[i + 1] + marks[i].closes
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    open_mark: _Mark | None = None
    depth = 0
    free_from = start
    for i, mark in enumerate(marks):
        if open_mark is None:
            if mark.opens:
                open_mark, depth = mark, 0
            elif mark.closes and mark.char in CLOSERS:
                # A closing mark without its opening one: what it closes began with the sentence.
                begin = _sentence_start(text, free_from, mark.at)
                yield _Open(Quoted(begin, mark.at, False), number, False, False)
                free_from = mark.at + 1
            continue
        if mark.closes:
            if depth:
                depth -= 1
                continue
            yield _Open(Quoted(open_mark.at + 1, mark.at, True), number, False, open_mark.at == first)
            open_mark, free_from = None, mark.at + 1
        elif mark.opens:
            if closers_left[i] > depth + 1:
                depth += 1
            else:
                # Two openings and one closing: the first quotation lost its closing mark, if narration
                # stands between them; else the second opening is a slip.
                stop = _narration(text, marks[i - 1].at + 1, mark.at)
                if stop < mark.at:
                    quoted = Quoted(open_mark.at + 1, stop, False)
                    yield _Open(quoted, number, False, open_mark.at == first)
                    open_mark, depth = mark, 0
    if open_mark is not None:
        yield _Open(Quoted(open_mark.at + 1, end, False), number, True, open_mark.at == first)


def _join(text: str, found: Iterator[_Open]) -> Iterator[Quoted]:
    """Join what runs over paragraphs; cut what was never closed before the narration after it."""
    pending: _Open | None = None
    for item in found:
        if pending is not None:
            goes_on = item.paragraph == pending.paragraph + 1 and item.opens_paragraph
            if goes_on and not _LABEL.match(text, item.quoted.start):
                item = _Open(
                    replace(item.quoted, start=pending.quoted.start), item.paragraph, item.open_at_end, True
                )
            else:
                yield _cut(text, pending.quoted)
            pending = None
        if item.open_at_end:
            pending = item
        else:
            yield item.quoted
    if pending is not None:
        yield _cut(text, pending.quoted)


def _cut(text: str, quoted: Quoted) -> Quoted:
    return replace(quoted, end=_narration(text, quoted.start, quoted.end))


def _narration(text: str, start: int, end: int) -> int:
    """Where the words of a quotation that was not closed end: before a reporting clause, or at `end`."""
    found = _NARRATION.search(text, start, end)
    return found.start() if found else end


def _sentence_start(text: str, start: int, end: int) -> int:
    begin = start
    for found in _SENTENCE_START.finditer(text, start, end):
        begin = found.end()
    return begin


def _double_marks(text: str, start: int, end: int, *, inward: bool) -> list[_Mark]:
    """The double marks of a paragraph; `inward` tells that the text has »…« too."""
    marks: list[_Mark] = []
    straight = sum(text.count(c, start, end) for c in STRAIGHT)
    seen, in_tag, depth = 0, False, 0
    for found in _DOUBLE.finditer(text, start, end):
        char, at = found.group(), found.start()
        before = text[at - 1] if at > start else " "
        after = text[found.end()] if found.end() < end else " "
        if in_tag or before == "=":
            in_tag = not in_tag  # an attribute of a tag that was left in the text: width="300"
            continue
        if len(char) == 2:
            if not depth:
                continue
            mark = _Mark(at, False, True, "”")  # “so’’
        elif char in STRAIGHT or char == "″":
            seen += char in STRAIGHT
            if before.isdigit() and _is_inches(char, after, straight - seen, marks):
                continue
            opens = bool(_BEFORE_OPENING.match(before)) and not after.isspace()
            closes = bool(_AFTER_CLOSING.match(after)) and not before.isspace()
            mark = _Mark(at, opens or not closes, closes or not opens, '"')
        elif char == "“" and marks and marks[-1].char == "„":
            mark = _Mark(at, False, True, char)  # German: „so“
        elif char in "“”":
            opens = char in OPENERS
            detached = after.isspace() and not _CAPITAL.match(text, found.end(), end)
            if opens == bool(depth) or (opens and detached):
                # Not its turn: one within another, or typed the wrong way round; its neighbours tell.
                before_opening = bool(_BEFORE_OPENING.match(before))
                may_open = before_opening and after.isalnum()
                may_close = bool(_AFTER_CLOSING.match(after)) and not before_opening
                opens = may_open if may_open != may_close else opens
            mark = _Mark(at, opens, not opens, "“" if opens else "”")
        elif inward and char in "«»":
            may_open = bool(_BEFORE_OPENING.match(before)) and _may_begin(after)
            may_close = bool(_AFTER_CLOSING.match(after)) and not before.isspace()
            opens = may_open if may_open != may_close else char in OPENERS
            mark = _Mark(at, opens, not opens, "«" if opens else "»")
        else:
            mark = _Mark(at, char in OPENERS, char in CLOSERS, char)
        marks.append(mark)
        depth = max(0, depth + mark.opens - mark.closes)
    return marks


def _is_inches(char: str, after: str, straight_left: int, marks: list[_Mark]) -> bool:
    """A straight mark after a digit measures: no quotation is open, or another mark must close it."""
    if char == "″":
        return True
    opened = sum(m.opens and not m.closes for m in marks) > sum(m.closes and not m.opens for m in marks)
    return not opened or (straight_left % 2 == 1 and after not in ",.")


def _single_marks(text: str, start: int, end: int) -> list[_Mark]:
    marks: list[_Mark] = []
    for found in _SINGLE.finditer(text, start, end):
        char, at = found.group(), found.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if (before.isalnum() and after.isalnum()) or _ELISION.match(text, at + 1):
            continue  # don’t, ’90s
        opens = char != SINGLE_CLOSE and bool(_BEFORE_OPENING.match(before)) and _may_begin(after)
        closes = char != SINGLE_OPEN and not before.isspace() and not after.isalnum()
        if closes and before in "sS" and after == " ":
            closes = not _is_possessive(text, at, end)
        if opens or closes:
            marks.append(_Mark(at, opens, closes, char))
    return marks


def _may_begin(char: str) -> bool:
    return char.isalnum() or char in _BEGINNING


def _is_possessive(text: str, at: int, end: int) -> bool:
    """The parents’ house: a plural's apostrophe, another closing mark still to come."""
    rest = text[at + 1 : end]
    return bool(re.match(r" [a-z]", rest)) and bool(re.search(r"(?<=[,.?!\w])[’'](?!\w)", rest))
