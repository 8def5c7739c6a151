"""What the ranker sees of a quotation: the words around it and the mentions near it, as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.quotations.cues import NAMING, SAYING, WORDS
from quotetrack.quotations.mentions import Mention
from quotetrack.quotations.reading import Reading
from quotetrack.quotations.rules import ORDER, Proposal

# On PolNeAR's development part 99 of 100 speakers stand within 35 words before a quotation or 13 after it,
# other quotations shortened; the rest of the window is for what stands around them.
WORDS_BEFORE, WORDS_AFTER = 64, 28
# Of the quotation itself, the first and the last words that were read.
WORDS_INSIDE = 6

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
DEPRELS = (
    "root nsubj nsubj:pass nsubj:outer obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:desc "
    "nmod:unmarked appos compound flat conj cc ccomp xcomp advcl acl acl:relcl parataxis advmod amod aux "
    "aux:pass case cop csubj det discourse dislocated expl fixed goeswith list mark nummod orphan punct "
    "vocative dep reparandum"
).split()
ENTITIES = "PERSON ORG LOC FAC NORP DATE MONEY MISC PRODUCT GPE WORK_OF_ART EVENT".split()
PRONOUNS = "he she they it i we you who one his her their its many some others both another".split()
# Words before a quotation that announce a name or a title rather than speech.
_ANNOUNCED = re.compile(
    r"(?:so-called|called|titled|entitled|named|known as|nicknamed|dubbed|film|movie|song|book|novel|album|"
    r"series|show|documentary|magazine|poem|play|episode|segment|column|slogan|term|word|words|phrase|hashtag|"
    r"acronym|title)[\s,:(]*$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me|you|You)\b")
_VERBLIKE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|do|does|did|not)\b|n[’']t\b"
)
PUNCTUATION = {
    ",": 1,
    ".": 2,
    "?": 3,
    "!": 3,
    ":": 4,
    ";": 5,
    "—": 6,
    "–": 6,
    "-": 6,
    "…": 7,
    ")": 8,
    "(": 8,
    "\n": 9,
}

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One quotation in numbers.

    `forms` and `head_forms` are words for the ranker's own table; `tokens` are the categories of each word of
    the window; `candidates` are positions in the window, with their governors' positions, of `mentions`;
    `pairs` are the categories of each candidate with this quotation; `quotation` those of the quotation.
    """

    forms: tuple[str, ...]
    head_forms: tuple[str, ...]
    tokens: tuple[Row, ...]
    first: int
    last: int
    candidates: tuple[int, ...]
    governors: tuple[int, ...]
    pairs: tuple[Row, ...]
    quotation: Row
    mentions: tuple[int, ...]


# How many values each category has, in the order of the rows below.
TOKEN_SIZES = (len(UPOS) + 1, len(DEPRELS) + 1, len(ENTITIES) + 1, 10, 4, 6, 4, 4)
PAIR_SIZES = (
    len(ORDER) + 1,
    5,
    17,
    9,
    7,
    len(DEPRELS) + 1,
    len(ENTITIES) + 1,
    len(PRONOUNS) + 1,
    5,
    4,
    4,
    5,
    6,
    3,
    3,
    len(ORDER) + 1,
)
QUOTATION_SIZES = (9, 3, 10, 10, 10, 2, 2, 5, 3, 2, 3, 3, 2, 2, 2)


_UPOS = {v: i + 1 for i, v in enumerate(UPOS)}
_DEPRELS = {v: i + 1 for i, v in enumerate(DEPRELS)}
_ENTITIES = {v: i + 1 for i, v in enumerate(ENTITIES)} | {"ORGANIZATION": ENTITIES.index("ORG") + 1}
_PRONOUNS = {v: i + 1 for i, v in enumerate(PRONOUNS)}
_RULES = {v: i + 1 for i, v in enumerate(ORDER)}


def _deprel(value: str) -> int:
    return _DEPRELS.get(value) or _DEPRELS.get(value.partition(":")[0], 0)


def form(reading: Reading, i: int) -> str:
    """The word as the ranker's table knows it: names by their kind, so that no person is learnt by heart."""
    word = reading.words[i]
    number = reading.entity_of[i]
    if number >= 0:
        return f"<{reading.entities[number].type.lower()}>"
    if word.upos == "PROPN":
        return "<name>"
    if word.upos == "NUM":
        return "<number>"
    if word.upos == "PUNCT" and word.text in '“”"„«»「」『』':
        return "<mark>"
    return (word.lemma or word.text).lower()


