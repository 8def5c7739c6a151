"""Dates of publication as sources write them."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime


def iso_date(value: str | None) -> tuple[str | None, str | None]:
    """An ISO 8601 date for `value`, and a note where it could not be understood.

    ISO dates, dates with a time, and the form that e-mail and RSS use are understood. Others, such as
    03/04/2021, mean different days in different countries, so the date is then unknown rather than guessed.
    """
    if not value or not value.strip():
        return None, None
    value = value.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError, IndexError):
            continue
        return (value if parse is not parsedate_to_datetime else moment.isoformat()), None
    return None, f"date not understood: {value[:40]!r}"
