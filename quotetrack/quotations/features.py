"""What the ranker sees of a quotation: the words around it and the mentions near it, as numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from quotetrack.quotations.cues import NAMING, SAYING, WORDS
from quotetrack.quotations.marks import Quoted
from quotetrack.quotations.mentions import SUBJECTS, Mention
from quotetrack.quotations.reading import Reading
from quotetrack.quotations.rules import ORDER, Proposal

# On PolNeAR's development part 99 of 100 speakers stand within 35 words before a quotation or 13 after it,
# other quotations shortened; the rest of the window is for what stands around them.
WORDS_BEFORE, WORDS_AFTER = 64, 28
# Of the quotation itself, the first and the last words that were read.
WORDS_INSIDE = 6
# Shorter words are found everywhere.
REPEATED_LETTERS = 5

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
    """One quotation in numbers; `number` is its place among the article's.

    `forms` and `head_forms` are words for the ranker's own table; `tokens` are the categories of each word of
    the window; `candidates` are positions in the window, with their governors' positions, of `mentions`;
    `pairs` are the categories of each candidate with this quotation; `quotation` those of the quotation.
    """

    number: int
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
TOKEN_SIZES = (len(UPOS) + 1, len(DEPRELS) + 1, len(ENTITIES) + 1, 4, 4, 10, 4, 6)
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
    4,
    5,
    6,
    3,
)
QUOTATION_SIZES = (9, 3, 10, 10, 10, 10, 2, 2, 2, 5, 3, 2, 4, 9, 4, 9, 3, 2, 2)


_UPOS = {v: i + 1 for i, v in enumerate(UPOS)}
_DEPRELS = {v: i + 1 for i, v in enumerate(DEPRELS)}
_ENTITIES = {v: i + 1 for i, v in enumerate(ENTITIES)} | {"ORGANIZATION": ENTITIES.index("ORG") + 1}
_PRONOUNS = {v: i + 1 for i, v in enumerate(PRONOUNS)}
# The rank from 1 and the rule of each word whose mention the rules propose for a quotation.
Ranks = Mapping[int, tuple[int, int]]
NOT_PROPOSED = (0, 0)
NO_RANKS: Ranks = {}
_RULES = {v: i + 1 for i, v in enumerate(ORDER)}


def _deprel(value: str) -> int:
    return _DEPRELS.get(value) or _DEPRELS.get(value.partition(":")[0], 0)


def _form(reading: Reading, i: int) -> str:
    """The word as the ranker's table knows it: names by their kind, so that no person is learnt by heart."""
    word = reading.words[i]
    number = reading.entity_of[i]
    if number >= 0:
        return f"<{reading.entities[number].type.lower()}>"
    if word.upos == "PROPN":
        return "<name>"
    if word.upos == "NUM":
        return "<number>"
    if word.upos in ("PUNCT", "") and word.text in '“”"„«»「」『』':
        return "<mark>"
    return (word.lemma or word.text).lower()


def _bucket(distance: int) -> int:
    """0 to 7 for a distance in words of 0, 1, 2, 3, 4-5, 6-9, 10-19, 20 and more."""
    return bisect_left((0, 1, 2, 3, 5, 9, 19), distance)


def _clip(value: int, bound: int) -> int:
    return max(-bound, min(bound, value)) + bound


def _sums(flags: Iterable[bool]) -> list[int]:
    """How many of the flags before each place are set."""
    return list(accumulate(flags, initial=0))


