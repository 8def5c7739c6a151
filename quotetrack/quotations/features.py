"""What the ranker sees of a quotation: the words around it and the mentions near it, as numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

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


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One quotation in numbers; `number` is its place among the article's.

    `forms` and `head_forms` are words for the ranker's own table; `tokens` are the categories of the words of
    the window, a row a word; `candidates` are positions in the window, with their governors' positions, of
    `mentions`; `pairs` are the categories of the candidates with this quotation, a row a candidate;
    `quotation` those of the quotation.
    """

    number: int
    forms: Sequence[str]
    head_forms: Sequence[str]
    tokens: np.ndarray
    first: int
    last: int
    candidates: np.ndarray
    governors: np.ndarray
    pairs: np.ndarray
    quotation: Row
    mentions: Sequence[int]


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
_ARE_SUBJECTS = np.array([False, *(name.startswith("nsubj") for name in DEPRELS)])
_RULES = {v: i + 1 for i, v in enumerate(ORDER)}


@lru_cache(maxsize=1 << 8)
def _deprel(value: str) -> int:
    return _DEPRELS.get(value) or _DEPRELS.get(value.partition(":")[0], 0)


@lru_cache(maxsize=1 << 14)
def _kind(lemma: str) -> int:
    lemma = lemma.lower()
    return 1 if lemma in SAYING else 2 if lemma in NAMING else 3 if lemma in WORDS else 0


def _form(upos: str, text: str, lemma: str) -> str:
    """The word as the ranker's table knows it: names by their kind, so that no person is learnt by heart."""
    if upos == "PROPN":
        return "<name>"
    if upos == "NUM":
        return "<number>"
    if upos in ("PUNCT", "") and text in '“”"„«»「」『』':
        return "<mark>"
    return (lemma or text).lower()


# The distances in words up to which others are told apart: 0, 1, 2, 3, 4-5, 6-9, 10-19, 20 and more.
DISTANCES = (0, 1, 2, 3, 5, 9, 19)


def _clip(values: np.ndarray, bound: int) -> np.ndarray:
    return np.minimum(bound, np.maximum(-bound, values)) + bound


def _ints(values: Iterable[int]) -> np.ndarray:
    return np.fromiter(values, np.int64)


def _sums(flags: np.ndarray) -> np.ndarray:
    """How many of the flags before each place are set."""
    return np.append(0, flags.cumsum())


class _Known:
    """Numbers for some pairs of a quotation and a word, the first that are given; zeros for all others.

    A row has the quotation's number, the word's, then those known of them.
    """

    def __init__(self, rows: np.ndarray, words: int) -> None:
        # One number for a pair, with room for -1, which is no word.
        self._step = words + 1
        keys = self._keys_of(rows[:, 0], rows[:, 1])
        order = keys.argsort(kind="stable")
        self._keys = np.append(keys[order], np.iinfo(np.int64).max)
        self._rows = np.vstack([rows[order, 2:], np.zeros((1, rows.shape[1] - 2), dtype=np.int64)])

    def _keys_of(self, numbers: np.ndarray, words: np.ndarray) -> np.ndarray:
        return numbers * self._step + words

    def of(self, numbers: np.ndarray, words: np.ndarray) -> np.ndarray:
        """What is known of each pair, a column each."""
        keys = self._keys_of(numbers, words)
        at = self._keys.searchsorted(keys)
        return self._rows[np.where(self._keys[at] == keys, at, -1)].T


@dataclass(frozen=True, slots=True)
class _Quotations:
    """Quotations by their numbers with the first and the last of their words, a row each."""

    numbers: np.ndarray
    starts: np.ndarray
    ends: np.ndarray

    def of(self, rows: np.ndarray) -> _Quotations:
        return _Quotations(self.numbers[rows], self.starts[rows], self.ends[rows])


