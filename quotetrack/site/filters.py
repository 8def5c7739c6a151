"""What a reader asked for, read from the address of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

# Longer searches are typing accidents; each term costs a look-up.
MAX_TERMS = 30

_TERM = re.compile(r'(-?)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))')
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_CURSOR = re.compile(r"([0-9T:.+Z-]*)~(\d{1,18})$")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of the page before: its date ("" where unknown) and its number."""

    published: str
    rowid: int

    def __str__(self) -> str:
        return f"{self.published}~{self.rowid}"


@dataclass(frozen=True, slots=True)
class Filters:
    """The quotations that are wanted. Dates are ISO, as exact as they were given: "2021", "2021-11".

    `no_dates` are what was given for a date and is none.
    """

    words: str = ""
    speaker: str = ""
    outlet: str = ""
    year: str = ""
    since: str = ""
    until: str = ""
    best_first: bool = False
    after: Cursor | None = None
    no_dates: tuple[str, ...] = ()

    @classmethod
    def from_arguments(cls, arguments: Mapping[str, str], **fixed: str) -> Filters:
        """Read a query string; what makes no sense as a date or a cursor is taken as not given."""
        no_dates: list[str] = []

        def date_in(name: str) -> str:
            value = arguments.get(name, "").strip()
            if not value or _is_date(value):
                return value
            no_dates.append(value)
            return ""

        cursor = _CURSOR.match(arguments.get("after", ""))
        given = {
            "words": arguments.get("q", "").strip(),
            "speaker": arguments.get("speaker", "").strip(),
            "outlet": arguments.get("outlet", "").strip(),
            "year": date_in("year")[:4],
            "since": date_in("from"),
            "until": date_in("to"),
        }
        return cls(
            **{**given, **fixed},
            best_first=arguments.get("sort") == "best",
            after=Cursor(cursor[1], int(cursor[2])) if cursor else None,
            no_dates=tuple(no_dates),
        )

    def with_(self, **changes: str) -> Filters:
        """These filters with some changed, from the first page on."""
        return replace(self, after=None, **changes)  # type: ignore[arg-type]  # all but two are text

    def from_(self, cursor: Cursor | None) -> Filters:
        """These filters from another place in the list on."""
        return replace(self, after=cursor)

    def query(self, *, leave_out: str = "") -> str:
        """The query string that reads as these filters, with its question mark; "" where there are none."""
        given = {
            "q": self.words,
            "speaker": self.speaker,
            "outlet": self.outlet,
            "year": self.year,
            "from": self.since,
            "to": self.until,
            "sort": "best" if self.best_first else "",
            "after": str(self.after) if self.after else "",
        }
        kept = {name: value for name, value in given.items() if value and name != leave_out}
        return "?" + urlencode(kept) if kept else ""

    @property
    def given(self) -> bool:
        return any((self.words, self.speaker, self.outlet, self.year, self.since, self.until))

    @property
    def whole_months(self) -> bool:
        """Whether counts by month can tell how many quotations there are."""
        return not self.words and len(self.since) != 10 and len(self.until) != 10

    def dates(self) -> tuple[str, str]:
        """The earliest and the latest date that will do: ("", "~") where any will."""
        since = max(self.since, self.year)
        # "2021-11" must take in "2021-11-30", so the end is the last text that begins so.
        ends = [end + "~" for end in (self.until, self.year) if end]
        return since, min(ends, default="~")


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        # A year's or a month's first day stands for it.
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def phrase(text: str) -> str:
    """A full-text expression for these words in this order."""
    return '"' + text.replace('"', '""').replace("\x00", "") + '"'


def search_expression(words: str) -> str:
    """A full-text expression that finds what a person typed, whatever it holds.

    Words are all required; "several words" in any style of quotation marks are a phrase, a word ending in *
    is a beginning, one with - before it is excluded. "" where there is nothing to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, several, word in _TERM.findall(words)[:MAX_TERMS]:
        term = several or word
        beginning = bool(word) and term.endswith("*")
        if not any(character.isalnum() for character in term):
            continue
        quoted = phrase(term.rstrip("*")) + ("*" if beginning else "")
        (unwanted if minus else wanted).append(quoted)
    if not wanted:
        return ""
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression
