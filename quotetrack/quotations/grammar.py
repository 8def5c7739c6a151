"""Slips of the tagger that newswriting leaves no doubt about, mended before the parse is read."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.language.parse import Word
from quotetrack.quotations.cues import NAMING, SAYING
from quotetrack.quotations.nouns import sort_of

_REPORTING = SAYING | NAMING
# Who speaks without a name or a noun; and the marks after their words.
_SOMEBODY = frozenset("another many one others several some".split())
_CLOSING = ('"', "”", "'", "’", "»")
_OPENING = ('"', "“", "'", "‘")
_STOPS = (",", ".", "!", "?", "…")
# The Penn Treebank's tags of verbs that have a subject.
_FINITE = ("VBD", "VBZ", "VBP")
# What a verb may be to another, or to none.
_CLAUSES = ("root", "conj", "ccomp", "parataxis")
# The relations of what stands before a noun and belongs to it.
_BEFORE = ("det", "amod", "compound", "nmod:poss", "nummod")


def mend(words: Sequence[Word]) -> tuple[Word, ...]:
    """A sentence's words, reporting verbs and their subjects tagged as what they are.

    “The lawsuit states …” is taken for states of a lawsuit, “the official commented” for a comment that is
    official, “another posted” for another that is posted, and in “…,” wrote one, somebody wrote a one; in
    “…!” yelled a man behind the bar, somebody yelled him.
    """
    mended = list(words)
    for i in range(len(words) - 1):
        if i > 0 and (_is_states(words, i) or _is_person(words, i)):
            _make_subject(mended, i)
        elif words[i].text.lower() in _SOMEBODY and (verb := _beside(words, i)) is not None:
            mended[i] = words[i]._replace(upos="PRON", deprel="nsubj", head=verb)
        elif _is_inverted(words, i):
            mended[i] = words[i]._replace(deprel="nsubj")
    return tuple(mended)


def _beside(words: Sequence[Word], i: int) -> int | None:
    """The reporting verb that a word for somebody is wrongly hung on: another posted; “…,” wrote one."""
    word = words[i]
    after, before = words[i + 1], words[i - 1] if i > 1 else None
    if word.deprel == "det" and word.head == i + 1 and after.upos == "VERB" and after.lemma in SAYING:
        return i + 1
    if before is None or word.deprel != "obj" or before.upos != "VERB" or before.lemma not in SAYING:
        return None
    return i - 1 if words[i - 2].text in _CLOSING else None


def _is_inverted(words: Sequence[Word], i: int) -> bool:
    """Whether a verb's object is its subject: the verb follows a quotation and has no other outside that."""
    word, verb = words[i], words[i].head
    if word.deprel != "obj" or not 1 < verb < i or words[verb].lemma not in SAYING:
        return False
    if words[verb - 1].text not in _CLOSING or words[verb].xpos not in _FINITE:
        return False
    # What ends with a stop of its own is no subject: “Silence!” barked the usher; “Jaws” told us much.
    opening = verb
    if words[verb - 2].text in _STOPS:
        opening = next((k for k in range(verb - 2, -1, -1) if words[k].text in _OPENING), verb)
    has_other = words[verb].deprel == "conj" or any(
        other.head == verb and other.deprel.startswith("nsubj") and not opening <= k < verb
        for k, other in enumerate(words)
    )
    speaks = word.upos == "PROPN" or word.lemma.lower() == "voice" or sort_of(word.lemma.lower()) != ""
    return speaks and not has_other and all(other.head == i for other in words[verb + 1 : i])


def _is_states(words: Sequence[Word], i: int) -> bool:
    verb = words[i + 1]
    return (
        verb.text == "states"
        and verb.upos == "NOUN"
        and words[i].head == i + 1
        and words[i].upos in ("NOUN", "PROPN")
        and sort_of(words[i].lemma.lower()) != ""
    )


def _is_person(words: Sequence[Word], i: int) -> bool:
    verb = words[i + 1]
    return (
        words[i].upos == "ADJ"
        and words[i].deprel == "amod"
        and words[i - 1].text.lower() == "the"
        and verb.upos == "VERB"
        and verb.lemma.lower() in _REPORTING
        and (sort_of(words[i].lemma.lower()) == "person" or words[i].text == "latter")
    )


def _make_subject(words: list[Word], i: int) -> None:
    """Make a word the subject of the verb after it, with what was taken to belong to that before it."""
    words[i] = words[i]._replace(upos="NOUN", deprel="nsubj", head=i + 1)
    verb = words[i + 1]
    if verb.upos == "NOUN":
        deprel = verb.deprel if verb.deprel in _CLAUSES else "parataxis"
        words[i + 1] = verb._replace(upos="VERB", xpos="VBZ", lemma="state", deprel=deprel)
    for k in range(i - 1, -1, -1):
        if words[k].deprel not in _BEFORE:
            break
        if words[k].head > i:
            words[k] = words[k]._replace(head=i)