class _Article:
    """What does not depend on the quotation, made once, in columns: a row a word, or a row a mention."""

    def __init__(
        self, reading: Reading, mentions: Sequence[Mention], proposals: Sequence[Sequence[Proposal]]
    ) -> None:
        self.reading = reading
        _, _, texts, _, upos, lemmas, _, deprels, _ = zip(*reading.words, strict=True)
        self.shown = np.flatnonzero(reading.shown)
        self.heads, self.inside = _ints(reading.heads), _ints(reading.inside)
        self.sentences, self.passages = _ints(reading.sentences), _ints(reading.passages)
        self.deprels = _ints(map(_deprel, deprels))
        self.kinds = _ints(map(_kind, lemmas))
        tags = _ints(_UPOS.get(tag, 0) for tag in upos)
        entities = _ints(reading.entity_of)
        types = _ints([*(_ENTITIES.get(e.type, 0) for e in reading.entities), 0])[entities]
        starts = np.append(True, self.sentences[1:] != self.sentences[:-1])
        starts = starts + 2 * _ints(text[:1].isupper() for text in texts)
        # The categories of a word that are the same for every quotation.
        self.rows = np.column_stack([tags, self.deprels, types, self.kinds, starts])
        # The last is what -1, the head of a root, stands for.
        self.forms = np.array([*map(_form, upos, texts, lemmas), "<root>"], dtype=object)
        named = np.flatnonzero(entities >= 0)
        kinds = np.array([f"<{entity.type.lower()}>" for entity in reading.entities], dtype=object)
        self.forms[named] = kinds[entities[named]]
        told = self.inside < 0
        self.words_before = _sums(tags != _UPOS["PUNCT"])
        self.subjects_before = _sums(told & _ARE_SUBJECTS[self.deprels])
        self.cues_before = _sums(told & (self.kinds == 1))
        self.quoted_before = _sums(~told)
        # The rank from 1 and the rule of each word whose mention the rules propose for a quotation.
        ranks = [
            (number, p.mention, rank, _RULES[p.rule])
            for number, proposed in enumerate(proposals)
            for rank, p in enumerate(proposed, 1)
        ]
        self.ranks = _Known(np.array(ranks, dtype=np.int64).reshape(-1, 4), len(texts))
        # For which quotations they propose any; no quotation is before the first or after the last.
        self.proposed = _ints([*map(bool, proposals), False])
        self._describe_mentions(mentions, proposals)

    def _describe_mentions(
        self, mentions: Sequence[Mention], proposals: Sequence[Sequence[Proposal]]
    ) -> None:
        reading, words = self.reading, self.reading.words
        # The names, by their last words, for whom the rules speak, with how many quotations.
        spoken = Counter(
            words[proposed[0].mention].text
            for proposed in proposals
            if proposed and words[proposed[0].mention].upos in ("PROPN", "NOUN")
        )
        after = [words[m.last + 1].text if m.last + 1 < len(words) else "" for m in mentions]
        governors = [reading.heads[m.head] for m in mentions]
        self.mentions = _ints(m.head for m in mentions)
        self.firsts, self.lasts = _ints(m.first for m in mentions), _ints(m.last for m in mentions)
        self.types = _ints(_ENTITIES.get(m.entity, 0) for m in mentions)
        self.pronouns = _ints(_PRONOUNS.get(words[m.head].text.lower(), 0) for m in mentions)
        self.spoken = _ints(spoken[words[m.head].text] for m in mentions)
        self.after = _ints(2 if text == ":" else int(text == ",") for text in after)
        self.naming = _ints(_naming(reading, m) for m in mentions)
        self.main = _ints(
            words[m.head].deprel in SUBJECTS and governor >= 0 and reading.heads[governor] < 0
            for m, governor in zip(mentions, governors, strict=True)
        )


def describe(
    reading: Reading, mentions: Sequence[Mention], proposals: Sequence[Sequence[Proposal]]
) -> list[Example]:
    """Describe the quotations of an article, in their order; those of which no word was read are left out.

    `proposals` are the rules' for every quotation of the article.
    """
    numbered = enumerate(map(reading.quotation_words, range(len(reading.quoted))))
    found = [(number, inside[0], inside[-1]) for number, inside in numbered if inside]
    if not found:
        return []
    article = _Article(reading, mentions, proposals)
    quotations = _Quotations(*np.array(found, dtype=np.int64).T)
    return list(_describe(article, quotations))