class _Article:
    """What does not depend on the quotation, made once."""

    def __init__(
        self, reading: Reading, mentions: Sequence[Mention], proposals: Sequence[Sequence[Proposal]]
    ) -> None:
        self.reading, self.mentions = reading, mentions
        self.ranks: dict[int, Ranks] = {
            number: {p.mention: (k, _RULES[p.rule]) for k, p in reversed([*enumerate(proposed, 1)])}
            for number, proposed in enumerate(proposals)
        }
        words, inside = reading.words, reading.inside
        self.kinds = [_kind(word.lemma) for word in words]
        self.forms = [_form(reading, i) if show else "" for i, show in enumerate(reading.shown)]
        self.rows = [self._row(i) if show else () for i, show in enumerate(reading.shown)]
        self.heads = [mention.head for mention in mentions]
        self.words_before = _sums(word.upos != "PUNCT" for word in words)
        self.subjects_before = _sums(
            word.deprel.startswith("nsubj") and n < 0 for word, n in zip(words, inside, strict=True)
        )
        self.cues_before = _sums(kind == 1 and n < 0 for kind, n in zip(self.kinds, inside, strict=True))
        self.quoted_before = _sums(n >= 0 for n in inside)
        # The names, by their last words, for whom the rules speak, with how many quotations.
        self.spoken = Counter(
            words[proposed[0].mention].text for proposed in proposals if proposed and self._names(proposed[0])
        )

    def _names(self, proposal: Proposal) -> bool:
        return self.reading.words[proposal.mention].upos in ("PROPN", "NOUN")

    def _row(self, i: int) -> Row:
        """The categories of a word that are the same for every quotation."""
        reading = self.reading
        word, entity = reading.words[i], reading.entity_of[i]
        starts = (i == 0 or reading.sentences[i - 1] != reading.sentences[i]) + 2 * word.text[:1].isupper()
        return (
            _UPOS.get(word.upos, 0),
            _deprel(word.deprel),
            _ENTITIES.get(reading.entities[entity].type, 0) if entity >= 0 else 0,
            self.kinds[i],
            starts,
        )


@lru_cache(maxsize=1 << 14)
def _kind(lemma: str) -> int:
    lemma = lemma.lower()
    return 1 if lemma in SAYING else 2 if lemma in NAMING else 3 if lemma in WORDS else 0


def describe(
    reading: Reading, mentions: Sequence[Mention], proposals: Sequence[Sequence[Proposal]]
) -> list[Example]:
    """Describe the quotations of an article, in their order; those of which no word was read are left out.

    `proposals` are the rules' for every quotation of the article.
    """
    article = _Article(reading, mentions, proposals)
    return [
        _describe(article, number, inside)
        for number in range(len(reading.quoted))
        if (inside := reading.quotation_words(number))
    ]


def _describe(article: _Article, number: int, inside: range) -> Example:
    reading, mentions = article.reading, article.mentions
    begin = max(0, inside[0] - WORDS_BEFORE)
    stop = min(len(reading.words), inside[-1] + 1 + WORDS_AFTER)
    window = [i for i in range(begin, inside[0]) if reading.shown[i]]
    shown = (
        list(inside) if len(inside) <= 2 * WORDS_INSIDE else [*inside[:WORDS_INSIDE], *inside[-WORDS_INSIDE:]]
    )
    first = len(window)
    window += shown
    last = len(window) - 1
    window += [i for i in range(inside[-1] + 1, stop) if reading.shown[i]]
    place = {i: at for at, i in enumerate(window)}
    steps = _steps(reading, inside)
    ranks = [article.ranks.get(n, NO_RANKS) for n in (number, number - 1, number + 1, number - 2)]
    near = [
        n
        for n in range(bisect_left(article.heads, begin), bisect_left(article.heads, stop))
        if article.heads[n] in place and reading.inside[article.heads[n]] < 0
    ]
    return Example(
        number=number,
        forms=tuple(article.forms[i] for i in window),
        head_forms=tuple(article.forms[h] if (h := reading.heads[i]) >= 0 else "<root>" for i in window),
        tokens=tuple(_tokens(article, window, number, inside, steps)),
        first=first,
        last=last,
        candidates=tuple(place[mentions[n].head] for n in near),
        governors=tuple(place.get(reading.heads[mentions[n].head], place[mentions[n].head]) for n in near),
        pairs=tuple(_pair(article, ranks, near, at, inside, steps) for at in range(len(near))),
        quotation=_quotation(article, number, inside),
        mentions=tuple(near),
    )


