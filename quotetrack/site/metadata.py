"""The site's metadata, which describes a database called quotes, for another name and for a public copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasette.utils import BadMetadataError, parse_metadata

from quotetrack.errors import UserError

DESCRIBED = "quotes"

# Plugins whose settings name reviewers.
_OF_REVIEWERS = ("quotetrack", "datasette-auth-passwords")


def from_file(path: Path) -> str:
    """The text of the file. Raises UserError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot read {path}: {error}") from None


def for_database(metadata: str, name: str) -> str:
    """`metadata` (YAML or JSON) as JSON in which what it says of quotes is said of the database `name`.

    Unchanged where it speaks of `name` itself or not of quotes. Raises UserError where it cannot be read.
    """
    read = _read(metadata)
    databases = read.get("databases") or {}
    if name in databases or DESCRIBED not in databases:
        return metadata
    databases[name] = databases.pop(DESCRIBED)
    for dashboard in (read.get("plugins") or {}).get("datasette-dashboards", {}).values():
        _rename(dashboard, name)
    return _written(read)


def for_readers(metadata: str) -> str:
    """`metadata` without who may review and how they sign in; unchanged where it does not tell.

    Raises UserError where it cannot be read.
    """
    read = _read(metadata)
    plugins = read.get("plugins") or {}
    if plugins.keys().isdisjoint(_OF_REVIEWERS):
        return metadata
    read["plugins"] = {name: told for name, told in plugins.items() if name not in _OF_REVIEWERS}
    return _written(read)


def _read(metadata: str) -> dict[str, Any]:
    try:
        read = parse_metadata(metadata)
    except BadMetadataError as error:
        raise UserError(str(error)) from None
    return read if isinstance(read, dict) else {}


def _written(metadata: dict[str, Any]) -> str:
    # YAML has dates, and JSON, which is YAML too, does not.
    return json.dumps(metadata, default=str, ensure_ascii=False, indent=2)


def _rename(dashboard: dict[str, Any], name: str) -> None:
    for chart in dashboard.get("charts", {}).values():
        if chart.get("db") == DESCRIBED:
            chart["db"] = name