def _describe(article: _Article, quotations: _Quotations) -> Iterator[Example]:
    reading, numbers = article.reading, quotations.numbers
    begins, stops = quotations.starts - WORDS_BEFORE, quotations.ends + 1 + WORDS_AFTER
    borders = article.shown.searchsorted([begins, quotations.starts, quotations.ends + 1, stops])
    windows = [_window(article.shown, *each) for each in borders.T.tolist()]
    sizes = _ints(map(len, windows))
    words, about = np.concatenate(windows), quotations.of(np.repeat(np.arange(len(sizes)), sizes))
    positions = np.concatenate([np.arange(size) for size in sizes])
    places = _Known(np.column_stack([about.numbers, words, positions + 1]), len(reading.words))

    lows, highs = article.mentions.searchsorted([begins, stops])
    near = np.concatenate([np.arange(low, high) for low, high in zip(lows, highs, strict=True)])
    rows = np.repeat(np.arange(len(sizes)), highs - lows)
    # A mention's place is counted from 1.
    candidates = places.of(numbers[rows], article.mentions[near])[0]
    are_near = (candidates > 0) & (article.inside[article.mentions[near]] < 0)
    near, rows, candidates = near[are_near], rows[are_near], candidates[are_near]
    governors = places.of(numbers[rows], article.heads[article.mentions[near]])[0]
    governors = np.where(governors > 0, governors, candidates)

    steps = [
        (number, word, step)
        for number in numbers.tolist()
        for word, step in _steps(reading, reading.quotation_words(number)).items()
    ]
    above = _Known(np.array(steps, dtype=np.int64).reshape(-1, 3), len(reading.words))
    tokens = _tokens(article, about, words, above)
    pairs = _pairs(article, quotations.of(rows), near, above)
    forms, head_forms = article.forms[words], article.forms[article.heads[words]]
    ends, last_near = sizes.cumsum(), rows.searchsorted(np.arange(len(sizes)), side="right")
    for n, number in enumerate(numbers.tolist()):
        window, own = slice(ends[n] - sizes[n], ends[n]), slice(last_near[n - 1] if n else 0, last_near[n])
        inside = reading.quotation_words(number)
        first = int(borders[1, n] - borders[0, n])
        yield Example(
            number=number,
            forms=forms[window].tolist(),
            head_forms=head_forms[window].tolist(),
            tokens=tokens[window],
            first=first,
            last=first + min(len(inside), 2 * WORDS_INSIDE) - 1,
            candidates=candidates[own] - 1,
            governors=governors[own] - 1,
            pairs=pairs[own],
            quotation=_quotation(article, number, inside),
            mentions=near[own].tolist(),
        )


def _window(shown: np.ndarray, begin: int, first: int, after: int, stop: int) -> np.ndarray:
    """The words around a quotation, and its own first and last; all of those of a short one."""
    if after - first <= 2 * WORDS_INSIDE:
        return shown[begin:stop]
    return np.concatenate([shown[begin : first + WORDS_INSIDE], shown[after - WORDS_INSIDE : stop]])


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


def _tokens(article: _Article, about: _Quotations, words: np.ndarray, above: _Known) -> np.ndarray:
    """The categories of the words of windows: their own, where they stand, where their heads do, steps."""
    sentences, passages = article.sentences, article.passages
    inside, heads = article.inside[words], article.heads[words]
    before = words < about.starts
    edge = np.where(before, about.starts, about.ends)
    near = np.where(sentences[words] == sentences[edge], 4, np.where(passages[words] == passages[edge], 5, 6))
    zone = np.where(inside >= 0, np.where(inside < about.numbers, 2, 3), np.where(before, near, near + 3))
    own = (about.starts <= words) & (words <= about.ends)
    own_head = (about.starts <= heads) & (heads <= about.ends)
    head_zone = np.where(own_head, 1, np.where(article.inside[heads] >= 0, 2, 3))
    return np.column_stack(
        [
            article.rows[words],
            np.where(own, 1, zone),
            np.where(heads < 0, 0, head_zone),
            *above.of(about.numbers, words),
        ]
    )


