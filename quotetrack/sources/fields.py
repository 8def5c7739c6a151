"""From named fields, as JSON lines and tables have them, to an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from quotetrack.records import Article
from quotetrack.sources.address import plain_address
from quotetrack.sources.dates import iso_date
from quotetrack.sources.items import Failed, Found, Item

FIELDS = tuple(field.name for field in fields(Article))


def from_fields(source: str, values: Mapping[str, Any], columns: Mapping[str, str]) -> Item:
    """The article that `values` describe; `columns` maps a field to the name that it has among them."""
    found: dict[str, str | None] = {}
    for field in FIELDS:
        value = values.get(columns.get(field, field))
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if field != "text" and isinstance(value, (int, float)) and not isinstance(value, bool):
            # Not a number is how some programs write that there is none.
            value = None if value != value else str(value)
        if value is not None and not isinstance(value, str):
            return Failed(source, f"its {columns.get(field, field)!r} is not text")
        found[field] = value or None
    if values.get(columns.get("text", "text")) is None:
        return Failed(source, f"has no {columns.get('text', 'text')!r}")
    published, note = iso_date(found.pop("published"))
    address = found["url"]
    article_id = found.pop("id") or (address and plain_address(address)) or source
    return Found(
        source, Article(id=article_id, text=found.pop("text") or "", published=published, **found), note
    )