def _bucket(distance: int) -> int:
    """0 to 7 for a distance in words of 0, 1, 2, 3, 4-5, 6-9, 10-19, 20 and more."""
    for number, bound in enumerate((0, 1, 2, 3, 5, 9, 19)):
        if distance <= bound:
            return number
    return 7


def _clip(value: int, bound: int) -> int:
    return max(-bound, min(bound, value)) + bound


def describe(
    reading: Reading, number: int, mentions: Sequence[Mention], proposals: Sequence[Sequence[Proposal]]
) -> Example | None:
    """Describe quotation `number`; None where none of its words were read or no mention is near.

    `proposals` are the rules' for every quotation of the article.
    """
    inside = reading.quotation_words(number)
    if not inside:
        return None
    begin = max(0, inside[0] - WORDS_BEFORE)
    stop = min(len(reading.words), inside[-1] + 1 + WORDS_AFTER)
    window = [i for i in range(begin, inside[0]) if reading.parsed[i]]
    shown = (
        list(inside) if len(inside) <= 2 * WORDS_INSIDE else [*inside[:WORDS_INSIDE], *inside[-WORDS_INSIDE:]]
    )
    shown = [i for i in shown if reading.parsed[i]] or [inside[0]]
    first = len(window)
    window += shown
    last = len(window) - 1
    window += [i for i in range(inside[-1] + 1, stop) if reading.parsed[i]]
    place = {i: at for at, i in enumerate(window)}
    steps = _steps(reading, inside)
    near = [n for n, m in enumerate(mentions) if m.head in place and reading.inside[m.head] < 0]
    tokens = tuple(_token(reading, i, number, inside, steps) for i in window)
    return Example(
        forms=tuple(form(reading, i) for i in window),
        head_forms=tuple(form(reading, h) if (h := reading.heads[i]) >= 0 else "<root>" for i in window),
        tokens=tokens,
        first=first,
        last=last,
        candidates=tuple(place[mentions[n].head] for n in near),
        governors=tuple(place.get(reading.heads[mentions[n].head], place[mentions[n].head]) for n in near),
        pairs=tuple(_pair(reading, number, mentions, n, near, inside, proposals) for n in near),
        quotation=_quotation(reading, number, inside),
        mentions=tuple(near),
    )


def _steps(reading: Reading, inside: range) -> dict[int, int]:
    """The words above the quotation in its sentences' trees, by how far up they are."""
    found: dict[int, int] = {}
    for i in inside:
        head, step = reading.heads[i], 1
        while head >= 0 and step < 8:
            if head not in inside:
                found[head] = min(found.get(head, 9), step)
                step += 1
            head = reading.heads[head]
    return found


def _zone(reading: Reading, i: int, number: int, inside: range) -> int:
    if i in inside:
        return 1
    if reading.inside[i] >= 0:
        return 2 if reading.inside[i] < number else 3
    side = 0 if i < inside[0] else 3
    edge = inside[0] if i < inside[0] else inside[-1]
    if reading.sentences[i] == reading.sentences[edge]:
        return 4 + side
    return (5 if reading.passages[i] == reading.passages[edge] else 6) + side


def _token(reading: Reading, i: int, number: int, inside: range, steps: dict[int, int]) -> Row:
    word = reading.words[i]
    head = reading.heads[i]
    entity = reading.entity_of[i]
    head_zone = 0 if head < 0 else 1 if head in inside else 2 if reading.inside[head] >= 0 else 3
    verb = word.lemma.lower()
    kind = 1 if verb in SAYING else 2 if verb in NAMING else 3 if verb in WORDS else 0
    starts = (i == 0 or reading.sentences[i - 1] != reading.sentences[i]) + 2 * word.text[:1].isupper()
    return (
        _UPOS.get(word.upos, 0),
        _deprel(word.deprel),
        _ENTITIES.get(reading.entities[entity].type, 0) if entity >= 0 else 0,
        _zone(reading, i, number, inside),
        head_zone,
        min(5, steps.get(i, 0)),
        kind,
        starts,
    )