def _pairs(article: _Article, about: _Quotations, near: np.ndarray, above: _Known) -> np.ndarray:
    """The categories of mentions, each with the quotation that it is near."""
    heads, numbers = article.mentions[near], about.numbers
    governors = article.heads[heads]
    before = heads < about.starts
    edge = np.where(before, about.starts, about.ends)
    start = np.where(before, article.lasts[near], about.ends) + 1
    stop = np.maximum(start, np.where(before, about.starts, article.firsts[near]))
    rank, rule = article.ranks.of(numbers, heads)
    # The one before, the one after, and one more.
    (before_it, rule_before), (after_it, rule_after), (earlier, rule_earlier) = (
        article.ranks.of(numbers + step, heads) for step in (-1, 1, -2)
    )
    other_rule = np.where(after_it == 1, rule_after, rule_earlier * (earlier == 1))
    kinds = article.kinds[governors]
    following = np.append(numbers[1:] == numbers[:-1], False)
    last_before = before & ~(following & np.append(before[1:], False))
    first_after = ~before & ~(np.append(False, following[:-1]) & np.append(False, ~before[:-1]))

    def between(sums: np.ndarray) -> np.ndarray:
        return sums[stop] - sums[start]

    return np.column_stack(
        [
            rule,
            np.minimum(4, rank),
            1 + np.searchsorted(DISTANCES, between(article.words_before)) + 8 * ~before,
            _clip(article.sentences[heads] - article.sentences[edge], 4),
            _clip(article.passages[heads] - article.passages[edge], 3),
            article.deprels[heads],
            article.types[near],
            article.pronouns[near],
            np.where(governors < 0, 0, np.where(kinds > 0, kinds, 4)),
            _neighbour(article.proposed[numbers - 1], before_it),
            _neighbour(article.proposed[numbers + 1], after_it),
            np.minimum(4, between(article.subjects_before)),
            last_before + 2 * first_after + 3 * (between(article.cues_before) > 0),
            article.after[near],
            np.minimum(2, between(article.quoted_before)),
            np.where(before_it == 1, rule_before, other_rule),
            np.minimum(3, np.maximum(0, article.spoken[near] - (rank == 1))),
            article.naming[near],
            *above.of(numbers, governors),
            np.where(article.main[near] > 0, np.where(before, 1, 2), 0),
        ]
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


def _neighbour(proposed: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """What the rules propose for a neighbouring quotation: 1 the mention, 2 it among others, 3 others."""
    return np.where(proposed, np.where(ranks == 0, 3, np.minimum(2, ranks)), 0)


def _quotation(article: _Article, number: int, inside: range) -> Row:
    reading = article.reading
    text, quoted = reading.text, reading.quoted[number]
    words = text[quoted.start : quoted.end]
    tokens = words.split()
    length = bisect_left((1, 2, 3, 4, 6, 10, 20, 40), len(tokens))
    line_start = text.rfind("\n", 0, quoted.start) + 1
    before = text[line_start : quoted.start].rstrip("“”\"„«»‘'「『 \u00a0")
    line_end = text.find("\n", quoted.end)
    line_end = line_end if line_end >= 0 else len(text)
    after = text[quoted.end : line_end].lstrip("“”\"»«’'」』 \u00a0")
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
    return 2 + (reading.sentences[edge] == reading.sentences[far]), 1 + bisect_left(DISTANCES, gap)


def _repeated(text: str, quoted: Quoted) -> int:
    """Whether the words stand elsewhere too: 1 before, 2 only after."""
    words = text[quoted.start : quoted.end]
    if len(words) < REPEATED_LETTERS:
        return 0
    return 1 if text.find(words, 0, quoted.start) >= 0 else 2 if text.find(words, quoted.end) >= 0 else 0
