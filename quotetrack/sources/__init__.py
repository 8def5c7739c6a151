"""Where articles come from: each kind of source has one small adapter that turns it into articles."""

from quotetrack.sources.items import Failed, Found, Item, with_outlet
from quotetrack.sources.reading import count_items, read_sources

__all__ = ["Failed", "Found", "Item", "count_items", "read_sources", "with_outlet"]
