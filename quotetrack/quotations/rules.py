"""The sieve: named rules that read off the grammar who says a quotation, and by which cue.

Each rule is a pattern of Universal Dependencies (nsubj, obl:agent, ccomp, parataxis …), after the sieves of
Muzny et al. (2017), "A Two-stage Sieve Approach for Quote Attribution", and of CoreNLP. A quotation is
followed from its words up the tree; at each step a rule may propose a mention. `ORDER` lists the rules,
on the whole the most precise first (`python -m benchmarks.accuracy --rules` measures it); the ranker knows
them by their place in it, so a new order means training the ranker again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.quotations.cues import reports
from quotetrack.quotations.reading import Reading

# Where a mention is proposed twice, the earlier rule names the attribution.
ORDER = (
    "said-after",
    "said-inverted",
    "according-to",
    "said-before",
    "colon",
    "passive-by",
    "relative-clause",
    "reported-clause",
    "participle",
    "noun-cue",
    "outer-clause",
    "unlisted-verb",
)
# Rules that stand on a verb, and so on its meaning.
CLAUSAL = frozenset(ORDER) - {"according-to", "colon"}
SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")
QUOTED = ("quote", "cite", "hear", "record", "report")
ACCORDING = {"according", "per"}
VERBAL = {"VERB", "AUX", "ADJ"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule's answer: the word that heads the speaker's mention, and the word that reports."""

    rule: str
    mention: int
    cue: int


def propose(reading: Reading, number: int) -> tuple[Proposal, ...]:
    """What the rules propose for a quotation, the nearest attachments first, each mention once."""
    found: dict[int, Proposal] = {}
    for proposal in _all(reading, number):
        proposal = _weighed(reading, proposal)
        known = found.get(proposal.mention)
        if known is None or ORDER.index(proposal.rule) < ORDER.index(known.rule):
            found[proposal.mention] = proposal
    return tuple(sorted(found.values(), key=lambda p: ORDER.index(p.rule)))


def _weighed(reading: Reading, proposal: Proposal) -> Proposal:
    """A clause whose verb is not known to report is the last to be believed, however it stands."""
    if (
        proposal.rule in CLAUSAL
        and reading.words[proposal.cue].upos != "ADP"
        and not reports(reading.words[proposal.cue].lemma)
    ):
        return Proposal("unlisted-verb", proposal.mention, proposal.cue)
    return proposal


def _all(reading: Reading, number: int) -> Iterator[Proposal]:
    words = reading.quotation_words(number)
    if not words:
        return
    tops = [
        i
        for i in words
        if reading.parsed[i] and reading.heads[i] not in words and reading.words[i].upos != "PUNCT"
    ]
    for top in tops or list(words)[:1]:
        yield from _climb(reading, number, top, words)
    yield from _colon(reading, number, words)


def _subject(reading: Reading, verb: int, words: range) -> int | None:
    """The subject of a verb outside the quotation; a conjunct shares its head's, an open complement too.

    Where the verb above has an object it is the object's: prompting them to call it a “fraud”.
    """
    seen = 0
    while verb >= 0 and seen < 5:
        for child in reading.children[verb]:
            if reading.words[child].deprel in SUBJECT and child not in words and reading.inside[child] < 0:
                return child
        if reading.words[verb].deprel not in ("conj", "xcomp", "aux", "cop"):
            return None
        verb, is_open, seen = reading.heads[verb], reading.words[verb].deprel == "xcomp", seen + 1
        made = reading.child(verb, "obj", "iobj") if is_open and verb >= 0 else None
        if made is not None and made not in words and reading.inside[made] < 0:
            return made
    return None


def _agent(reading: Reading, verb: int, words: range) -> int | None:
    for child in reading.children[verb]:
        word = reading.words[child]
        if child in words or not word.deprel.startswith("obl"):
            continue
        if word.deprel == "obl:agent" or any(reading.words[c].lemma == "by" for c in reading.children[child]):
            return child
    return None


def _agent_beyond(reading: Reading, words: range) -> int | None:
    """A “by X” after the quotation that the parse hangs on one of its words: criticised as “…” by X."""
    for i in words:
        for child in reading.children[i]:
            if child > words[-1] and any(
                reading.words[c].lemma == "by" and c > words[-1] for c in reading.children[child]
            ):
                return child
    return None


def _is_passive(reading: Reading, verb: int) -> bool:
    if any(reading.words[c].deprel in ("nsubj:pass", "aux:pass") for c in reading.children[verb]):
        return True
    word = reading.words[verb]
    return word.xpos == "VBN" and word.deprel in ("acl", "advcl")


def _according(reading: Reading, head: int, words: range) -> Iterator[Proposal]:
    for child in reading.children[head]:
        if child in words:
            continue
        for case in reading.children[child]:
            if reading.words[case].text.lower() in ACCORDING and case not in words:
                yield Proposal("according-to", child, case)
        if reading.words[child].text.lower() == "according":
            for grandchild in reading.children[child]:
                if reading.words[grandchild].upos in ("NOUN", "PROPN", "PRON"):
                    yield Proposal("according-to", grandchild, child)


