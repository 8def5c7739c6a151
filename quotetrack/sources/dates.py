"""Dates of publication as sources write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_TIME = r"(?:at\s+)?\d{1,2}[:.]\d\d\b.*"
# As newspapers and their archives print them: "4 March 2024", "Mon., Mar. 4th, 2024 at 10:30 p.m.",
# "March 4, 2024 Monday". The time is left out: its zone is seldom told, or in letters of many meanings.
_IN_WORDS = tuple(
    re.compile(rf"(?:{_WEEKDAY},?\s+)?{day}(?:,?\s+{_WEEKDAY})?(?:,?\s+{_TIME})?", re.IGNORECASE | re.ASCII)
    for day in (rf"{_DAY}[\s-]+{_MONTH}(?:,?\s+|-){_YEAR}", rf"{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}")
)
# Year, month and day are in this order everywhere.
_YEAR_FIRST = re.compile(r"^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)


def iso_date(value: str | None) -> tuple[str | None, str | None]:
    """An ISO 8601 date for `value`, and a note where it could not be understood.

    Understood are ISO dates as far as they are known (2021, 2021-11), dates with a time, the form that e-mail
    and RSS use, the year first (2021/11/08), and the month in English words (8 November 2021, Nov. 8, 2021).
    Others, such as 03/04/2021, mean different days in different countries, so the date is then unknown rather
    than guessed.
    """
    if not value or not value.strip():
        return None, None
    given = value.strip()
    value = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{int(m[3]):02}-{int(m[4]):02}", given)
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return value, None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError, IndexError):
            continue
        if re.match(r"\d{4}-\d\d-\d\d", value):
            return value, None
        whole_day = re.fullmatch(r"\d{8}|\d{4}-?W.{2,4}", value)  # 20211108, 2021-W45-1
        return (moment.date().isoformat() if whole_day else moment.isoformat()), None
    if day := _in_words(value):
        return day.isoformat(), None
    return None, f"date not understood: {given[:40]!r}"


def _in_words(value: str) -> date | None:
    """The day that `value` tells with its month in words, if it does."""
    found = next(filter(None, (pattern.fullmatch(value) for pattern in _IN_WORDS)), None)
    if not found:
        return None
    months = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found["month"].lower())]
    try:
        return date(int(found["year"]), months[0], int(found["day"]))
    except (IndexError, ValueError):
        return None
