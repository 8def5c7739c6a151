"""Names of people and organisations: split, normalised, compared. Knows nothing of articles or databases."""

from quotetrack.names.compare import NameType, blocking_keys, compare_names, guess_type
from quotetrack.names.parse import Name, parse_name
from quotetrack.names.text import normalise
from quotetrack.names.verdict import Comparison

__all__ = [
    "Comparison",
    "Name",
    "NameType",
    "blocking_keys",
    "compare_names",
    "guess_type",
    "normalise",
    "parse_name",
]