def _climb(reading: Reading, number: int, top: int, words: range) -> Iterator[Proposal]:
    """Follow the quotation's top word to the root, proposing at every head."""
    # The quotation may govern its own reporting clause: “It works”, said X.
    for child in reading.children[top]:
        if (
            child not in words
            and reading.words[child].upos in VERBAL
            and (
                reading.words[child].deprel
                in ("parataxis", "ccomp", "advcl", "conj", "acl", "dep", "acl:relcl")
            )
        ):
            subject = _subject(reading, child, words)
            if subject is not None:
                yield Proposal(_said(subject, child, words), subject, child)
    # The quotation may be what was done: the attack was “seriously condemned” by NATO.
    agent = _agent(reading, top, words)
    if agent is not None and reading.words[top].upos in VERBAL:
        by = next((c for c in reading.children[agent] if reading.words[c].lemma == "by"), agent)
        yield Proposal("passive-by", agent, by)
    yield from _according(reading, top, words)
    node, step = top, 0
    outer = False
    while reading.heads[node] >= 0 and step < 12:
        head = reading.heads[node]
        if head in words:
            node, step = head, step + 1
            continue
        word = reading.words[head]
        yield from _according(reading, head, words)
        if word.upos in VERBAL or reading.child(head, *SUBJECT) is not None:
            passive = _is_passive(reading, head)
            agent = _agent(reading, head, words) or (_agent_beyond(reading, words) if passive else None)
            if agent is not None and agent != node and passive:
                yield Proposal("outer-clause" if outer else "passive-by", agent, head)
                outer = True
            else:
                proposal = _clause(reading, head, node, words, outer)
                if proposal is not None:
                    yield proposal
                    outer = True
        else:
            possessor = reading.child(head, "nmod:poss")
            if possessor is not None and possessor not in words and possessor != node:
                yield Proposal("noun-cue", possessor, head)
        node, step = head, step + 1


def _clause(reading: Reading, verb: int, node: int, words: range, outer: bool) -> Proposal | None:
    """The speaker that a verb above the quotation names."""
    subject = _subject(reading, verb, words)
    # Who is told or accused is not who speaks; who is quoted is.
    if subject is not None and _is_passive(reading, verb) and reading.words[verb].lemma not in QUOTED:
        return None
    deprel = reading.words[verb].deprel
    if subject is not None and subject != node:
        if deprel == "acl:relcl" and reading.words[subject].lemma in ("who", "which", "that"):
            return Proposal("outer-clause" if outer else "relative-clause", reading.heads[verb], verb)
        if outer:
            return Proposal("outer-clause", subject, verb)
        relation = reading.words[node].deprel
        if relation in ("ccomp", "parataxis") and _adjacent(reading, verb, subject, words):
            return Proposal(_said(subject, verb, words), subject, verb)
        return Proposal("reported-clause", subject, verb)
    if deprel in ("acl", "acl:relcl") and reading.heads[verb] >= 0 and reading.heads[verb] not in words:
        return Proposal("outer-clause" if outer else "participle", reading.heads[verb], verb)
    if deprel in ("advcl", "ccomp", "parataxis"):
        governor = reading.heads[verb]
        shared = _subject(reading, governor, words) if governor >= 0 else None
        if shared is not None and shared != node:
            return Proposal("outer-clause" if outer else "participle", shared, verb)
    return None


def _adjacent(reading: Reading, verb: int, subject: int, words: range) -> bool:
    """Whether the reporting clause touches the quotation or is parted from it by its own words alone."""
    first, last = min(verb, subject), max(verb, subject)
    gap = range(words[-1] + 1, first) if first > words[-1] else range(last + 1, words[0])
    return all(
        reading.words[i].upos in ("PUNCT", "ADV", "AUX", "PART")
        or reading.sentences[i] != reading.sentences[verb]
        or _under(reading, i, verb)
        for i in gap
    )


def _under(reading: Reading, word: int, head: int) -> bool:
    for _ in range(30):
        if word == head:
            return True
        if word < 0:
            return False
        word = reading.heads[word]
    return False


def _said(subject: int, verb: int, words: range) -> str:
    if max(subject, verb) < words[0]:
        return "said-before"
    return "said-inverted" if verb < subject else "said-after"


def _colon(reading: Reading, number: int, words: range) -> Iterator[Proposal]:
    """X said in a statement: “…”: the quotation follows a colon that ends the words before it."""
    at = words[0] - 1
    while at >= 0 and reading.words[at].upos == "PUNCT" and reading.words[at].text != ":":
        if reading.words[at].text not in ("“", '"', "‘", "'", "«", "「", "„"):
            return
        at -= 1
    if at < 0 or reading.words[at].text != ":":
        return
    sentence = reading.sentences[at]
    root = next(
        (i for i in range(at, -1, -1) if reading.sentences[i] == sentence and reading.heads[i] < 0), None
    )
    if root is None or root in words:
        return
    subject = _subject(reading, root, words)
    if subject is not None:
        yield Proposal("colon", subject, root)
    elif reading.words[root].upos in ("PROPN", "NOUN", "PRON"):
        yield Proposal("colon", root, at)
