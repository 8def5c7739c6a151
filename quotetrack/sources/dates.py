"""Dates of publication as sources write them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime


def iso_date(value: str | None) -> tuple[str | None, str | None]:
    """An ISO 8601 date for `value`, and a note where it could not be understood.

    Understood are ISO dates as far as they are known (2021, 2021-11), dates with a time, and the form that
    e-mail and RSS use. Others, such as 03/04/2021, mean different days in different countries, so the date is
    then unknown rather than guessed.
    """
    if not value or not value.strip():
        return None, None
    value = value.strip()
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return value, None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError, IndexError):
            continue
        if re.match(r"\d{4}-\d\d-\d\d", value):
            return value, None
        # 20211108, 2021-W45-1
        return (moment.date().isoformat() if value.isdigit() or "W" in value else moment.isoformat()), None
    return None, f"date not understood: {value[:40]!r}"
