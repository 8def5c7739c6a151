"""Addresses of articles, as far as they tell one article from another."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

# What newsletters, advertisements and social networks add to tell where a reader came from.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|igshid|mc_cid|mc_eid|_ga)(=|$)"
)

WEB = ("http://", "https://")


def is_address(name: str) -> bool:
    """Whether `name` is an address in the web."""
    return name.startswith(WEB)


def plain_address(url: str) -> str:
    """`url` without the part that jumps within a page and without parameters that only track its readers."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [one for one in parts.query.split("&") if not _TRACKING.match(one)]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))
