"""Names of people and organisations: split, normalised, compared. Knows nothing of articles or databases."""

from quotetrack.names.compare import NameType, compare_names, guess_type
from quotetrack.names.keys import Keys, blocking_keys, is_broad, key_rules
from quotetrack.names.parse import Name, parse_name
from quotetrack.names.text import normalise
from quotetrack.names.verdict import Comparison

__all__ = [
    "Comparison",
    "Keys",
    "Name",
    "NameType",
    "blocking_keys",
    "compare_names",
    "guess_type",
    "is_broad",
    "key_rules",
    "normalise",
    "parse_name",
]
