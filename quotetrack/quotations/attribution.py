"""Whose words: rules propose, the ranker decides, coreference names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotetrack.language.parse import Parse
from quotetrack.quotations.coreference import Resolver
from quotetrack.quotations.english import RELATIVE
from quotetrack.quotations.features import Example, describe
from quotetrack.quotations.marks import Quoted
from quotetrack.quotations.mentions import Mention, find_mentions
from quotetrack.quotations.ranker import NO_SPEAKER, NOT_SPEECH, load_ranker
from quotetrack.quotations.reading import Reading, make_reading
from quotetrack.quotations.relatives import antecedent, antecedents, relative_pronoun
from quotetrack.quotations.rules import Proposal, propose
from quotetrack.records import Article, Attribution, Quotation, Span

# A quotation is kept as speech from this probability on: of 0.5, 0.55 and 0.6 the best end to end on three of
# the four gold standards, by little.
SPEECH = 0.55
# A paragraph of its own that ends as sentences do is speech: all 690 in newswire and written articles were,
# and by our own reading those that PolNeAR's annotators passed over.
ALONE = 0.99
# Below this confidence the speaker is unknown: of eleven such answers in development one was right.
LEAST = 0.25
# A mention this likely is not outweighed by all others together.
SURELY = 0.5
# Quotations that the ranker weighs at once.
BATCH = 128
CONTEXT = "context"
# So many words may stand between somebody and the relative pronoun: the envoy to the northern states, who.
FAR_FROM_NOUN = 10


@dataclass(frozen=True, slots=True)
class _Decision:
    """The ranker's answer for one quotation.

    `mention` is a number among the article's, or None; `near` are the probabilities of the mentions near it.
    """

    number: int
    mention: int | None
    speech: float
    near: dict[int, float]


def attribute(
    articles: Sequence[Article], quoted: Sequence[Sequence[Quoted]], parses: Sequence[Parse]
) -> list[tuple[Quotation, ...]]:
    """The quotations of each article, those that are no speech left out."""
    readings = [
        make_reading(article.text, found, parse)
        for article, found, parse in zip(articles, quoted, parses, strict=True)
    ]
    mentions = [find_mentions(reading) for reading in readings]
    proposals = [[propose(r, n) for n in range(len(r.quoted))] for r in readings]
    examples = [describe(*each) for each in zip(readings, mentions, proposals, strict=True)]
    decisions = [
        [
            d
            for example, row in zip(described, rows, strict=True)
            if (d := _decide(reading, found, example, row))
        ]
        for reading, found, described, rows in zip(readings, mentions, examples, _rank(examples), strict=True)
    ]
    return [
        tuple(_quotations(article, reading, found, proposed, decided))
        for article, reading, found, proposed, decided in zip(
            articles, readings, mentions, proposals, decisions, strict=True
        )
    ]


def _decide(
    reading: Reading, mentions: Sequence[Mention], example: Example, row: Sequence[float]
) -> _Decision | None:
    """The likeliest answer; None where the words are no speech."""
    speech = 1.0 - row[NOT_SPEECH]
    if speech < SPEECH:
        # Who might have said what the ranker takes for no speech is not known either.
        alone = _is_paragraph(reading.text, reading.quoted[example.number])
        return _Decision(example.number, None, ALONE, {}) if alone else None
    near = list(row[2:])
    # Whoever speaks in a relative clause is named by two words.
    for pronoun, noun in antecedents(reading, [mentions[n].head for n in example.mentions]).items():
        near[noun] += near[pronoun]
        near[pronoun] = 0.0
    best = max(range(len(near)), key=near.__getitem__, default=None)
    mention = None if best is None or near[best] < row[NO_SPEAKER] else example.mentions[best]
    return _Decision(example.number, mention, speech, dict(zip(example.mentions, near, strict=True)))


def _is_paragraph(text: str, quoted: Quoted) -> bool:
    """Whether a quotation is all of its lines, both marks there, and ends as sentences do."""
    line = _lines(text, quoted)
    around = text[line.start : quoted.start] + text[quoted.end : line.end]
    ended = text[: quoted.end].rstrip("”\"’'»«").endswith((".", "!", "?", "…"))
    return quoted.complete and ended and not any(c.isalnum() for c in around)


def _rank(articles: Sequence[Sequence[Example]]) -> list[list[list[float]]]:
    """Weigh articles together as far as they fit into one batch, a long one in pieces."""
    ranker = load_ranker()
    pieces = [
        (at, examples[n : n + BATCH])
        for at, examples in enumerate(articles)
        for n in range(0, len(examples), BATCH)
    ]
    found: list[list[list[float]]] = [[] for _ in articles]
    start = 0
    while start < len(pieces):
        stop, count = start + 1, len(pieces[start][1])
        while stop < len(pieces) and count + len(pieces[stop][1]) <= BATCH:
            count += len(pieces[stop][1])
            stop += 1
        rows = ranker.weigh([piece for _, piece in pieces[start:stop]])
        for (at, _), weighed in zip(pieces[start:stop], rows, strict=True):
            found[at] += weighed
        start = stop
    return found


def _quotations(
    article: Article,
    reading: Reading,
    mentions: Sequence[Mention],
    proposals: Sequence[Sequence[Proposal]],
    decisions: Sequence[_Decision],
) -> list[Quotation]:
    repeated = _repeated_headings(reading, decisions)
    decisions = [decision for decision in decisions if decision.number not in repeated]
    resolver = _resolve(article, reading, mentions, decisions)
    likeliest = [_by_speaker(mentions, decision, resolver) for decision in decisions]
    if likeliest != decisions:
        decisions = likeliest
        resolver = _resolve(article, reading, mentions, decisions)
    found = []
    for decision in decisions:
        quoted = reading.quoted[decision.number]
        attributions = tuple(_attributions(reading, mentions, proposals[decision.number], decision, resolver))
        found.append(
            Quotation(
                quoted.start,
                quoted.end,
                article.text[quoted.start : quoted.end],
                quoted.complete,
                round(decision.speech, 3),
                attributions,
            )
        )
    return found


def _resolve(
    article: Article, reading: Reading, mentions: Sequence[Mention], decisions: Sequence[_Decision]
) -> Resolver:
    resolver = Resolver(reading, article.author)
    speaking = {mentions[d.mention].head: d.number for d in decisions if d.mention is not None}
    resolver.resolve(mentions, speaking)
    return resolver


def _by_speaker(mentions: Sequence[Mention], decision: _Decision, resolver: Resolver) -> _Decision:
    """The likeliest mention of whoever is likeliest by all mentions together: Lowe by “Lowe” and “he”."""
    if decision.mention is None or decision.near[decision.mention] > SURELY:
        return decision
    shares = {n: _share(mentions, decision, mentions[n], resolver) for n in decision.near}
    best = max(decision.near, key=lambda n: (round(shares[n], 9), decision.near[n]))
    return replace(decision, mention=best)


def _share(mentions: Sequence[Mention], decision: _Decision, chosen: Mention, resolver: Resolver) -> float:
    """How likely all mentions of one speaker are together."""
    return sum(p for n, p in decision.near.items() if resolver.same(mentions[n], chosen))


def _attributions(
    reading: Reading,
    mentions: Sequence[Mention],
    proposals: Sequence[Proposal],
    decision: _Decision,
    resolver: Resolver,
) -> list[Attribution]:
    if decision.mention is None:
        return []
    chosen = mentions[decision.mention]
    first = reading.joined(chosen.head)[0]
    proposal = next((p for p in proposals if p.mention in (chosen.head, first)), None)
    rule = proposal.rule if proposal else CONTEXT
    cue = None
    if proposal:
        word = reading.words[proposal.cue]
        cue = Span(word.start, word.end)
    together = [chosen, *_coordinated(reading, mentions, chosen)] if proposal else [chosen]
    # Who is described beside the name is one speaker: the customer, carmaker Vessel.
    together = [m for n, m in enumerate(together) if not any(resolver.same(m, o) for o in together[:n])]
    together = [resolver.by_name(mention, mentions) for mention in together]
    # Other mentions of the same speaker nearby speak for the same answer, but not for its evidence.
    if _share(mentions, decision, chosen, resolver) < LEAST:
        return []
    confidence = round(decision.near[decision.mention], 3)
    said = [*reading.quotation_words(decision.number), *([proposal.cue] if proposal else [])]
    return [
        Attribution(speaker, _with_relative(reading, mentions, m, said), cue, rule, confidence)
        for m in together
        for speaker in resolver.speakers(m)
    ]


def _with_relative(
    reading: Reading, mentions: Sequence[Mention], mention: Mention, said: Sequence[int]
) -> Span:
    """The mention's span; of one who speaks in a relative clause, with its pronoun: “Petrova, who”."""
    pronoun: int | None
    noun: Mention | None
    if reading.words[mention.head].text.lower() in RELATIVE:
        top = antecedent(reading, mention.head)
        pronoun, noun = mention.head, next((m for m in mentions if m.head == top), None)
    else:
        pronoun, noun = relative_pronoun(reading, reading.top_of_name(mention.head), said), mention
    if pronoun is None or noun is None or not noun.last < pronoun <= noun.last + FAR_FROM_NOUN:
        return mention.span
    if not _together(reading, noun.head, pronoun):
        return mention.span
    return Span(noun.span.start, reading.words[pronoun].end)