def _pair(
    reading: Reading,
    number: int,
    mentions: Sequence[Mention],
    n: int,
    near: Sequence[int],
    inside: range,
    proposals: Sequence[Sequence[Proposal]],
) -> Row:
    mention = mentions[n]
    head = mention.head
    word = reading.words[head]
    before = head < inside[0]
    rank, rule = next(
        ((at + 1, _RULES[p.rule]) for at, p in enumerate(proposals[number]) if p.mention == head), (0, 0)
    )
    gap = range(mention.last + 1, inside[0]) if before else range(inside[-1] + 1, mention.first)
    distance = _bucket(sum(reading.words[i].upos != "PUNCT" for i in gap))
    edge = inside[0] if before else inside[-1]
    governor = reading.heads[head]
    lemma = reading.words[governor].lemma.lower() if governor >= 0 else ""
    governed = (
        1 if lemma in SAYING else 2 if lemma in NAMING else 3 if lemma in WORDS else 4 if governor >= 0 else 0
    )
    subjects = sum(reading.words[i].deprel.startswith("nsubj") and reading.inside[i] < 0 for i in gap)
    position = near.index(n)
    is_nearest = 0
    if before and (position + 1 == len(near) or mentions[near[position + 1]].head > inside[0]):
        is_nearest = 1
    elif not before and (position == 0 or mentions[near[position - 1]].head < inside[0]):
        is_nearest = 2
    after = reading.words[mention.last + 1].text if mention.last + 1 < len(reading.words) else ""
    has_cue = any(reading.words[i].lemma.lower() in SAYING and reading.inside[i] < 0 for i in gap)
    others = sum(reading.inside[i] >= 0 for i in gap)
    neighbour_rule = 0
    for other in (number - 1, number + 1, number - 2):
        if 0 <= other < len(proposals) and proposals[other] and proposals[other][0].mention == head:
            neighbour_rule = _RULES[proposals[other][0].rule]
            break
    return (
        rule,
        min(4, rank),
        1 + distance + 8 * (not before),
        _clip(reading.sentences[head] - reading.sentences[edge], 4),
        _clip(reading.passages[head] - reading.passages[edge], 3),
        _deprel(word.deprel),
        _ENTITIES.get(mention.entity, 0),
        _PRONOUNS.get(word.text.lower(), 0),
        governed,
        _neighbour(proposals, number - 1, head),
        _neighbour(proposals, number + 1, head),
        min(4, subjects),
        is_nearest + 3 * has_cue,
        2 if after == ":" else 1 if after == "," else 0,
        min(2, others),
        neighbour_rule,
    )


def _neighbour(proposals: Sequence[Sequence[Proposal]], other: int, head: int) -> int:
    """What the rules propose for a neighbouring quotation: 1 the mention, 2 it among others, 3 others."""
    if not 0 <= other < len(proposals) or not proposals[other]:
        return 0
    if proposals[other][0].mention == head:
        return 1
    return 2 if any(p.mention == head for p in proposals[other]) else 3


def _quotation(reading: Reading, number: int, inside: range) -> Row:
    text, quoted = reading.text, reading.quoted[number]
    words = text[quoted.start : quoted.end]
    tokens = words.split()
    length = next((n for n, bound in enumerate((1, 2, 3, 4, 6, 10, 20, 40)) if len(tokens) <= bound), 8)
    line_start = text.rfind("\n", 0, quoted.start) + 1
    before = text[line_start : quoted.start].rstrip("“”\"„«‘'「『 \u00a0")
    line_end = text.find("\n", quoted.end)
    after = text[quoted.end : line_end if line_end >= 0 else len(text)].lstrip("“”\"»’'」』 \u00a0")
    capitals = sum(t[:1].isupper() for t in tokens if len(t) > 3 or t[:1].isalpha())
    share = min(4, int(4 * capitals / max(1, len(tokens))))
    same_passage = [
        reading.passages[inside[0]] == reading.passages[w[0]]
        if (w := reading.quotation_words(other))
        else False
        for other in (number - 1, number + 1)
        if 0 <= other < len(reading.quoted)
    ]
    first = tokens[0][:1] if tokens else ""
    return (
        length,
        1 if first.islower() else 2 if first.isupper() else 0,
        PUNCTUATION.get(words[-1:], 0),
        PUNCTUATION.get(before[-1:], 0) if before else 9,
        PUNCTUATION.get(after[:1], 0) if after else 9,
        int(quoted.complete),
        int(bool(_ANNOUNCED.search(before[-40:]))),
        share,
        min(2, len(_FIRST_PERSON.findall(words))),
        int(bool(_VERBLIKE.search(words))),
        1 + sum(same_passage[:1]) if number > 0 else 0,
        1 + sum(same_passage[-1:]) if number + 1 < len(reading.quoted) else 0,
        int(text.find(words, 0, quoted.start) >= 0) if len(tokens) > 2 else 0,
        int(reading.passages[inside[0]] <= 1),
        int(bool(re.match(r"(?:the|a|an|his|her|their|its)\s*$", before[-6:].split(" ")[-1], re.IGNORECASE)))
        if before
        else 0,
    )
