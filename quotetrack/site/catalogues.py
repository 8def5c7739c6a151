"""Where other catalogues show whom their identifiers name."""

from __future__ import annotations

from urllib.parse import quote

# By the column's name in an authority list; values follow.
_PAGES = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "qid": "https://www.wikidata.org/wiki/",
    "viaf": "https://viaf.org/viaf/",
    "isni": "https://isni.org/isni/",
    "gnd": "https://d-nb.info/gnd/",
    "orcid": "https://orcid.org/",
}


def address(scheme: str, value: str) -> str | None:
    """The page about `value` in a catalogue that is known here."""
    page = _PAGES.get(scheme.lower())
    return page and page + quote(value, safe="")