def _coordinated(reading: Reading, mentions: Sequence[Mention], chosen: Mention) -> list[Mention]:
    """Those named together with a speaker: condemned by NATO and British Prime Minister Boris Johnson."""
    by_head = {m.head: m for m in mentions}
    found = [chosen]
    own = reading.top_of_name(chosen.head)
    for i in reading.joined(chosen.head):
        # “Prime Minister Boris Johnson” is a mention by the title and by the name.
        apart = i != own and i in by_head and not any(_overlap(by_head[i].span, m.span) for m in found)
        if apart and _together(reading, i, chosen.head):
            found.append(by_head[i])
    return found[1:]


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _together(reading: Reading, a: int, b: int) -> bool:
    """Whether no verb and no quotation stands between two words."""
    between = range(min(a, b) + 1, max(a, b))
    return not any(reading.words[i].upos == "VERB" or reading.inside[i] >= 0 for i in between)


def _repeated_headings(reading: Reading, decisions: Sequence[_Decision]) -> set[int]:
    """Quotations in headings that the article's body quotes again."""
    text = reading.text
    bodies = [text[q.start : q.end] for n, q in enumerate(reading.quoted) if not _in_heading(text, q)]
    repeated = set()
    for decision in decisions:
        quoted = reading.quoted[decision.number]
        if _in_heading(text, quoted):
            words = _plain(text[quoted.start : quoted.end])
            if any(words in _plain(body) for body in bodies):
                repeated.add(decision.number)
    return repeated


def _in_heading(text: str, quoted: Quoted) -> bool:
    """A short line that no full stop ends."""
    span = _lines(text, quoted)
    line = text[span.start : span.end].strip()
    return len(line.split()) <= HEADING_WORDS and not line.rstrip("”\"’»«'").endswith(
        (".", "!", "?", ",", ":", "…")
    )


def _lines(text: str, quoted: Quoted) -> Span:
    """The lines that a quotation stands in."""
    end = text.find("\n", quoted.end)
    return Span(text.rfind("\n", 0, quoted.start) + 1, end if end >= 0 else len(text))


# Headlines and crossheads are seldom longer.
HEADING_WORDS = 20


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