def _steps(reading: Reading, inside: range) -> dict[int, int]:
    """The words above the quotation in its sentences' trees, by how far up they are, 5 and more as one."""
    found: dict[int, int] = {}
    for i in inside:
        head, step = reading.heads[i], 1
        while head >= 0 and step < 8:
            if head not in inside:
                found[head] = min(found.get(head, 5), step)
                step += 1
            head = reading.heads[head]
    return found


def _tokens(
    article: _Article, window: Sequence[int], number: int, inside: range, steps: dict[int, int]
) -> Iterator[Row]:
    """The categories of each word of the window: its own, where it stands, where its head does, steps."""
    reading = article.reading
    rows, within, heads = article.rows, reading.inside, reading.heads
    sentences, passages = reading.sentences, reading.passages
    start, end = inside[0], inside[-1]
    for i in window:
        if start <= i <= end:
            zone = 1
        elif within[i] >= 0:
            zone = 2 if within[i] < number else 3
        else:
            edge, side = (start, 0) if i < start else (end, 3)
            near = 4 if sentences[i] == sentences[edge] else 5 if passages[i] == passages[edge] else 6
            zone = near + side
        head = heads[i]
        head_zone = 0 if head < 0 else 1 if start <= head <= end else 2 if within[head] >= 0 else 3
        yield *rows[i], zone, head_zone, steps.get(i, 0)


def _pair(
    article: _Article,
    ranks: Sequence[Ranks],
    near: Sequence[int],
    at: int,
    inside: range,
    steps: dict[int, int],
) -> Row:
    """The categories of a mention; `ranks` are of the quotation, the ones before and after, and one more."""
    reading, mentions = article.reading, article.mentions
    mention = mentions[near[at]]
    head = mention.head
    word = reading.words[head]
    before = head < inside[0]
    (rank, rule), *others = [r.get(head, NOT_PROPOSED) for r in ranks]
    start, stop = (mention.last + 1, inside[0]) if before else (inside[-1] + 1, mention.first)
    stop = max(start, stop)

    edge = inside[0] if before else inside[-1]
    governor = reading.heads[head]
    is_nearest = 0
    if before and (at + 1 == len(near) or mentions[near[at + 1]].head > inside[0]):
        is_nearest = 1
    elif not before and (at == 0 or mentions[near[at - 1]].head < inside[0]):
        is_nearest = 2
    after = reading.words[mention.last + 1].text if mention.last + 1 < len(reading.words) else ""
    neighbour_rule = next((other_rule for other_rank, other_rule in others if other_rank == 1), 0)
    spoken = article.spoken[word.text] - (rank == 1)
    clause = word.deprel in SUBJECTS and governor >= 0 and reading.heads[governor] < 0
    return (
        rule,
        min(4, rank),
        1 + _bucket(article.words_before[stop] - article.words_before[start]) + 8 * (not before),
        _clip(reading.sentences[head] - reading.sentences[edge], 4),
        _clip(reading.passages[head] - reading.passages[edge], 3),
        _deprel(word.deprel),
        _ENTITIES.get(mention.entity, 0),
        _PRONOUNS.get(word.text.lower(), 0),
        (article.kinds[governor] or 4) if governor >= 0 else 0,
        _neighbour(ranks[1], head),
        _neighbour(ranks[2], head),
        min(4, article.subjects_before[stop] - article.subjects_before[start]),
        is_nearest + 3 * (article.cues_before[stop] > article.cues_before[start]),
        2 if after == ":" else 1 if after == "," else 0,
        min(2, article.quoted_before[stop] - article.quoted_before[start]),
        neighbour_rule,
        max(0, min(3, spoken)),
        _naming(reading, mention),
        steps.get(governor, 0),
        0 if clause is False else 1 if before else 2,
    )


