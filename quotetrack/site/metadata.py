"""The site's metadata, which describes a database called quotes, for a database of another name."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils import BadMetadataError, parse_metadata

from quotetrack.errors import UserError

DESCRIBED = "quotes"


def for_database(metadata: str, name: str) -> str:
    """`metadata` (YAML or JSON) as JSON in which what it says of quotes is said of the database `name`.

    Unchanged where it speaks of `name` itself or not of quotes. Raises UserError where it cannot be read.
    """
    try:
        read = parse_metadata(metadata)
    except BadMetadataError as error:
        raise UserError(str(error)) from None
    databases = read.get("databases") or {} if isinstance(read, dict) else {}
    if name in databases or DESCRIBED not in databases:
        return metadata
    databases[name] = databases.pop(DESCRIBED)
    for dashboard in (read.get("plugins") or {}).get("datasette-dashboards", {}).values():
        _rename(dashboard, name)
    # YAML has dates, and JSON does not.
    return json.dumps(read, default=str)


def _rename(dashboard: dict[str, Any], name: str) -> None:
    for chart in dashboard.get("charts", {}).values():
        if chart.get("db") == DESCRIBED:
            chart["db"] = name
