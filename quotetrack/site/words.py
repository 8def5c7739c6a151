"""What the program recorded, in words for readers who have never heard of it."""

from __future__ import annotations

from collections.abc import Sequence

RULES = {
    "said-after": "The words after the quotation name who said it, as in “…,” she said.",
    "said-inverted": "The words beside the quotation name who said it, as in “…,” said the minister.",
    "said-before": "The words before the quotation name who said it, as in She said: “…”.",
    "according-to": "The article gives its source with “according to” or the like.",
    "colon": "A name and a colon stand before the quotation.",
    "passive-by": "The article says by whom, as in was described as “…” by the minister.",
    "relative-clause": "A clause about somebody reports it, as in the minister, who called it “…”.",
    "reported-clause": "It is part of what somebody is reported as saying, as in He said that it was “…”.",
    "participle": "A participle reports the quotation, as in The minister left, calling it “…”.",
    "noun-cue": "A noun reports the quotation, as in the minister’s description of it as “…”.",
    "outer-clause": "The sentence around the quotation is about what somebody says.",
    "unlisted-verb": "The grammar points to the speaker, though its verb does not usually report speech.",
    "context": "No words beside the quotation name the speaker: the sentences around it point to them.",
    "decision": "A person read the article and decided.",
}

# Where "confidence" turns into a word; the figure itself always stands beside it.
_CONFIDENCE = ((0.95, "almost certain"), (0.8, "very likely"), (0.6, "likely"), (0.4, "uncertain"))

OLD_VERSION = "The article has since been changed. This is an earlier version, kept because it may be cited."

# Of an article without a title, so many characters stand in its place; of a title that is a whole text, so
# many are shown.
_BEGINNING = 70
_MAX_TITLE = 300

# Characters that turn the direction of what follows; LRM and RLM, which turn nothing, are not among them.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

STATUS = {
    "superseded": "The article has since been changed. This quotation belongs to an earlier version of it.",
    "withdrawn": "A newer run of the program no longer finds it. The page stays, since it may be cited.",
    "rejected": "A person has decided that this is not a quotation. The page stays, since it may be cited.",
}

TYPES = {
    "person": "person",
    "organisation": "organisation",
    "document": "document",
    "unnamed": "unnamed source",
}

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def unturned(text: str) -> str:
    """Text without the marks that would turn round what stands behind it: <bdi> does not contain them all."""
    return text.translate(_TURNS)


def bare(quotation: str) -> str:
    """A quotation without the comma that it ends with before “she said”, which is the newspaper's."""
    return quotation.rstrip().removesuffix(",")


def rule(name: str) -> str:
    """Why the program believes it; the rule's own name where there is no better word."""
    return RULES.get(name, f"Decided by the rule “{name}”.")


def confidence(probability: float | None) -> str:
    """The estimated probability as a word and a percentage."""
    if probability is None:
        return "not estimated"
    word = next((word for least, word in _CONFIDENCE if probability >= least), "doubtful")
    # No estimate is as good as certainty.
    return f"{word} ({f'{probability:.0%}' if probability < 0.995 else 'over 99%'})"


def date(published: str | None) -> str:
    """An ISO date, as exact as it is known, in words; anything else as it is."""
    if not published:
        return "undated"
    day = published[:10].split("-")
    if not all(part.isdecimal() for part in day) or len(day[0]) != 4:
        return published[:40]
    month = int(day[1]) if len(day) > 1 else None
    if month is None:
        return day[0]
    if not 1 <= month <= 12:
        return published[:40]
    return " ".join([*([str(int(day[2]))] if len(day) > 2 else []), MONTHS[month - 1], day[0]])


def no_dates(given: Sequence[str]) -> str:
    """What is wrong with what was given for dates."""
    return (
        f"{' and '.join(f'“{text}”' for text in given)} {'is no date' if len(given) == 1 else 'are no dates'}"
    )


def title(given: str | None, text: str = "") -> str:
    """An article's title, or the beginning of its text in place of one."""
    if given:
        return given if len(given) <= _MAX_TITLE else given[:_MAX_TITLE].rstrip() + " …"
    beginning = " ".join(text[: 2 * _BEGINNING].split())
    if not beginning:
        return "Untitled article"
    return beginning if len(beginning) <= _BEGINNING else beginning[:_BEGINNING].rsplit(" ", 1)[0] + " …"