def _naming(reading: Reading, mention: Mention) -> int:
    """How a mention stands to a person's name: 1 is one, 2 has one beside it, 3 is beside another, 4 both."""
    person = mention.entity == "PERSON"
    if reading.words[mention.head].deprel == "appos":
        return 4 if person else 3
    for child in reading.children[mention.head]:
        number = reading.entity_of[child]
        if (
            reading.words[child].deprel in ("appos", "flat", "nmod:desc")
            and number >= 0
            and reading.entities[number].type == "PERSON"
            and number != reading.entity_of[mention.head]
        ):
            return 2
    return 1 if person else 0


def _neighbour(ranks: Ranks, head: int) -> int:
    """What the rules propose for a neighbouring quotation: 1 the mention, 2 it among others, 3 others."""
    if not ranks:
        return 0
    rank, _ = ranks.get(head, NOT_PROPOSED)
    return 1 if rank == 1 else 2 if rank else 3


def _quotation(article: _Article, number: int, inside: range) -> Row:
    reading = article.reading
    text, quoted = reading.text, reading.quoted[number]
    words = text[quoted.start : quoted.end]
    tokens = words.split()
    length = next((n for n, bound in enumerate((1, 2, 3, 4, 6, 10, 20, 40)) if len(tokens) <= bound), 8)
    line_start = text.rfind("\n", 0, quoted.start) + 1
    before = text[line_start : quoted.start].rstrip("“”\"„«‘'「『 \u00a0")
    line_end = text.find("\n", quoted.end)
    line_end = line_end if line_end >= 0 else len(text)
    after = text[quoted.end : line_end].lstrip("“”\"»’'」』 \u00a0")
    above = text[max(0, line_start - 40) : line_start].rstrip("“”\"»’'」』 \u00a0\n")
    capitals = sum(t[:1].isupper() for t in tokens if len(t) > 3 or t[:1].isalpha())
    share = min(4, int(4 * capitals / max(1, len(tokens))))
    first = tokens[0][:1] if tokens else ""
    return (
        length,
        1 if first.islower() else 2 if first.isupper() else 0,
        PUNCTUATION.get(words[-1:], 0),
        PUNCTUATION.get(before[-1:], 0) if before else 9,
        PUNCTUATION.get(after[:1], 0) if after else 9,
        0 if before else PUNCTUATION.get(above[-1:], 0),
        int(quoted.single),
        int(quoted.complete),
        int(bool(_ANNOUNCED.search(before[-40:]))),
        share,
        min(2, len(_FIRST_PERSON.findall(words))),
        int(bool(_VERBLIKE.search(words))),
        *_beside(article, number - 1, inside),
        *_beside(article, number + 1, inside),
        _repeated(text, quoted),
        int(reading.passages[inside[0]] <= 1),
        int(bool(re.match(r"(?:the|a|an|his|her|their|its)\s*$", before[-6:].split(" ")[-1], re.IGNORECASE)))
        if before
        else 0,
    )


def _beside(article: _Article, other: int, inside: range) -> Row:
    """Where a neighbour stands: 1 elsewhere, 2 in the paragraph, 3 in the sentence; and how far off."""
    reading = article.reading
    words = reading.quotation_words(other) if 0 <= other < len(reading.quoted) else range(0)
    if not words:
        return 0, 0
    edge, far = (inside[0], words[-1]) if words[0] < inside[0] else (inside[-1], words[0])
    if reading.passages[edge] != reading.passages[far]:
        return 1, 0
    gap = abs(article.words_before[edge] - article.words_before[far])
    return 2 + (reading.sentences[edge] == reading.sentences[far]), 1 + _bucket(gap)


def _repeated(text: str, quoted: Quoted) -> int:
    """Whether the words stand elsewhere too: 1 before, 2 only after."""
    words = text[quoted.start : quoted.end]
    if len(words) < REPEATED_LETTERS:
        return 0
    return 1 if text.find(words, 0, quoted.start) >= 0 else 2 if text.find(words, quoted.end) >= 0 else 0
