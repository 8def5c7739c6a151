"""From named fields, as JSON lines and tables have them, to an article."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import fields
from typing import Any

from quotetrack.records import Article
from quotetrack.sources.address import is_address, plain_address
from quotetrack.sources.dates import iso_date
from quotetrack.sources.items import Failed, Found, Item

FIELDS = tuple(field.name for field in fields(Article))


def from_fields(source: str, values: Mapping[str, Any], columns: Mapping[str, str]) -> Item:
    """The article that `values` describe.

    `columns` maps a field to the name that it has among them; where there is none of that name, it goes by
    its own.
    """
    found: dict[str, str | None] = {}
    for field in FIELDS:
        name = name_of(field, values, columns)
        value = values.get(name)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if field != "text" and isinstance(value, (int, float)) and not isinstance(value, bool):
            # Not a number is how some programs write that there is none.
            value = None if value != value else str(value)
        if value is not None and not isinstance(value, str):
            return Failed(source, f"its {name!r} is not text")
        found[field] = value or None
    if values.get(name_of("text", values, columns)) is None:
        return Failed(source, f"has no {names_looked_for('text', columns)}")
    published, note = iso_date(found.pop("published"))
    address = found["url"]
    article_id = found.pop("id") or (address and plain_address(address)) or source
    return Found(
        source,
        Article(id=article_id, text=found.pop("text") or "", published=published, **found),
        note,
        unique=is_address(article_id),
    )


def name_of(field: str, names: Container[str], columns: Mapping[str, str]) -> str:
    """What `field` is called among `names`: what `columns` says if that is one of them, else the usual."""
    told = columns.get(field, field)
    return told if told in names else field


def names_looked_for(field: str, columns: Mapping[str, str]) -> str:
    """The names by which `field` was looked for, in words."""
    return " nor ".join(repr(name) for name in dict.fromkeys((columns.get(field, field), field)))
